// The start page, and the first page of everyone whom one can be.

import assert from "node:assert/strict";
import { enter, follow, reach, skip } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { Story, become } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);

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

/** Takes `step` as a new visitor on the start page. */
const asVisitor = (step) => async () => {
  const visitor = await story.visitor();
  await step(visitor);
  await visitor.settled();
  await visitor.leave();
};

story.tell("The start page", null, {
  "is in order, and says what it is called": asVisitor(async (visitor) => {
    assert.match(await visitor.page.title(), /Stegvis/);
    await look(visitor, "start");
  }),

  "has one button for each of the people to be, each with a name of its own": asVisitor(async ({ page }) => {
    const names = [];
    for (const account of ACCOUNTS) {
      assert.equal(await page.locator(become(account)).count(), 1, account);
      names.push((await page.locator(become(account)).innerText()).trim());
    }
    assert.equal(new Set(names).size, ACCOUNTS.length, `not all different: ${names}`);
    assert.ok(names.every((name) => name.length > 0));
  }),

  "leads the keyboard to the content first": asVisitor(async ({ page }) => {
    assert.equal(await skip(page), "main");
  }),

  "speaks the other language as soon as one asks for it": asVisitor(async (visitor) => {
    const { page } = visitor;
    const other = word("en", "sv");
    await reach(page, "#language");
    await page.keyboard.press(word("ArrowDown", "ArrowUp"));
    assert.equal(await page.inputValue("#language"), other);
    visitor.language = other;
    await follow(page, 'header form[action="/language"] button');
    assert.match(await page.innerText("main h1"), word(/one step at a time/i, /ett steg i taget/));
  }),
});

story.tell("Signing in", null, {
  "is refused kindly when the password is another": asVisitor(async (visitor) => {
    const { page } = visitor;
    await follow(page, 'main a[href="/sign-in"]');
    await look(visitor, "sign-in");
    await reach(page, "#user-name");
    await page.keyboard.type("tuva");
    await reach(page, "#password");
    await page.keyboard.type("not this");
    visitor.expected = /status of 4\d\d/;
    await enter(page);
    assert.match(await page.innerText("main [role=status]"), word(/Det stämde inte\./, /That did not match\./));
    assert.equal(await page.inputValue("#user-name"), "tuva");
    await look(visitor, "sign-in-again");
  }),
});

story.tell(
  "The first page of",
  null,
  Object.fromEntries(
    ACCOUNTS.map((account) => [
      `the ${account} is in order`,
      asVisitor(async (visitor) => {
        await follow(visitor.page, become(account));
        assert.notEqual(new URL(visitor.page.url()).pathname, "/");
        assert.equal(await visitor.page.locator("[data-demo-account]").count(), 0);
        await look(visitor, `first-${account}`);
      }),
    ]),
  ),
);
