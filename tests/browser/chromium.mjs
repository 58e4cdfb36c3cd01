// Debian's Chromium, and visitors whose pages are watched for what no page may do.

import { chromium } from "playwright-core";

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
const LONGEST_WAIT = 10_000;

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
  });
}

/**
 * A visitor with an empty cookie jar, on a screen of 1280 × 800, who reads Swedish; `options` are for the context.
 * `complaints` fills with every script error, console error and request to another server, from all pages;
 * `expected` is for a pattern of those that have to come, as when the net is gone.
 */
export async function newVisitor(browser, baseURL, options = {}) {
  const context = await browser.newContext({
    baseURL,
    locale: "sv-SE",
    timezoneId: "Europe/Stockholm",
    // Colours half-way through a fade would be measured as too pale.
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(LONGEST_WAIT);
  const complaints = [];
  const { origin } = new URL(baseURL);
  context.on("weberror", (error) => complaints.push(`script error: ${error.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== origin) complaints.push(`request to another server: ${url}`);
  });
  const page = await context.newPage();
  const runsScripts = options.javaScriptEnabled ?? true;
  return { context, page, runsScripts, complaints, expected: null, leave: () => context.close() };
}
