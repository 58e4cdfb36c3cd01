// What is done without a mouse, and the one thing asked of every place that the Tab key comes to: that it shows.

import assert from "node:assert/strict";

/** Narrower outlines than this (px) are easily overlooked; the browser's own is 1 px. */
const NARROWEST_OUTLINE = 2;

/**
 * Presses Tab until what `selector` finds has focus, at most `most` times; `back` goes backwards.
 * Fails at the first stop on the way that does not show that it has focus, or is hidden by something else.
 */
export async function reach(page, selector, { back = false, most = 150 } = {}) {
  const target = page.locator(selector);
  assert.ok((await target.count()) > 0, `${page.url()} has no ${selector}`);
  for (let presses = 0; presses <= most; presses++) {
    const there = await target.evaluateAll((found) => found.includes(document.activeElement));
    if (there) return assertShown(page);
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    await assertShown(page);
  }
  assert.fail(`${page.url()}: ${most} times Tab did not lead to ${selector}`);
}

/** Goes to what `selector` finds and presses it; with a link or a form the next page is waited for. */
export async function follow(page, selector, options) {
  await reach(page, selector, options);
  await enter(page);
}

/** Presses Enter where the focus is and waits for the page that it leads to. */
export async function enter(page) {
  const arrived = page.waitForEvent("load");
  await page.keyboard.press("Enter");
  await arrived;
}

/** Takes the skip link, which has to be the first stop on the page, and gives the id of where it led. */
export async function skip(page) {
  await page.keyboard.press("Tab");
  await assertShown(page);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".skip")), "the skip link is not the first stop");
  await page.keyboard.press("Enter");
  const [from, to] = await page.evaluate(() => [
    document.querySelector(".skip").getAttribute("href").slice(1),
    document.activeElement.id,
  ]);
  assert.equal(to, from, "the skip link did not take the focus along");
  return to;
}

/** Whether what `selector` finds has focus now. */
export function hasFocus(page, selector) {
  return page.locator(selector).evaluateAll((found) => found.includes(document.activeElement));
}

/** The element with focus has an outline, of its own or of a box around it, and lies where it can be seen. */
async function assertShown(page) {
  const { name, width, seen } = await page.evaluate(look);
  assert.ok(width >= NARROWEST_OUTLINE, `${page.url()}: focus does not show on ${name} (outline ${width} px)`);
  assert.ok(seen, `${page.url()}: ${name} has focus but cannot be seen`);
}

/** In the page. `width` is Infinity when nothing has focus, as between the last stop and the first. */
function look() {
  const element = document.activeElement;
  if (element === null || element === document.body) return { name: "", width: Infinity, seen: true };
  const outline = (of) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(of);
    const drawn = outlineStyle !== "none" && !/, 0\)$|transparent/.test(outlineColor);
    return drawn ? Number.parseFloat(outlineWidth) : 0;
  };
  const around = [];
  for (let box = element; box !== null; box = box.parentElement) around.push(box);
  const inView = ({ left, right, top, bottom }) => right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  const atHand = (x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (element.contains(hit) || around.includes(hit));
  };
  const seen = [...element.getClientRects()].some((box) => {
    const xs = [box.left + 2, (box.left + box.right) / 2, box.right - 2];
    const ys = [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2];
    return inView(box) && xs.some((x) => ys.some((y) => atHand(x, y)));
  });
  return { name: element.outerHTML.slice(0, 120), width: Math.max(...around.map(outline)), seen };
}
