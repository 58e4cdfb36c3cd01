// Alva reports that something went wrong, support reads it and closes it, and Karin sees how her child is getting on.

import assert from "node:assert/strict";
import { follow } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const alva = new Person(story);
const sofia = new Person(story);
const karin = new Person(story);
const maria = new Person(story);

story.tell("Alva's error report", alva, {
  "shows what would be sent before it is": async (alva) => {
    const visitor = await alva.arriveAs("student");
    const { page } = visitor;
    await follow(page, "main a.btn.big");
    await follow(page, 'footer a[href="/report"]');
    assert.match(await page.innerText("main dl"), /Alva Bergström/);
    assert.equal(await page.locator("main .task-math").count(), 1, "no task would be sent");
    await look(visitor, "report");
  },

  "is sent, and says so": async ({ page, visitor }) => {
    await follow(page, 'main form[action="/report"] button');
    assert.match(await page.innerText("main"), word(/Supporten kan läsa den nu/, /Support can read it now/));
    await look(visitor, "report-sent");
  },

  "can be read about: what one's role sees": async ({ page, visitor }) => {
    await follow(page, 'footer a[href="/sight"]');
    assert.match(await page.innerText("main h2"), word(/Elev/, /Student/));
    await look(visitor, "sight");
  },
});

story.tell("Alva's teacher", maria, {
  "looks at what Alva did": async (maria) => {
    const { page } = await maria.arriveAs("teacher");
    await follow(page, 'main a:text-is("8B")');
    await follow(page, 'main table.matrix a.name:has-text("Alva")', { most: 300 });
  },
});

story.tell("Alva's report, read by Sofia,", sofia, {
  "is in the list": async (sofia) => {
    const visitor = await sofia.arriveAs("support");
    await look(visitor, "support");
    await follow(visitor.page, 'main .card a:has-text("Alva Bergström")');
    assert.equal(await visitor.page.locator("main .task-math").count(), 1, "no task came along");
    await look(visitor, "support-report");
  },

  "is closed, and gone": async ({ page, visitor }) => {
    const report = page.url();
    await follow(page, "main form button");
    assert.match(await page.innerText("main"), word(/Ingen har skickat/, /Nobody has sent/));
    visitor.expected = /status of 404/;
    assert.equal((await page.goto(report)).status(), 404);
  },
});

story.tell("Karin's child", karin, {
  "shows what the child practised, and no line": async (karin) => {
    const visitor = await karin.arriveAs("guardian");
    const { page } = visitor;
    await follow(page, 'main .card a:has-text("Alva Bergström")');
    assert.ok((await page.locator("main .log li").count()) > 0);
    assert.equal(await page.locator("main .line").count(), 0);
    await look(visitor, "child");
  },

  "tells a guardian who looked, and not whom else it concerns": async ({ page, visitor }) => {
    await follow(page, 'main a[href$="/seen"]');
    assert.match(await page.innerText("main"), word(/Vem har tittat på uppgifter om Alva/, /Who has looked at the data of Alva/));
    await look(visitor, "seen-of-child");
  },
});

story.tell("Who looked at Alva's data", alva, {
  "is told: who, as what, at what": async ({ page, visitor }) => {
    await follow(page, 'footer a[href="/sight"]');
    await follow(page, 'main a[href="/seen"]');
    const told = await page.innerText("main");
    assert.match(told, word(/Vem har tittat på mina uppgifter\?/, /Who has looked at my data\?/));
    assert.match(told, word(/Maria[^\n]*Lärare/, /Maria[^\n]*Teacher/));
    assert.match(told, word(/Såg rader, svar och karta/, /Saw lines, answers and the map/));
    assert.match(told, word(/Support\n+Läste felrapporten/, /Support\n+Read the error report/));
    assert.match(told, /Karin/);
    await look(visitor, "seen");
  },
});
