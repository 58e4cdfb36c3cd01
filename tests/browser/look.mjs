// What is asked of every page that somebody comes to, whatever it is for.

import assert from "node:assert/strict";
import { clean } from "./clean.mjs";
import { picture } from "./picture.mjs";

const HEIGHT = 800;
/** A telephone and a desk. */
const WIDTHS = [360, 1280];

/**
 * Looks at the page where the visitor is: a language, one heading, the ways out in sight, nothing found by axe,
 * nothing wider than the screen, no complaints. Writes pictures called `name`. Axe is itself a script, so a page that
 * runs none is looked at without it.
 */
export async function look(visitor, name) {
  const { page, runsScripts } = visitor;
  const scrolled = await page.evaluate(() => window.scrollY);
  assert.equal(await page.getAttribute("html", "lang"), "sv");
  assert.equal(await page.locator("main h1").count(), 1, `${page.url()}: one main heading`);
  await assertWaysOut(page);
  if (runsScripts) await clean(page);
  await picture(page, name);
  await page.evaluate((y) => window.scrollTo(0, y), scrolled);
  assertQuiet(visitor);
}

/** No script error, no console error, no request elsewhere since this was last asked, but for what is `expected`. */
export function assertQuiet({ complaints, expected, page }) {
  const heard = complaints.splice(0).filter((complaint) => !expected?.test(complaint));
  assert.deepEqual(heard, [], page.url());
}

/** Who is signed in sees «Logga ut», and a student «Byt elev», without scrolling, on a telephone too. */
async function assertWaysOut(page) {
  const ways = page.locator("header .who form:not([action='/language']) button");
  const words = await ways.allInnerTexts();
  if ((await page.locator("header .who-name").count()) === 0) return assert.deepEqual(words, []);
  // Who practises alone shares no device with a class, and has no MatteMaraton.
  const isStudent = (await page.locator("header nav:has(a[href='/today']) a[href='/maraton']").count()) > 0;
  assert.deepEqual(words, isStudent ? ["Byt elev", "Logga ut"] : ["Logga ut"]);
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.evaluate(() => window.scrollTo(0, 0));
    for (const way of await ways.all()) {
      const box = (await way.isVisible()) ? await way.boundingBox() : null;
      const within = box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= HEIGHT;
      assert.ok(within, `${page.url()}: a way out is not in sight at ${width} px: ${JSON.stringify(box)}`);
    }
  }
  await page.setViewportSize(before);
}
