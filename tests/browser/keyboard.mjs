// What is done without a mouse, and the one thing asked of every place that the Tab key comes to: that it shows.

import assert from "node:assert/strict";
import { visitorOf } from "./chromium.mjs";

/** Narrower outlines than this (px) are easily overlooked; the browser's own is 1 px. */
const NARROWEST_OUTLINE = 2;

/**
 * Presses Tab until what `selector` finds has focus, at most `most` times; `back` goes backwards.
 * Fails at the first stop on the way that does not show that it has focus, or is hidden by something else.
 */
export async function reach(page, selector, { back = false, most = 150 } = {}) {
  const target = page.locator(selector);
  assert.ok((await target.count()) > 0, `${page.url()} has no ${selector}`);
  if (await hasFocus(page, selector)) return assertShown(page);
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    const stop = await stopAt(page, target);
    assertStop(page, stop);
    if (stop.isTarget) return;
  }
  assert.fail(`${page.url()}: ${most} times Tab did not lead to ${selector}`);
}

/**
 * Goes through the whole page on a telephone's screen, where bars are docked to its edges: every stop must show that it
 * has focus and be in sight. Ends when the page does.
 */
export async function walkOnTelephone(page, { most = 400 } = {}) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 640 });
  const body = page.locator("body");
  for (let presses = 0; ; presses++) {
    assert.ok(presses < most, `${page.url()} has no end after ${most} stops`);
    await page.keyboard.press("Tab");
    const stop = await stopAt(page, body);
    assertStop(page, stop);
    if (stop.isTarget) break;
  }
  await page.setViewportSize(before);
}

/** Goes to what `selector` finds and presses it; with a link or a form the next page is waited for. */
export async function follow(page, selector, options) {
  await reach(page, selector, options);
  await enter(page);
}

/** Presses Enter where the focus is and waits for the page that it leads to, which is looked at. */
export async function enter(page) {
  const arrived = page.waitForEvent("load");
  await page.keyboard.press("Enter");
  await arrived;
  await visitorOf(page)?.settled();
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

/**
 * Types a day, written 2026-11-30, into the date field that has focus. In which order a browser takes year, month and
 * day is its own affair, so the orders of Sweden, the United States and Britain are tried until the field agrees.
 */
export async function typeDay(page, day) {
  const [year, month, date] = day.split("-");
  const value = () => page.evaluate(() => document.activeElement.value);
  for (const order of [[year, month, date], [month, date, year], [date, month, year]]) {
    for (let part = 0; part < order.length; part++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(order.join(""));
    if ((await value()) === day) return;
  }
  assert.fail(`${page.url()}: the field for a day took ${day} as ${await value()}`);
}

/** Whether what `selector` finds has focus now. */
export function hasFocus(page, selector) {
  return page.locator(selector).evaluateAll((found) => found.includes(document.activeElement));
}

/** What has focus shows it. */
async function assertShown(page) {
  assertStop(page, await stopAt(page, page.locator("body")));
}

/** What has focus, once it has come into sight: a busy machine scrolls a moment later. */
async function stopAt(page, target) {
  let stop = await target.evaluateAll(lookAtFocus);
  for (let looks = 0; !stop.isSeen && looks < 20; looks++) {
    await page.waitForTimeout(100);
    stop = await target.evaluateAll(lookAtFocus);
  }
  return stop;
}

function assertStop(page, { name, outline, isSeen }) {
  assert.ok(outline >= NARROWEST_OUTLINE, `${page.url()}: focus does not show on ${name} (outline ${outline} px)`);
  assert.ok(isSeen, `${page.url()}: ${name} has focus but cannot be seen`);
}

/**
 * In the page: what has focus, whether it is one of `targets`, how wide (px) an outline it or a box around it has, and
 * whether any of it lies in sight. Nothing has focus between the last stop and the first, and that is in order.
 */
function lookAtFocus(targets) {
  const element = document.activeElement;
  if (element === null || element === document.body) {
    return { name: "", outline: Infinity, isSeen: true, isTarget: targets.includes(element) };
  }
  const outlineOf = (box) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(box);
    const isDrawn = outlineStyle !== "none" && !/^rgba\(.*, 0\)$/.test(outlineColor);
    return isDrawn ? Number.parseFloat(outlineWidth) : 0;
  };
  const boxes = [];
  for (let box = element; box !== null; box = box.parentElement) boxes.push(box);
  const isAtHand = (x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (element.contains(hit) || boxes.includes(hit));
  };
  const isSeen = [...element.getClientRects()].some(({ left, right, top, bottom }) => {
    const xs = [left + 2, (left + right) / 2, right - 2];
    const ys = [top + 2, (top + bottom) / 2, bottom - 2];
    return xs.some((x) => ys.some((y) => isAtHand(x, y)));
  });
  return {
    name: element.outerHTML.slice(0, 120),
    outline: Math.max(...boxes.map(outlineOf)),
    isSeen,
    isTarget: targets.includes(element),
  };
}
