// Several people's doings, told in order in one browser.

import { describe, test } from "node:test";
import { launch, newVisitor } from "./chromium.mjs";

/** Longer than this (ms) no step may take, on a slow machine either. */
const LONGEST_STEP = 60_000;

/** Who is on the way, and what one chapter leaves for the next. */
export class Story {
  #browser;
  #baseURL;
  #visitors = [];
  #broken = false;

  constructor(baseURL) {
    this.#baseURL = baseURL;
  }

  async begin() {
    this.#browser = await launch();
  }

  async end() {
    await this.#browser?.close();
  }

  /** A new visitor on the start page; `options` as for a browser context. */
  async visitor(options) {
    const visitor = await newVisitor(this.#browser, this.#baseURL, options);
    this.#visitors.push(visitor);
    await visitor.page.goto("/");
    return visitor;
  }

  /**
   * Tells a chapter: `steps` by their names. Each takes up where the last one ended, so after one that fails the rest
   * of the story is skipped.
   */
  tell(title, steps) {
    describe(title, () => {
      for (const [name, step] of Object.entries(steps)) {
        test(name, { timeout: LONGEST_STEP }, async (context) => {
          if (this.#broken) return context.skip("the story broke off before");
          this.#broken = true;
          await step();
          this.#broken = false;
        });
      }
    });
  }
}
