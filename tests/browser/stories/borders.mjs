// What is somebody else's cannot be told from what is not there; and how one leaves.

import assert from "node:assert/strict";
import { follow } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { idOf } from "../paper.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const alva = new Person(story);
const maria = new Person(story);
const solveig = new Person(story);
story.people = { maria, solveig };

story.tell("What belongs to others", maria, {
  "is there for themselves": async (maria, { solveig }) => {
    const { page } = await maria.arriveAs("teacher");
    await follow(page, 'main a:text-is("8B")');
    maria.group = new URL(page.url()).pathname;
    await follow(page, 'header nav a[href="/assignments"]');
    await follow(page, 'main a[href^="/assignments/"] >> nth=0');
    maria.work = new URL(page.url()).pathname;
    await solveig.arriveAs("individual");
    await follow(solveig.page, "main .btn.big");
    solveig.calculation = idOf(solveig.page);
  },
});

story.tell("Somebody else's", alva, {
  "is not there for Alva, like what nobody has": async (alva, { maria, solveig }) => {
    const visitor = await alva.arriveAs("student");
    const { page } = visitor;
    visitor.expected = /status of 404/;
    const others = [maria.group, maria.work, `/calculations/${solveig.calculation}`];
    const nobodys = ["/nowhere", `/calculations/${"0".repeat(32)}`];
    const said = new Set();
    for (const path of [...others, ...nobodys]) {
      const answer = await page.goto(path);
      assert.equal(answer.status(), 404, path);
      said.add(await page.innerText("body"));
    }
    assert.equal(said.size, 1, [...said].join("\n---\n"));
    assert.match([...said][0], word(/Här tog trappan slut\./, /The stairs ended here\./));
    await look(visitor, "not-found");
    const answer = await page.request.get(`/api/v1/calculations/${solveig.calculation}`);
    assert.equal(answer.status(), 404);
    await follow(page, 'main a[href="/"]');
    assert.equal(new URL(page.url()).pathname, "/today");
  },
});

story.tell("Leaving", alva, {
  "«Byt elev» leads to where the next student begins": async ({ visitor }) => {
    await follow(visitor.page, 'header form[action="/change-student"] button', { back: true });
    assert.equal(await visitor.page.locator(".who-name").count(), 0);
    await look(visitor, "changed-student");
  },

  "«Logga ut» ends it, and no page opens any more": async (_, { maria: { visitor, group } }) => {
    await follow(visitor.page, 'header form[action="/sign-out"] button', { back: true });
    assert.equal(await visitor.page.locator(".who-name").count(), 0);
    await visitor.page.goto(group);
    assert.equal(await visitor.page.locator(".tile").count(), 0);
  },
});
