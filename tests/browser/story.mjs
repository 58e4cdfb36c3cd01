// Several people's doings, told in order in one browser.

import { describe, test } from "node:test";
import { launch, newVisitor } from "./chromium.mjs";

/** Longer than this (ms) no step may take, on a slow machine either. */
const LONGEST_STEP = 60_000;

/** Somebody in the story, with what they leave for the next chapter. */
export class Person {
  #story;
  /** Their browser, once they have arrived. */
  visitor = null;

  constructor(story) {
    this.#story = story;
  }

  /** Comes to the start page; `options` as for a browser context. */
  async arrive(options) {
    this.visitor = await this.#story.visitor(options);
    return this.visitor;
  }

  get page() {
    return this.visitor.page;
  }
}

/** Who is on the way, and what one chapter leaves for the next. */
export class Story {
  #browser;
  #baseURL;
  #broken = false;
  /** Everybody in it, by name. */
  people = {};

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
    await visitor.page.goto("/");
    return visitor;
  }

  /**
   * Tells what `person` does: `steps` by their names, each given the person and everybody by name. Each takes up where
   * the last one ended, so after one that fails the rest of the story is skipped.
   */
  tell(title, person, steps) {
    describe(title, () => {
      for (const [name, step] of Object.entries(steps)) {
        test(name, { timeout: LONGEST_STEP }, async (context) => {
          if (this.#broken) return context.skip("the story broke off before");
          this.#broken = true;
          await step(person, this.people);
          this.#broken = false;
        });
      }
    });
  }
}
