// Somebody on their own: signs up, practises, fetches a copy, withdraws, consents again, and deletes the account.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { enter, follow, reach } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const solros = new Person(story);

const USER_NAME = "Solros-17";
const PASSWORD = "katt moln brev 42";

/** Ticks the choice that the keyboard reaches. */
async function tick(page, selector) {
  await reach(page, selector);
  await page.keyboard.press("Space");
  assert.ok(await page.isChecked(selector), `${selector} is not ticked`);
}

async function fill(page, name) {
  await tick(page, 'input[name="age"][value="enough"]');
  await reach(page, "#user-name");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(name);
  await reach(page, "#password");
  await page.keyboard.type(PASSWORD);
  await page.selectOption("#school-year", "7");
}

async function signIn(visitor) {
  const { page } = visitor;
  await page.goto("/sign-in");
  await reach(page, "#user-name");
  await page.keyboard.type(USER_NAME);
  await reach(page, "#password");
  await page.keyboard.type(PASSWORD);
  await enter(page);
  return page.innerText("main");
}

story.tell("Somebody on their own", solros, {
  "is told kindly to ask, who is too young": async (solros) => {
    const visitor = await solros.arrive();
    const { page } = visitor;
    await follow(page, 'main a[href="/sign-up"]');
    assert.equal(await page.locator("main input:checked").count(), 0, "something was ticked beforehand");
    await look(visitor, "sign-up");
    await fill(page, USER_NAME);
    await tick(page, 'input[name="practice"]');
    await page.check('input[name="age"][value="younger"]');
    await page.press("#password", "Enter");
    await page.waitForURL("/sign-up");
    await visitor.settled();
    assert.match(await page.innerText("main h1"), word(/Bra att du vill räkna/, /Good that you want to practise/));
    await look(visitor, "sign-up-young");
  },

  "chooses another name when one is taken": async ({ page, visitor }) => {
    await page.goto("/sign-up");
    await fill(page, "alva");
    await tick(page, 'input[name="practice"]');
    visitor.expected = /status of 409/;
    await page.press("#password", "Enter");
    await page.waitForSelector("#to-mend");
    assert.match(await page.innerText("#to-mend"), word(/Användarnamnet är upptaget/, /That user name is taken/));
    await look(visitor, "sign-up-taken");
  },

  "signs up and practises": async ({ page, visitor }) => {
    await fill(page, USER_NAME);
    await page.press("#password", "Enter");
    await page.waitForURL("/today");
    await visitor.settled();
    assert.match(await page.innerText("main h1"), /Solros-17/);
    await look(visitor, "individual-today");
    await follow(page, "main .btn.big");
    await page.waitForURL(/\/calculations\//);
    visitor.calculation = page.url();
  },
});

story.tell("What is stored of somebody on their own", solros, {
  "sees what is stored and what was consented to": async ({ page, visitor }) => {
    await follow(page, 'header nav a[href="/my-data"]');
    assert.match(await page.innerText('[data-purpose="practice"]'), word(/Du har samtyckt[^]*Samtycke idag/, /You have consented[^]*today/i));
    assert.match(await page.innerText('[data-purpose="difficulty"]'), word(/Du har inte samtyckt/, /You have not consented/));
    await look(visitor, "my-data");
  },

  "fetches a copy": async ({ page }) => {
    const coming = page.waitForEvent("download");
    await reach(page, 'main a[href="/my-data/copy"]');
    await page.keyboard.press("Enter");
    const download = await coming;
    assert.match(download.suggestedFilename(), /^stegvis-\d{4}-\d\d-\d\d\.json$/);
    const copy = JSON.parse(await readFile(await download.path(), "utf8"));
    assert.equal(copy.person.name, USER_NAME);
    assert.equal(copy.calculations.length, 1);
  },

  "withdraws with one button, and practice stops": async ({ page, visitor }) => {
    await follow(page, '[data-purpose="practice"] button[value="withdraw"]');
    assert.match(await page.innerText("main [role=status]"), word(/Övningen är pausad[^]*Kontot tas bort/, /Practice is paused[^]*The account is deleted/));
    await look(visitor, "my-data-paused");
    await page.goto(visitor.calculation);
    assert.equal(await page.locator("main h1").count(), 1, "what was done can be read still");
    await page.goto("/today");
    assert.equal(new URL(page.url()).pathname, "/my-data");
  },

  "consents again with one button, and goes on": async ({ page, visitor }) => {
    await follow(page, '[data-purpose="practice"] button[value="give"]');
    assert.equal(await page.locator("main [role=status]").count(), 0);
    await look(visitor, "my-data-again");
    await follow(page, 'header nav a[href="/today"]');
    assert.equal(new URL(page.url()).pathname, "/today");
  },
});

story.tell("The end of it", solros, {
  "is asked for the password before everything goes": async ({ page, visitor }) => {
    await page.goto("/my-data");
    await follow(page, 'main a[href="/my-data/delete"]');
    await look(visitor, "my-data-delete");
    await reach(page, "#password");
    await page.keyboard.type("något annat");
    await enter(page);
    assert.match(await page.innerText("main [role=status]"), word(/Det stämde inte/, /That did not match/));
  },

  "is said goodbye to, and is nobody any more": async ({ page, visitor }) => {
    await reach(page, "#password");
    await page.keyboard.type(PASSWORD);
    await enter(page);
    assert.match(await page.innerText("main h1"), word(/Hej då/, /Goodbye/));
    await look(visitor, "my-data-gone");
    assert.match(await signIn(visitor), word(/Det stämde inte/, /That did not match/));
  },
});
