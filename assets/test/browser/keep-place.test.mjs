import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startChromium } from "./chromium.mjs";
import { startServer } from "./server.mjs";

let chromium;
let server;

before(async () => {
  chromium = await startChromium();
  server = await startServer();
});
after(async () => {
  server.close();
  await chromium.close();
});

const LOOKS = "Number(document.querySelector('#live').dataset.looks)";
const TOP = "Math.round(document.querySelector('#tile-3').getBoundingClientRect().top)";

test("what has focus stays in sight however much comes above it", async () => {
  const page = await chromium.openPage({ height: 600 });
  await page.open(new URL("/class", server.address).href);
  // What fits in the window cannot be scrolled, and needs not be.
  await page.until("document.querySelector('#live').clientHeight > 900");
  await page.see("document.querySelector('#tile-3').focus()");
  const [looks, top] = await page.see(`[${LOOKS}, ${TOP}]`);
  await page.until(`${LOOKS} >= ${looks + 6}`);
  assert.equal(await page.see("document.activeElement.id"), "tile-3");
  assert.equal(await page.see(TOP), top);
});

test("who has focus elsewhere is not moved", async () => {
  const page = await chromium.openPage({ height: 600 });
  await page.open(new URL("/class", server.address).href);
  await page.see("document.querySelector('.logo').focus()");
  const looks = await page.see(LOOKS);
  await page.until(`${LOOKS} >= ${looks + 3}`);
  assert.equal(await page.see("document.activeElement.className"), "logo");
  assert.equal(await page.see("window.scrollY"), 0);
});
