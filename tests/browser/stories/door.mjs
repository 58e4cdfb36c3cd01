// The ways in beside the password: the class code's door, a new password, login cards; and where one is signed in.

import assert from "node:assert/strict";
import { enter, follow, reach } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { pages } from "../paper.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const maria = new Person(story);
const lo = new Person(story);
story.people = { maria, lo };

story.tell("The class code's door", lo, {
  "is opened by Maria for some minutes": async (_, { maria }) => {
    const visitor = await maria.arriveAs("teacher");
    const { page } = visitor;
    await follow(page, 'main a:text-is("8B")');
    maria.group = new URL(page.url()).pathname;
    await follow(page, `main a[href="${maria.group}/class-code"]`);
    await look(visitor, "door");
    await follow(page, 'main form[action$="/class-code"] button');
    maria.code = await page.innerText("main p.code-text");
    await look(visitor, "door-open");
  },

  "lets nobody in by another code": async (lo) => {
    const visitor = await lo.arrive();
    const { page } = visitor;
    await page.goto("/sign-in");
    await follow(page, 'main a[href="/class"]');
    await look(visitor, "class");
    await reach(page, "#code");
    await page.keyboard.type("AAA AAA");
    visitor.expected = /status of 4\d\d/;
    await enter(page);
    assert.match(await page.innerText("main [role=status]"), word(/Koden öppnar ingenting/, /The code opens nothing/));
    await look(visitor, "class-again");
  },

  "lets a student in by code and name": async (lo, { maria }) => {
    const { page, visitor } = lo;
    await reach(page, "#code");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(maria.code.toLowerCase());
    await enter(page);
    await look(visitor, "class-names");
    await follow(page, "main form button >> nth=2");
    assert.equal(new URL(page.url()).pathname, "/today");
  },

  "tells the student how they came in": async ({ page, visitor }) => {
    await follow(page, 'footer a[href="/devices"]');
    assert.match(await page.innerText("main .card"), word(/Inloggad med klasskod/, /Signed in with a class code/));
    await look(visitor, "devices");
  },

  "shows Maria who is in, and lets them out again": async (_, { maria: { page, visitor }, lo }) => {
    await page.locator("#door .card").waitFor({ timeout: 15_000 });
    await look(visitor, "door-inside");
    await follow(page, '#door form[action$="/out"] button');
    await lo.page.goto("/today");
    assert.equal(new URL(lo.page.url()).pathname, "/sign-in");
    await follow(page, '#door form[action$="/close"] button');
    assert.match(await page.innerText("#door"), word(/Ingen kod är öppen/, /No code is open/));
    await lo.visitor.leave();
  },
});

/** Somebody of whom the rest of the story says nothing. */
const OTHER = "main table.matrix tbody tr:nth-last-child(2) a.name";

story.tell("A new password", maria, {
  "is said to be given before it is": async (maria) => {
    const { page, visitor, group } = maria;
    await page.goto(group);
    await page.locator(OTHER).click();
    await page.waitForURL("**/students/*");
    await visitor.settled();
    await follow(page, 'main a[href$="/password"]');
    await look(visitor, "new-password");
  },

  "is shown once": async ({ page, visitor, group }) => {
    await follow(page, 'main form[action$="/password"] button');
    const [name, password] = await page.locator("main b.code-text").allInnerTexts();
    assert.match(password, /^[a-z]+-[a-z]+-[a-z]+-\d\d$/);
    await look(visitor, "new-password-given");
    const paper = await page.pdf({ preferCSSPageSize: true });
    assert.equal(pages(paper), 1);
    assert.ok(name.length > 0);
    await follow(page, `main a.btn[href="${group}"]`);
  },
});
