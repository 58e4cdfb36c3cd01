import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { drawMap } from "../build/map.mjs";

const towns = JSON.parse(await readFile(new URL("../route.json", import.meta.url), "utf8"));
const { svg, route } = await drawMap(towns);

/** All points of the outlines, as [x, y]. */
const points = [...svg.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

test("every country is drawn, and all of it lies on the map", () => {
  assert.equal(svg.match(/<path d="M[^"]+Z"\/>/g).length, 5);
  for (const [x, y] of points) {
    assert.ok(x >= 0 && x <= route.width && y >= 0 && y <= route.height, `${x},${y}`);
  }
});

test("every town lies on the map, near land, and has a name in both languages", () => {
  assert.equal(route.stops.length, towns.length);
  for (const { name, sv, en, x, y } of route.stops) {
    assert.ok(name && sv && en);
    assert.ok(x > 0 && x < route.width && y > 0 && y < route.height, name);
    assert.ok(points.some(([px, py]) => Math.hypot(px - x, py - y) < 30), `${name} lies far from every coast and border`);
  }
});

test("north is up: who goes from Copenhagen to the North Cape goes up", () => {
  const at = (name) => route.stops.find((stop) => stop.name === name);
  assert.ok(at("Nordkapp").y < at("Oslo").y && at("Oslo").y < at("København").y);
  assert.ok(at("Helsinki").x > at("Stockholm").x && at("Stockholm").x > at("Oslo").x);
});

test("the map is not heavier than the fonts beside it", () => {
  assert.ok(gzipSync(svg).length < 16 * 1024, `${gzipSync(svg).length} bytes`);
});

test("nothing in the map is coloured: the page's palette is", () => {
  assert.doesNotMatch(svg, /fill|stroke|style|class/);
});
