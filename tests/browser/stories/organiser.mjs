// Petra plans a marathon, is told what cannot be, takes it back, and announces something that Alva reads.

import assert from "node:assert/strict";
import { follow, reach } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const petra = new Person(story);
const alva = new Person(story);

const SAVE = "main form button.big";
const NEWS = "Kom ihåg hjälmen!";

/** Types into a field in place of what stands there. */
async function write(page, field, text) {
  await reach(page, field);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

story.tell("Petra's marathon", petra, {
  "is seen in totals": async (petra) => {
    const visitor = await petra.arriveAs("organiser");
    await look(visitor, "organiser");
    assert.match(await visitor.page.innerText("main dl"), word(/Elever som är med/, /Students taking part/));
    assert.ok((await visitor.page.locator("main dd").count()) >= 6);
  },

  "is planned, and what cannot be is told": async ({ page, visitor }) => {
    await follow(page, 'main a[href="/organiser/new"]');
    await write(page, "#name", word("Höstens maraton", "The autumn marathon"));
    await write(page, "#items", "0");
    visitor.expected = /status of 422/;
    await follow(page, SAVE);
    assert.match(await page.innerText("#to-mend"), word(/heltal från 1 till 2000/, /whole number from 1 to 2000/));
    assert.equal(await page.inputValue("#name"), word("Höstens maraton", "The autumn marathon"));
    await look(visitor, "organiser-mend");
    await write(page, "#items", "150");
    await follow(page, SAVE);
    assert.match(await page.innerText("main"), word(/Höstens maraton/, /The autumn marathon/));
    await look(visitor, "organiser-planned");
  },

  "is taken back before it begins": async ({ page, visitor }) => {
    await follow(page, `main .card:has-text("${word("Höstens maraton", "The autumn marathon")}") a`);
    await look(visitor, "organiser-event");
    await follow(page, 'main form[action$="/take-back"] button');
    assert.doesNotMatch(await page.innerText("main"), word(/Höstens maraton/, /The autumn marathon/));
  },

  "tells everybody something": async ({ page, visitor }) => {
    await follow(page, 'main section[aria-labelledby="latest"] a[href^="/organiser/events/"]');
    assert.equal(await page.getAttribute("#items", "readonly"), "");
    await write(page, "#announcement", NEWS);
    await look(visitor, "organiser-running");
    await follow(page, SAVE);
  },

  "is shown to everybody": async ({ page, visitor }) => {
    await follow(page, 'main .card form[action$="/public"] button');
    await look(visitor, "organiser-shown");
    await follow(page, 'main .card a[href^="/maraton/public/"]');
    assert.match(await page.innerText("main"), word(/aldrig någon elev/, /never any student/));
    assert.equal(await page.locator('form[action="/sign-out"]').count(), 0, "it is nobody's page");
    await look(visitor, "maraton-public");
    await page.goBack();
    await follow(page, 'main .card form[action$="/public"] button');
    assert.equal(await page.locator('main a[href^="/maraton/public/"]').count(), 0);
  },
});

story.tell("Alva", alva, {
  "reads it": async (alva) => {
    const visitor = await alva.arriveAs("student");
    const { page } = visitor;
    await follow(page, 'header a[href="/maraton"]');
    assert.match(await page.innerText("main .notice"), new RegExp(NEWS));
    await reach(page, "main details summary");
    await page.keyboard.press("Enter");
    await page.locator("main details[open]").waitFor();
    await look(visitor, "maraton-rules");
  },
});
