// A student whose browser runs no script: signs in with a password and writes a line by the plain form.

import assert from "node:assert/strict";
import { enter, follow, reach, skip } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { calculation, idOf } from "../paper.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const tuva = new Person(story);

const USER_NAME = "tuva";
/** Everybody's in the demo, which says so when it starts. */
const PASSWORD = "norrlida-demo";

story.tell("Without script", tuva, {
  "a student signs in with user name and password": async (tuva) => {
    const visitor = await tuva.arrive({ javaScriptEnabled: false });
    const { page } = visitor;
    await follow(page, 'main a[href="/sign-in"]');
    await reach(page, "#user-name");
    await page.keyboard.type(USER_NAME);
    await reach(page, "#password");
    await page.keyboard.type("not this");
    visitor.expected = /status of 4\d\d/;
    await enter(page);
    assert.match(await page.innerText("main [role=status]"), word(/Det stämde inte\./, /That did not match\./));
    await look(visitor, "plain-sign-in-again");
    assert.equal(await page.inputValue("#user-name"), USER_NAME);
    await reach(page, "#password");
    await page.keyboard.type(PASSWORD);
    await enter(page);
    assert.match(await page.innerText("main h1"), /Tuva/);
  },

  "writes a line by the plain form and sees it judged and saved": async (tuva) => {
    const { page, visitor } = tuva;
    await follow(page, "main .btn.big");
    // What is recommended may be told in words, or be answered by another form than a line.
    while ((await page.locator("input#next").count()) === 0 || !(await calculation(page, idOf(page))).start) {
      await follow(page, 'form[action$="/another"] button');
    }
    tuva.calculation = idOf(page);
    const { start, lines } = await calculation(page, tuva.calculation);
    await reach(page, "#next");
    await page.keyboard.type(start);
    await enter(page);
    const line = page.locator("ol.lines > li[data-number]").last();
    assert.match(await line.innerText(), word(/Rätt så långt\.[^]*Sparad/, /Right so far\.[^]*Saved/));
    const after = await calculation(page, tuva.calculation);
    assert.equal(after.lines.length, lines.length + 1);
    assert.equal(after.lines.at(-1).entered, start);
    await look(visitor, "plain-line");
  },

  "is led back to the line to write": async ({ page, calculation: id }) => {
    await reach(page, "#next");
    await follow(page, "header nav a[href='/done']");
    assert.equal(await skip(page), "main");
    assert.equal(await page.locator(`a[href="/calculations/${id}"]`).count(), 1);
  },
});
