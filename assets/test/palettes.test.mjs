import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const palettes = JSON.parse(await readFile(new URL("../css/palettes.json", import.meta.url), "utf8"));

/** Relative luminance of #rrggbb, WCAG 2.2. */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 to 21, WCAG 2.2. */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** What is read, on what it is read. */
const TEXT = [
  ["ink", "page"], ["ink", "sheet"], ["ink", "sunk"], ["ink", "aside-soft"], ["ink", "note-soft"],
  ["ink", "here-soft"], ["ink", "right-soft"], ["ink", "act-soft"],
  ["ink-2", "page"], ["ink-2", "sheet"], ["ink-2", "sunk"], ["ink-2", "aside-soft"], ["ink-2", "note-soft"],
  ["act", "page"], ["act", "sheet"], ["act", "aside-soft"], ["act-hover", "act-soft"],
  ["on-act", "act"], ["on-act", "act-hover"],
  ["right", "sheet"], ["right", "right-soft"], ["on-right", "right"],
  ["aside", "sheet"], ["aside", "aside-soft"], ["note", "sheet"], ["note", "note-soft"], ["on-here", "here"],
];
/** What a control or a mark is seen by. */
const SHAPES = [
  ["edge-strong", "sheet"], ["edge-strong", "page"], ["here-edge", "sheet"], ["right", "page"], ["focus", "page"],
];

for (const [name, palette] of Object.entries(palettes)) {
  const aim = name.startsWith("more") ? 7 : 4.5;
  test(`${name}: text reaches ${aim}:1 and shapes 3:1`, () => {
    for (const [pairs, least] of [[TEXT, aim], [SHAPES, 3]]) {
      for (const [front, ground] of pairs) {
        const ratio = contrast(palette[front], palette[ground]);
        assert.ok(ratio >= least, `${front} on ${ground} is ${ratio.toFixed(2)}:1`);
      }
    }
  });
  test(`${name}: has every token`, () => {
    assert.deepEqual(Object.keys(palette), Object.keys(palettes.light));
  });
}
