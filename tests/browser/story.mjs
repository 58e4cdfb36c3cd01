// One story: what several people do, told in order, in browsers and with a demo of its own.

import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { launch, newVisitor } from "./chromium.mjs";
import { Demo } from "./demo.mjs";
import { follow } from "./keyboard.mjs";
import { Seen } from "./look.mjs";
import { language } from "./words.mjs";

/** Longer than this (ms) no step may take, on a slow and busy machine either. */
const LONGEST_STEP = 300_000;
const TRACES = fileURLToPath(new URL("traces/", import.meta.url));

/** The button of the start page that makes one `account`. */
export const become = (account) => `button[data-demo-account="${account}"]`;

/** Somebody in the story, with what they leave for the next chapter. */
export class Person {
  #story;
  /** Their browser, once they have arrived. */
  visitor = null;

  constructor(story) {
    this.#story = story;
  }

  /** Comes to the start page and chooses the story's language; `options` as for a browser context. */
  async arrive(options) {
    this.visitor = await this.#story.visitor(options);
    return this.visitor;
  }

  /** Comes, and is let in as one of the demo's accounts. */
  async arriveAs(account, options) {
    await this.arrive(options);
    await follow(this.page, become(account));
    return this.visitor;
  }

  get page() {
    return this.visitor.page;
  }
}

/** Who is on the way, and what one chapter leaves for the next. */
export class Story {
  #name;
  #demo;
  #browser;
  #isBroken = false;
  #kept = 0;
  #visitors = [];
  #seen = new Seen(process.env.STORY_CLAIMS);
  #steps = 0;
  /** Everybody in it, by name. */
  people = {};

  /** A story called as its file. */
  constructor(url) {
    this.#name = `${url.match(/([^/]+)\.mjs$/)[1]}-${language}`;
    before(() => this.#begin());
    after(() => this.#end());
  }

  get baseURL() {
    return this.#demo.url;
  }

  async #begin() {
    const { STEGVIS, STORY_DEMO } = process.env;
    assert.ok(STEGVIS && STORY_DEMO, "scripts/browser.sh builds the server, fills a demo and tells stories with them");
    await rm(`${TRACES}${this.#name}`, { recursive: true, force: true });
    this.#demo = await Demo.start(STEGVIS, STORY_DEMO);
    this.#browser = await launch();
  }

  async #end() {
    await this.#browser?.close();
    await this.#demo?.stop();
    const met = { steps: this.#steps, states: this.#seen.count, pages: [...this.#seen.pages] };
    if (process.env.STORY_MET) await writeFile(process.env.STORY_MET, JSON.stringify(met));
    if (this.#isBroken) return;
    const missed = this.#visitors.flatMap((visitor) => this.#seen.missedBy(visitor));
    assert.deepEqual(missed, [], "left before they could be looked at; wait for what comes, then `visitor.settled()`");
  }

  /** A new visitor on the start page, which speaks the story's language; `options` as for a browser context. */
  async visitor(options) {
    const visitor = await newVisitor(this.#browser, this.#demo.url, options);
    await this.#trace(visitor.context);
    visitor.onSettled = (who) => this.#seen.settled(who);
    this.#visitors.push(visitor);
    await visitor.page.goto("/");
    // The demo's people read Swedish, so whoever wants English has to say so.
    await follow(visitor.page, "header form[action='/language'] button");
    return visitor;
  }

  /**
   * Tells what `person` does: `steps` by their names, each given the person and everybody by name. Each takes up where
   * the last one ended, so after one that fails the rest of the story is skipped.
   */
  tell(title, person, steps) {
    describe(title, () => {
      for (const [name, step] of Object.entries(steps)) {
        test(name, async (context) => {
          if (this.#isBroken) return context.skip("the story broke off before");
          await this.#take(`${title} ${name}`, () => step(person, this.people));
        });
      }
    });
  }

  /**
   * Takes a step; one that fails leaves all that helps to see why. If it got through and only the pages on its way were
   * not in order, the story goes on, so that one telling finds all such pages.
   */
  async #take(name, step) {
    const mark = await this.#demo.mark();
    let broken = true;
    try {
      await within(LONGEST_STEP, step().then(() => this.#lookAround()));
      broken = false;
      const faults = this.#seen.takeFaults();
      assert.equal(faults.length, 0, faults.join("\n"));
      this.#steps += 1;
    } catch (error) {
      this.#isBroken = broken;
      const faults = broken ? this.#seen.takeFaults() : [];
      const kept = await this.#keep(name, await this.#demo.log(mark));
      throw new Error([error.message, ...faults, `Traces, pictures and what the server said: ${kept}`].join("\n"), {
        cause: broken ? error : undefined,
      });
    }
  }

  /** Every page that somebody is on after a step has to be in order, and what it was allowed to complain of is over. */
  async #lookAround() {
    for (const visitor of this.#visitors.filter(({ page }) => !page.isClosed())) {
      await visitor.settled();
      visitor.expected = null;
    }
  }

  async #keep(name, log) {
    this.#kept += 1;
    const folder = `${TRACES}${this.#name}/${this.#kept}/`;
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}server.log`, `${name}\n\n${log}`);
    for (const [at, { page, context }] of this.#visitors.entries()) {
      if (page.isClosed()) continue;
      const own = `${folder}visitor-${at + 1}`;
      await page.screenshot({ path: `${own}.png`, fullPage: true }).catch(() => {});
      await context.tracing.stop({ path: `${own}.zip` }).catch((error) => writeFile(`${own}.txt`, `${error}`));
      await this.#trace(context);
    }
    return folder;
  }

  #trace(context) {
    return context.tracing.start({ screenshots: false, snapshots: true, sources: true, title: this.#name });
  }
}

/** The end of `doing`, or a failure after `most` ms. */
async function within(most, doing) {
  const over = new AbortController();
  const late = pause(most, undefined, { signal: over.signal }).then(() => {
    throw new Error(`not done after ${most / 1000} s`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([doing, late]);
  } finally {
    over.abort();
  }
}

/** Chooses the story's language again, on a device that has forgotten it. */
export async function chooseLanguage(visitor) {
  if (language === "sv") return;
  const { page } = visitor;
  await page.context().addCookies([{ name: "language", value: language, url: page.url() }]);
  await page.reload();
  await visitor.settled();
}
