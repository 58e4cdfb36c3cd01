import assert from "node:assert/strict";
import { test } from "node:test";
import { FACES, cutFont } from "../build/fonts.mjs";

/** The names of the tables in an SFNT file: 12 bytes of head, then 16 bytes a table. */
function tables(sfnt) {
  const count = sfnt.readUInt16BE(4);
  return Array.from({ length: count }, (_, index) => sfnt.toString("latin1", 12 + 16 * index, 16 + 16 * index));
}

test("the maths face keeps its MATH table", async () => {
  assert.ok(tables(await cutFont("maths", "sfnt")).includes("MATH"));
});

test("the text face stays variable", async () => {
  assert.ok(tables(await cutFont("text", "sfnt")).includes("fvar"));
});

test("no face is heavier than a phone on a slow net can bear", async () => {
  for (const name of Object.keys(FACES)) {
    const { length } = await cutFont(name);
    assert.ok(length < 64 * 1024, `${name} weighs ${length} bytes`);
  }
});
