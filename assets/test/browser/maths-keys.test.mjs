import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startChromium } from "./chromium.mjs";
import { startServer } from "./server.mjs";

let chromium;
let server;

before(async () => {
  chromium = await startChromium();
});
after(() => chromium.close());
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const VALUE = "document.querySelector('#next').value";
const OPEN = "document.querySelector('maths-keys').hasAttribute('open')";
const INPUTMODE = "document.querySelector('#next').inputMode";

test("with mouse and keyboard the keys are out of the way until asked for", async () => {
  const page = await chromium.openPage();
  await page.open(server.address);
  assert.equal(await page.see(OPEN), false);
  await page.click(".keys-toggle");
  assert.equal(await page.see(OPEN), true);
  assert.equal(await page.see("document.querySelector('.keys-toggle').textContent"), "Dölj tangenter");
  assert.deepEqual(page.complaints(), []);
});

test("keys write at the caret and leave it in the field", async () => {
  const page = await chromium.openPage();
  await page.open(server.address);
  await page.click(".keys-toggle");
  for (const key of ["2", "x", "="]) await page.click(`[data-insert="${key}"]`);
  await page.click("[data-act=left]");
  await page.click("[data-act=delete]");
  await page.click('[data-insert="−"]');
  assert.equal(await page.see(VALUE), "2−=");
  assert.equal(await page.see("document.activeElement.id"), "next");
  await page.until("document.querySelector('#next-preview').textContent.includes('2−=')");
});

test("the toolbar is one tab stop; arrows walk it by row and column", async () => {
  const page = await chromium.openPage();
  await page.open(server.address);
  await page.click(".keys-toggle");
  await page.see("document.querySelector('.key').focus()");
  await page.press("ArrowDown");
  await page.press("ArrowRight");
  assert.equal(await page.see("document.activeElement.textContent"), "5");
  assert.equal(await page.see("document.querySelectorAll('.key[tabindex=\"0\"]').length"), 1);
  await page.press("Enter");
  assert.equal(await page.see(VALUE), "5");
  assert.equal(await page.see("document.activeElement.textContent"), "5");
});

test("on a touch screen the keys take the keyboard's place until they are hidden", async () => {
  const page = await chromium.openPage({ width: 360, height: 740, touch: true });
  await page.open(server.address);
  assert.equal(await page.see(OPEN), true);
  assert.equal(await page.see(INPUTMODE), "none");
  await page.click(".keys-toggle");
  assert.equal(await page.see(INPUTMODE), "");
});

test("icons come from the sprite and maths from its own face", async () => {
  const page = await chromium.openPage();
  await page.open(server.address);
  const pencil = await page.see("document.querySelector('.writing use').getBoundingClientRect().width");
  assert.ok(pencil > 10, `the pencil is ${pencil} px wide`);
  assert.equal(await page.see("document.fonts.ready.then(() => [...document.fonts].some((face) => face.family.includes('Math') && face.status === 'loaded'))"), true);
});
