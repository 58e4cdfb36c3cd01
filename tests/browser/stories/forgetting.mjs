// Alva sees what is known about her, takes a copy and asks to be forgotten; Samira, the officer, says no and then, asked
// once more, has somebody forgotten.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { enter, follow, reach } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const alva = new Person(story);
const samira = new Person(story);

const WHY = "Du går kvar här till sommaren.";
const PASSWORD = "norrlida-demo";

story.tell("What is known about Alva", alva, {
  "is shown in plain words, with the day on which it is forgotten": async (alva) => {
    const visitor = await alva.arriveAs("student");
    const { page } = visitor;
    await follow(page, 'footer a[href="/my-data"]');
    assert.match(await page.innerText("main h1"), word(/Det här vet vi om dig/, /This is what we know about you/));
    assert.match(await page.innerText("main dl"), /Alva Bergström[^]*8B/);
    assert.match(await page.innerText("main .count .big"), /^\d{1,2} \p{L}+ 20\d\d$/u);
    await look(visitor, "my-data-student");
  },

  "comes along as a file": async ({ page }) => {
    for (const [way, file] of [["/my-data/copy", /\.json$/], ["/my-data/copy.csv", /\.csv$/]]) {
      const coming = page.waitForEvent("download");
      await reach(page, `main a[href="${way}"]`);
      await page.keyboard.press("Enter");
      const download = await coming;
      assert.match(download.suggestedFilename(), file);
      assert.match(await readFile(await download.path(), "utf8"), /Alva Bergström/);
    }
  },

  "can be asked to be forgotten, after what it means was read": async ({ page, visitor }) => {
    await follow(page, 'main a[href="/my-data/ask"]');
    assert.match(await page.innerText("main form"), /Norrlida kommun/);
    await look(visitor, "my-data-ask");
    await follow(page, 'main form[action="/my-data/ask"] button');
    assert.match(await page.innerText("main aside"), word(/Du bad om att bli glömd idag/, /You asked to be forgotten today/));
    await look(visitor, "my-data-asked");
  },
});

story.tell("Samira, who decides,", samira, {
  "sees who asks": async (samira) => {
    const visitor = await samira.arriveAs("officer");
    const { page } = visitor;
    await follow(page, 'header nav a[href="/forgetting"]');
    assert.match(await page.innerText("main"), word(/Alva Bergström[^]*Ingen ska glömmas/, /Alva Bergström[^]*Nobody is to be forgotten/));
    await look(visitor, "forgetting");
    await follow(page, 'main a:has-text("Alva Bergström")');
    await look(visitor, "forgetting-person");
  },

  "says no, with reasons": async ({ page, visitor }) => {
    await reach(page, "#why");
    await page.keyboard.type(WHY);
    await follow(page, 'main form[action$="/refuse"] button');
    assert.match(await page.innerText("#asked ~ *, main"), new RegExp(WHY));
    await look(visitor, "forgetting-refused");
  },

  "keeps somebody's data, and what she typed stays when the day is wrong": async ({ page, visitor }) => {
    await reach(page, "main details summary");
    await page.keyboard.press("Enter");
    await reach(page, "#ground");
    await page.keyboard.type("Ska till arkivet.");
    await page.$eval("#review", (field) => {
      field.removeAttribute("max");
      field.value = "2099-01-01";
    });
    visitor.expected = /status of 422/;
    await follow(page, 'main form[action$="/holds"] button');
    assert.equal(await page.inputValue("#ground"), "Ska till arkivet.");
    assert.match(await page.innerText("#review-help"), word(/till om ett år/, /a year from now/));
    await look(visitor, "forgetting-hold-wrong");
    visitor.expected = undefined;
    await page.$eval("#review", (field) => {
      field.value = field.max;
    });
    await follow(page, 'main form[action$="/holds"] button');
    assert.match(await page.innerText("main"), word(/Ska till arkivet[^]*Sluta behålla/, /Ska till arkivet[^]*Stop keeping/));
    await look(visitor, "forgetting-held");
    await follow(page, 'main form[action$="/lift"] button');
    assert.equal(await page.locator('main form[action$="/lift"]').count(), 0);
  },

  "finds somebody by the user name, and nobody by half of it": async ({ page, visitor }) => {
    await follow(page, 'header nav a[href="/forgetting"]');
    await reach(page, "#user-name");
    await page.keyboard.type("nobody-is");
    visitor.expected = /status of 422/;
    await enter(page);
    assert.match(await page.innerText("#to-mend"), word(/Ingen här har det användarnamnet/, /Nobody here has that user name/));
    await look(visitor, "forgetting-nobody");
    visitor.expected = undefined;
    await reach(page, "#user-name");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("maria");
    await enter(page);
    assert.match(new URL(page.url()).pathname, /^\/forgetting\/[0-9a-f]{32}$/);
  },

  "has somebody forgotten, with her own password": async ({ page, visitor }) => {
    await follow(page, 'main a[href$="/forget"]');
    await look(visitor, "forgetting-forget");
    await reach(page, "#password");
    await page.keyboard.type("något annat");
    await enter(page);
    assert.match(await page.innerText("main [role=status]"), word(/Det stämde inte/, /That did not match/));
    await look(visitor, "forgetting-forget-wrong");
    await reach(page, "#password");
    await page.keyboard.type(PASSWORD);
    await enter(page);
    assert.equal(new URL(page.url()).pathname, "/forgetting");
    assert.match(await page.innerText("main"), word(/På begäran/, /By request/));
    await look(visitor, "forgetting-done");
  },
});

story.tell("What was answered", alva, {
  "is read by Alva, with the reasons": async ({ page, visitor }) => {
    await page.goto("/my-data");
    assert.match(await page.innerText("main aside"), new RegExp(WHY));
    await look(visitor, "my-data-answered");
  },
});
