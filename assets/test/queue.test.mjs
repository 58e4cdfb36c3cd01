import assert from "node:assert/strict";
import { test } from "node:test";
import { load, makeShelf } from "./load.mjs";

const { LineQueue, forgetOld, pauseAfter } = await load("queue");

const texts = (queue) => queue.waiting().map((line) => line.text);

test("lines wait in the order in which they were written", () => {
  const queue = new LineQueue(makeShelf(), "/calculations/a");
  queue.add("k1", "3x = 21", 1_000);
  queue.add("k0", "x = 21/3", 2_000);
  queue.add("k2", "x = 7", 3_000);
  assert.deepEqual(texts(queue), ["3x = 21", "x = 21/3", "x = 7"]);
});

test("order holds when the clock stands still or goes back", () => {
  const queue = new LineQueue(makeShelf(), "/calculations/a");
  queue.add("b", "one", 1_000);
  queue.add("a", "two", 1_000);
  queue.add("c", "three", 500);
  assert.deepEqual(texts(queue), ["one", "two", "three"]);
});

test("a page opened again finds the same lines with the same keys", () => {
  const shelf = makeShelf();
  const line = new LineQueue(shelf, "/calculations/a").add("k1", "3x = 21", 1_000);
  assert.deepEqual(new LineQueue(shelf, "/calculations/a").waiting(), [line]);
});

test("a settled line does not come back", () => {
  const queue = new LineQueue(makeShelf(), "/calculations/a");
  queue.add("k1", "one", 1_000);
  queue.add("k2", "two", 2_000);
  queue.settle("k1");
  assert.deepEqual(texts(queue), ["two"]);
});

test("another calculation's lines are left alone", () => {
  const shelf = makeShelf();
  new LineQueue(shelf, "/calculations/a").add("k1", "one", 1_000);
  assert.deepEqual(new LineQueue(shelf, "/calculations/b").waiting(), []);
});

test("entries that are not lines are passed over", () => {
  const shelf = makeShelf();
  shelf.setItem("stegvis.line.broken", "{");
  shelf.setItem("stegvis.line.other", '{"key":1}');
  shelf.setItem("theme", "dark");
  assert.deepEqual(new LineQueue(shelf, "/calculations/a").waiting(), []);
});

test("a line left on a shared computer is forgotten after 30 days, not before", () => {
  const shelf = makeShelf();
  const queue = new LineQueue(shelf, "/calculations/a");
  queue.add("k1", "one", 0);
  const days = 24 * 60 * 60 * 1_000;
  forgetOld(shelf, 30 * days);
  assert.equal(queue.waiting().length, 1);
  forgetOld(shelf, 30 * days + 1);
  assert.equal(queue.waiting().length, 0);
});

test("pauses double from one second to thirty", () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 100].map((failures) => pauseAfter(failures) / 1_000);
  assert.deepEqual(pauses, [1, 2, 4, 8, 16, 30, 30, 30]);
});

test("a pause is never shorter than the server asked for", () => {
  assert.equal(pauseAfter(1, 5), 5_000);
  assert.equal(pauseAfter(4, 5), 8_000);
  assert.equal(pauseAfter(1, 90), 90_000);
});
