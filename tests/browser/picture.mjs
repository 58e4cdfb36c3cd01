// Pictures of the pages, for people to look at, and the one thing about them that a machine can tell: that they fit.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { language } from "./words.mjs";

const WIDTHS = [360, 768, 1280];
/** Where the pictures of this language go. */
export const PICTURES = fileURLToPath(new URL(`pictures/${language}/`, import.meta.url));

/** Pictures are for people and take as long as all the rest: `make test` leaves them out. */
const ARE_WANTED = process.env.STORY_PICTURES !== "none";

/** Writes NAME-WIDTH.png of the whole page for a telephone, a tablet and a desk; none may scroll sideways. */
export async function picture(page, name) {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    if (ARE_WANTED) await page.screenshot({ path: `${PICTURES}${name}-${width}.png`, fullPage: true });
    const content = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(content <= width, `${page.url()} is ${content} px wide on a screen of ${width} px`);
  }
  await page.setViewportSize(before);
}
