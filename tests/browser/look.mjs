// What is asked of every page that somebody comes to, whatever it is for.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findings } from "./clean.mjs";
import { boxesOverEachOther, cutOff, smallTargets, spoken, stateOf } from "./measure.mjs";
import { picture } from "./picture.mjs";
import { routeOf } from "./routes.mjs";
import { strangeWords } from "./words.mjs";

const HEIGHT = 800;
const TELEPHONE = 360;
const DESK = 1280;
/** The least width and height (px) of what a finger has to hit. */
const LEAST_TARGET = 44;

/** What the demo's people wrote themselves, in Swedish, and what stays as it is in every language. */
const NOT_OURS = /^(Stegvis|Svenska|English)$/;

/** The pages that were looked at, each state of one once. */
export class Seen {
  #states = new Set();
  #faults = [];
  #claims;
  /** What was met: `GET 200 /path/{id}`. */
  pages = new Set();
  /** How many states of pages this story looked at itself. */
  count = 0;

  /** Stories that are told together lay claim to states in the folder `claims`, so that each is looked at by one only. */
  constructor(claims) {
    this.#claims = claims;
  }

  async #claim(state) {
    if (this.#states.has(state)) return false;
    this.#states.add(state);
    if (this.#claims === undefined) return true;
    const name = createHash("sha256").update(state).digest("hex");
    return writeFile(join(this.#claims, name), "", { flag: "wx" }).then(
      () => true,
      (error) => {
        if (error.code === "EEXIST") return false;
        throw error;
      },
    );
  }

  /** Looks at the page where the visitor is, unless one with the same address and the same parts was looked at. */
  async settled(visitor) {
    const { page } = visitor;
    if (page.isClosed() || !page.url().startsWith("http")) return;
    const route = `${visitor.fetched} ${routeOf(new URL(page.url()).pathname)}`;
    const state = `${route} ${visitor.runsScripts} ${await page.evaluate(stateOf)}`;
    this.pages.add(route);
    if (await this.#claim(state)) {
      this.count += 1;
      this.#faults.push(...(await inspect(visitor)));
    }
    this.#faults.push(...quietFaults(visitor));
  }

  /** What was found since this was last asked. */
  takeFaults() {
    return this.#faults.splice(0);
  }

  /** Pages that the visitor came to and left before they could be looked at. */
  missedBy(visitor) {
    const came = [...visitor.cameTo].map((entry) => {
      const [method, status, path] = entry.split(" ");
      return `${method} ${status} ${routeOf(path)}`;
    });
    return [...new Set(came)].filter((route) => !this.pages.has(route));
  }
}

/** Looks at the page where the visitor is and writes pictures of it called `name`. */
export async function look(visitor, name) {
  const { page } = visitor;
  await visitor.settled();
  const scrolled = await page.evaluate(() => window.scrollY);
  await picture(page, name);
  await page.evaluate((y) => window.scrollTo(0, y), scrolled);
}

/** Script errors, console errors, failed requests and requests elsewhere since this was last asked, unless expected. */
function quietFaults(visitor) {
  return visitor.takeComplaints().map((complaint) => `${visitor.page.url()}: ${complaint}`);
}

/** There was none of those. */
export function assertQuiet(visitor) {
  assert.deepEqual(quietFaults(visitor), []);
}

/**
 * What is not in order where the visitor is: the language and nothing of another, one heading, the ways out in sight;
 * nothing found by axe; on a telephone and at a desk nothing wider than the screen, cut off or over something else; on
 * the telephone nothing too small for a finger. Axe is itself a script, so a page that runs none is spared it.
 */
export async function inspect(visitor) {
  const { page, language } = visitor;
  const where = page.url();
  const before = { size: page.viewportSize(), scrolled: await page.evaluate(() => window.scrollY) };
  const faults = [];
  const lang = await page.getAttribute("html", "lang");
  if (lang !== language) faults.push(`${where} says that it is in «${lang}», not in «${language}»`);
  const headings = await page.locator("main h1").count();
  if (headings !== 1) faults.push(`${where} has ${headings} main headings`);
  const strange = strangeWords(await page.evaluate(spoken), language).filter((text) => !NOT_OURS.test(text));
  faults.push(...strange.map((text) => `${where}: not in «${language}»: ${text}`));
  if (visitor.runsScripts) faults.push(...(await findings(page, language)));
  for (const width of [TELEPHONE, DESK]) {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.evaluate(() => window.scrollTo(0, 0));
    faults.push(...(await ill(page, width)), ...(await lostWaysOut(page, width, language)));
  }
  await page.setViewportSize(before.size);
  await page.evaluate((y) => window.scrollTo(0, y), before.scrolled);
  return faults;
}

/** What sticks out, is cut off or lies over another text; on a telephone also what a finger does not hit. */
async function ill(page, width) {
  const where = `${page.url()} at ${width} px`;
  const content = await page.evaluate(() => document.documentElement.scrollWidth);
  const faults = content > width ? [`${where} is ${content} px wide`] : [];
  const say = (what, found) => faults.push(...found.map((one) => `${where}: ${what}: ${one}`));
  say("cut off", await page.evaluate(cutOff));
  say("over each other", await page.evaluate(boxesOverEachOther));
  if (width === TELEPHONE) say("too small for a finger", await page.evaluate(smallTargets, LEAST_TARGET));
  return faults;
}

const SIGN_OUT = { sv: "Logga ut", en: "Sign out" };
const CHANGE_STUDENT = { sv: "Byt elev", en: "Change student" };

/** Who is signed in sees «Logga ut», and a student «Byt elev», without scrolling, on a telephone too. */
async function lostWaysOut(page, width, language) {
  const ways = page.locator("header .who form:not([action='/language']) button");
  const words = await ways.allInnerTexts();
  const isSignedIn = (await page.locator("header .who-name").count()) > 0;
  // Who practises alone shares no device with a class, and has no MatteMaraton.
  const isStudent = (await page.locator("header nav:has(a[href='/today']) a[href='/maraton']").count()) > 0;
  const wanted = [...(isStudent ? [CHANGE_STUDENT[language]] : []), ...(isSignedIn ? [SIGN_OUT[language]] : [])];
  const where = `${page.url()} at ${width} px`;
  if (words.join() !== wanted.join()) return [`${where}: the ways out are «${words}», not «${wanted}»`];
  const faults = [];
  for (const way of await ways.all()) {
    const box = (await way.isVisible()) ? await way.boundingBox() : null;
    const isWithin = box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= HEIGHT;
    if (!isWithin) faults.push(`${where}: a way out is not in sight: ${JSON.stringify(box)}`);
  }
  return faults;
}
