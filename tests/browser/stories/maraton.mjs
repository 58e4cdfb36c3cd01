// A way that Alva went, which her teacher approves, and what the schools' standing makes of it.

import assert from "node:assert/strict";
import { enter, follow, reach } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { tab } from "../paper.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const alva = new Person(story);
const maria = new Person(story);
story.people = { alva, maria };

const KILOMETRES = word("3,2", "3.2");
const TENTHS = 32;
const WAITING = `.log li:has-text("${KILOMETRES}\u00A0km"):has-text("${word("Väntar på läraren", "Waiting for the teacher")}")`;
const OF_ALVAS = `[aria-label^="${word("Godkänn", "Approve")}: Alva B"][aria-label*="${KILOMETRES}\u00A0km"]`;

/** The kilometres of a school in tenths, as they stand in the table. */
async function tenthsOf(page, school) {
  const cells = page.locator(`tr:has(th:has-text("${school}")) td`);
  const written = await cells.nth(1).innerText();
  assert.match(written, word(/^[\d\u202F]+,\d$/, /^[\d,]+\.\d$/));
  return Number(written.replace(/\D/g, ""));
}

story.tell("Alva's way", alva, {
  "is reported, and waits for her teacher": async (alva) => {
    const visitor = await alva.arriveAs("student");
    const { page } = visitor;
    await follow(page, tab("/maraton"));
    const before = await page.locator(WAITING).count();
    await look(visitor, "maraton");
    await reach(page, "#kilometres");
    await page.keyboard.type("tre");
    visitor.expected = /status of 422/;
    await enter(page);
    assert.equal(await page.getAttribute("#kilometres", "aria-invalid"), "true");
    await look(visitor, "maraton-unreadable");
    await reach(page, "#kilometres");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(KILOMETRES);
    await reach(page, "#minutes");
    await page.keyboard.type("25");
    await follow(page, 'form[action="/maraton/distances"] button');
    assert.equal(await page.locator(WAITING).count(), before + 1);
    assert.match(await page.innerText("main"), word(/km till väntar på din lärare/, /km more are waiting for your teacher/));
    await look(visitor, "maraton-waiting");
  },
});

story.tell("Alva's way, approved by Maria,", maria, {
  "is her school's, and not the other's": async (maria) => {
    const visitor = await maria.arriveAs("teacher");
    const { page } = visitor;
    await follow(page, tab("/maraton"));
    await look(visitor, "maraton-teacher");
    const own = await tenthsOf(page, "Björkskolan");
    const other = await tenthsOf(page, "Sjöviksskolan");
    await follow(page, OF_ALVAS, { most: 300 });
    assert.equal(await page.locator(OF_ALVAS).count(), 0);
    assert.equal((await tenthsOf(page, "Björkskolan")) - own, TENTHS);
    assert.equal(await tenthsOf(page, "Sjöviksskolan"), other);
    await look(visitor, "maraton-approved");
  },

  "stands approved on her page": async (_, { alva: { page, visitor } }) => {
    await follow(page, tab("/maraton"));
    const approved = page.locator(`.log li:has-text("${KILOMETRES}\u00A0km ${word("på 25 minuter", "in 25 minutes")}")`);
    assert.match(await approved.first().innerText(), word(/Godkänd/, /Approved/));
    await look(visitor, "maraton-student-approved");
  },
});
