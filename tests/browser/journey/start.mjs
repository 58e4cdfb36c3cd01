// The start page, and the first page of everyone whom one can be.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enter, follow, reach, skip } from "../keyboard.mjs";
import { look } from "../look.mjs";

const ACCOUNTS = [
  "student",
  "teacher",
  "school-admin",
  "officer",
  "guardian",
  "individual",
  "organiser",
  "support",
  "database-staff",
  "operator",
  "researcher",
];

/** The button of the start page that makes one `account`. */
export const become = (account) => `button[data-demo-account="${account}"]`;

/** Takes `steps` as a new visitor on the start page. */
async function asVisitor(story, steps) {
  const visitor = await story.visitor();
  try {
    await steps(visitor);
  } finally {
    await visitor.leave();
  }
}

export function tellStart(story) {
  describe("the start page", () => {
    test("is in order, and says what it is called", () =>
      asVisitor(story, async (visitor) => {
        assert.match(await visitor.page.title(), /Stegvis/);
        await look(visitor, "start");
      }));

    test("has one button for each of the people to be, each with a name of its own", () =>
      asVisitor(story, async ({ page }) => {
        const names = [];
        for (const account of ACCOUNTS) {
          assert.equal(await page.locator(become(account)).count(), 1, account);
          names.push((await page.locator(become(account)).innerText()).trim());
        }
        assert.equal(new Set(names).size, ACCOUNTS.length, `not all different: ${names}`);
        assert.ok(names.every((name) => name.length > 0));
      }));

    test("leads the keyboard to the content first", () =>
      asVisitor(story, async ({ page }) => {
        assert.equal(await skip(page), "main");
      }));
  });

  describe("signing in", () => {
    test("is refused kindly when the password is another", () =>
      asVisitor(story, async (visitor) => {
        const { page } = visitor;
        await follow(page, 'main a[href="/sign-in"]');
        await look(visitor, "sign-in");
        await reach(page, "#user-name");
        await page.keyboard.type("tuva");
        await reach(page, "#password");
        await page.keyboard.type("not this");
        visitor.expected = /status of 4\d\d/;
        await enter(page);
        assert.match(await page.innerText("main [role=status]"), /Det stämde inte\./);
        assert.equal(await page.inputValue("#user-name"), "tuva");
        await look(visitor, "sign-in-again");
      }));
  });

  for (const account of ACCOUNTS) {
    describe(`a visitor who becomes the ${account}`, () => {
      test("comes to a first page that is in order", () =>
        asVisitor(story, async (visitor) => {
          await follow(visitor.page, become(account));
          assert.notEqual(new URL(visitor.page.url()).pathname, "/");
          assert.equal(await visitor.page.locator("[data-demo-account]").count(), 0);
          await look(visitor, `first-${account}`);
        }));
    });
  }
}
