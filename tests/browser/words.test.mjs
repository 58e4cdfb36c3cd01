// What tells a page's languages apart.

import assert from "node:assert/strict";
import { test } from "node:test";
import { strangeWords } from "./words.mjs";

test("a sentence of the other language is found", () => {
  assert.deepEqual(strangeWords(["Sparad", "Saved"], "en"), ["Sparad"]);
  assert.deepEqual(strangeWords(["Sparad", "Saved"], "sv"), ["Saved"]);
});

test("one with values in it too", () => {
  assert.deepEqual(strangeWords(["16 kort är gjorda"], "en"), ["16 kort är gjorda"]);
  assert.deepEqual(strangeWords(["16 kort är gjorda"], "sv"), []);
});

test("so is what stands in no file of sentences", () => {
  assert.deepEqual(strangeWords(["Lös ekvationen och skriv svaret"], "en"), ["Lös ekvationen och skriv svaret"]);
});

test("the name of a sentence is not a sentence", () => {
  assert.deepEqual(strangeWords(["line-unreadable"], "sv"), ["line-unreadable"]);
});

test("names, numbers and what is the same in both are in order", () => {
  assert.deepEqual(strangeWords(["Alva Bergström", "8B", "MatteMaraton", "3,2 km"], "en"), []);
});
