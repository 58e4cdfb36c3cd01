// The journey: what people do, done in a real Chromium against a running demo (`BASE_URL`, see scripts/browser.sh).
// Every page on the way is looked at by axe, photographed in three widths and must keep quiet.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, newVisitor } from "./chromium.mjs";
import { clean } from "./clean.mjs";
import { picture } from "./picture.mjs";

const baseURL = process.env.BASE_URL;
assert.ok(baseURL, "BASE_URL is not set: scripts/browser.sh starts a demo and sets it");

const ACCOUNTS = ["student", "teacher", "school-admin", "officer"];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Takes `steps` as a new visitor on the start page, who must not have complained at the end. */
async function asVisitor(steps) {
  const { page, complaints, leave } = await newVisitor(browser, baseURL);
  try {
    const answer = await page.goto("/");
    assert.equal(answer.status(), 200);
    await steps(page);
    assert.deepEqual(complaints, []);
  } finally {
    await leave();
  }
}

const become = (account) => `button[data-demo-account="${account}"]`;

/** Presses the button of `account` on the start page and waits for the page that follows. */
async function signInAs(page, account) {
  await page.click(become(account));
  await page.waitForURL((url) => url.pathname !== "/");
  await page.waitForLoadState("load");
}

describe("the start page", () => {
  test("is clean, and fits a telephone, a tablet and a desk", () =>
    asVisitor(async (page) => {
      await clean(page);
      await picture(page, "start");
    }));

  test("says in which language it is, and what it is called", () =>
    asVisitor(async (page) => {
      assert.equal(await page.getAttribute("html", "lang"), "sv");
      assert.match(await page.title(), /Stegvis/);
      assert.equal(await page.locator("h1").count(), 1);
    }));

  test("has one button for each of the four people to be, each with a name of its own", () =>
    asVisitor(async (page) => {
      const names = [];
      for (const account of ACCOUNTS) {
        assert.equal(await page.locator(become(account)).count(), 1, account);
        names.push((await page.locator(become(account)).innerText()).trim());
      }
      assert.equal(new Set(names).size, ACCOUNTS.length, `not all different: ${names}`);
      assert.ok(names.every((name) => name.length > 0));
    }));

  test("leads the keyboard to the content first", () =>
    asVisitor(async (page) => {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.localName), "main");
    }));
});

for (const account of ACCOUNTS) {
  describe(`a visitor who becomes the ${account}`, () => {
    test("comes to a first page that is clean and fits", () =>
      asVisitor(async (page) => {
        await signInAs(page, account);
        assert.equal(await page.locator("main h1").count(), 1);
        assert.equal(await page.locator("[data-demo-account]").count(), 0);
        await clean(page);
        await picture(page, `first-${account}`);
      }));
  });
}

describe("the keyboard alone", () => {
  test("is enough to become the student", () =>
    asVisitor(async (page) => {
      await page.focus(become("student"));
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname !== "/");
      assert.equal(await page.locator("main h1").count(), 1);
    }));
});
