// Debian's Chromium, and visitors whose pages are watched for what no page may do.

import { chromium } from "playwright-core";
import { language, word } from "./words.mjs";

/** Quiet and alone: nothing but the pages under test goes over the network. */
const FLAGS = [
  // Chromium's own sandbox is not to be had in a container; the pages opened here are our own.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** Longer than this (ms) nothing on a page may take. */
const LONGEST_WAIT = 60_000;

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
  });
}

/** What a page that is left, or a file that is kept, breaks off: no fault. */
const BROKEN_OFF = /ERR_ABORTED/;

/** Somebody at a browser of their own. */
export class Visitor {
  /** Every script error, console error, failed request and request to another server, from all pages. */
  complaints = [];
  #expected = null;
  /** How the page was fetched on which they are: `GET 200`. */
  fetched = "";
  /** Pages that they came to, as `GET 200 /path`. */
  cameTo = new Set();
  /** Called on every page that is there to stay for a while. */
  onSettled = async () => {};

  constructor(context, page, runsScripts) {
    this.context = context;
    this.page = page;
    this.runsScripts = runsScripts;
    /** What pages have to speak to them. */
    this.language = language;
  }

  /** A pattern of the complaints that have to come, as when the net is gone; null when there are none again. */
  get expected() {
    return this.#expected;
  }
  set expected(pattern) {
    this.#forgive();
    this.#expected = pattern;
  }

  #forgive() {
    const bad = this.complaints.filter((complaint) => !this.#expected?.test(complaint));
    this.complaints.splice(0, Infinity, ...bad);
  }

  /** The complaints that nobody expected, since this was last asked. */
  takeComplaints() {
    this.#forgive();
    return this.complaints.splice(0);
  }

  /** Says that the page is there to be looked at. */
  settled() {
    return this.onSettled(this);
  }

  /** Opens a page that leads on by itself, and so is not there to be looked at. */
  async passThrough(path) {
    const { onSettled } = this;
    this.onSettled = async () => {};
    await this.page.goto(path);
    this.onSettled = onSettled;
  }

  leave() {
    return this.context.close();
  }
}

/** Whose page it is. */
const visitors = new WeakMap();
export const visitorOf = (page) => visitors.get(page);

function watch(visitor, origin) {
  const { context, complaints, page } = visitor;
  const complain = (what) => complaints.push(what);
  context.on("weberror", (error) => complain(`script error: ${error.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error") complain(`console: ${message.text()}`);
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== origin) complain(`request to another server: ${url}`);
  });
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    if (!BROKEN_OFF.test(why)) complain(`request failed: ${request.method()} ${request.url()} ${why}`);
  });
  context.on("response", (response) => {
    const request = response.request();
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    visitor.fetched = `${request.method()} ${response.status()}`;
    if (response.status() === 200 && /^text\/html/.test(response.headers()["content-type"] ?? "")) {
      visitor.cameTo.add(`${visitor.fetched} ${new URL(response.url()).pathname}`);
    }
  });
}

/**
 * A visitor with an empty cookie jar, on a screen of 1280 × 800, whose browser asks for the story's language; `options`
 * are for the context.
 */
export async function newVisitor(browser, baseURL, options = {}) {
  const context = await browser.newContext({
    baseURL,
    locale: word("sv-SE", "en-GB"),
    timezoneId: "Europe/Stockholm",
    // Colours half-way through a fade would be measured as too pale.
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(LONGEST_WAIT);
  const page = await context.newPage();
  const visitor = new Visitor(context, page, options.javaScriptEnabled ?? true);
  visitors.set(page, visitor);
  watch(visitor, new URL(baseURL).origin);
  const goto = page.goto.bind(page);
  page.goto = async (...args) => {
    const answer = await goto(...args);
    await visitor.settled();
    return answer;
  };
  return visitor;
}
