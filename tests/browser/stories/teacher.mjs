// Maria looks after 8B, reads what Alva wrote, gives out work and takes it back.

import assert from "node:assert/strict";
import { follow, hasFocus, reach, skip, typeDay, walkOnTelephone } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { solve } from "../equation.mjs";
import { FIELD, Student, assertLines, calculation, idOf, tab } from "../paper.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const alva = new Student(story);
const maria = new Person(story);
story.people = { alva, maria };

const TITLE = word("Tre att prova", "Three to try");
const DAY = 24 * 60 * 60 * 1000;
const ALVAS_TILE = '.tile a:has-text("Alva B.")';
/** The assignment on the student's page. */
const CARD = `.card:has(h3:text-is("${TITLE}"))`;

story.tell("Alva's work", alva, {
  "is on the paper before Maria comes": async (alva) => {
    const { page } = await alva.arriveAs("student");
    await follow(page, "main a.btn.big");
    const { wrong, unfinished, answer } = solve((await calculation(page, idOf(page))).start);
    await reach(page, FIELD);
    await alva.write(wrong, "wrong");
    await reach(page, 'form[action$="/appeal"] button', { back: true });
    await page.keyboard.press("Enter");
    await page.locator("in-place > p").first().waitFor();
    await reach(page, FIELD);
    await page.keyboard.press("ControlOrMeta+A");
    await alva.write(unfinished, "unfinished");
    await alva.send(answer, "goal");
    await page.locator("#next-step:focus").waitFor();
  },
});

story.tell("Maria's group", maria, {
  "is one of hers": async (maria) => {
    const visitor = await maria.arriveAs("teacher");
    const { page } = visitor;
    assert.equal(await skip(page), "main");
    await look(visitor, "groups");
    await follow(page, 'main a:text-is("8B")');
    maria.group = new URL(page.url()).pathname;
  },

  "shows a tile for every student and who needs her": async ({ page, visitor }) => {
    assert.equal(await page.locator(".tile").count(), 16);
    assert.ok((await page.locator(".stuck").count()) > 0, "nobody needs her");
    assert.ok((await page.locator('.tile[data-state="stuck"]').count()) > 0);
    await look(visitor, "group");
  },

  "keeps the focus where it is when it is brought up to date": async ({ page }) => {
    await reach(page, ALVAS_TILE);
    await page.evaluate(() => document.querySelector(".tiles").setAttribute("data-old", ""));
    await page.locator(".tiles:not([data-old])").waitFor({ timeout: 15_000 });
    assert.ok(await hasFocus(page, ALVAS_TILE), "the update took the focus away");
  },

  "leads to the lines of the one who is stuck": async ({ page, visitor, group }) => {
    await follow(page, `.stuck:has-text("${word("sidosteg", "side steps")}") a`, { back: true });
    assert.ok((await page.locator('main li.line[data-verdict="wrong"]').count()) >= 3);
    await look(visitor, "group-stuck");
    await follow(page, `.crumbs a[href="${group}"]`);
  },

  "says which line Alva holds to be right, and she answers": async ({ page, visitor, group }) => {
    const card = `.stuck:has-text("${word("Menar att rad", "Holds that line")}") a`;
    await follow(page, card);
    const asked = page.locator("form.said");
    assert.match(await asked.innerText(), word(/Alva menar att raden är rätt/, /Alva holds that the line is right/));
    await look(visitor, "group-appeal");
    await follow(page, 'form.said button[value="no"]');
    assert.match(await asked.innerText(), word(/Besvarad: raden stämmer inte/, /Answered: the line does not hold/));
    await follow(page, `.crumbs a[href="${group}"]`, { back: true });
    assert.equal(await page.locator(card).count(), 0, "it waits no longer");
  },

  "can be shown on a wall without names": async ({ page, visitor, group }) => {
    await follow(page, 'main a[href$="?names=hidden"]');
    assert.doesNotMatch(await page.innerText("main"), /Alva/);
    await look(visitor, "group-without-names");
    await follow(page, `main a.btn[href="${group}"]`);
  },
});

story.tell("What is chosen next", maria, {
  "is Maria's to say for the group": async (maria) => {
    const { page, visitor, group } = maria;
    await follow(page, `main a[href="${group}/steering"]`);
    assert.match(await page.innerText(".empty"), word(/Stegvis väljer själv/, /Stegvis chooses by itself/));
    await page.selectOption("#skill", "decimals-add-sub");
    await follow(page, 'button[value="exclude"]');
    assert.match(await page.innerText(".card"), word(/Väljs inte[^]*decimaltal/, /Not chosen[^]*decimals/i));
    await look(visitor, "steering");
    await follow(page, 'form[action$="/end"] button');
    assert.equal(await page.locator(".card").count(), 0);
    await follow(page, `.crumbs a[href="${group}"]`, { back: true });
  },

  "and for Alva alone": async ({ page, visitor }) => {
    await follow(page, ALVAS_TILE);
    if (!page.url().includes("/students/")) await follow(page, 'main a.btn[href*="/students/"]');
    await follow(page, 'main a[href$="/steering"]');
    await page.selectOption("#skill", "percent-of-quantity");
    await follow(page, 'button[value="pin"]');
    assert.match(await page.innerText(".card"), word(/Väljs härnäst/, /Chosen next/));
    await look(visitor, "steering-student");
  },

  "is what Alva gets, and why": async (_, { alva }) => {
    await follow(alva.page, tab("/today"));
    const next = await alva.page.innerText('section[aria-labelledby="next"]');
    assert.match(next, word(/Procent[^]*Din lärare vill/, /Percent[^]*Your teacher wants/));
    await look(alva.visitor, "today-pinned");
  },

  "until Maria takes it back": async ({ page, group }) => {
    await follow(page, 'form[action$="/end"] button');
    assert.equal(await page.locator(".card").count(), 0);
    await follow(page, `.crumbs a[href="${group}"]`, { back: true });
  },
});

story.tell("What Alva typed", maria, {
  "is found from her tile": async ({ page, visitor }) => {
    await follow(page, ALVAS_TILE);
    if (!page.url().includes("/students/")) {
      await look(visitor, "group-calculation");
      await follow(page, 'main a.btn[href*="/students/"]');
    }
    await look(visitor, "group-student");
  },

  "stands on her page, and on each calculation's own": async ({ page, visitor }, { alva }) => {
    const student = page.url();
    for (const [index, [id, typed]] of [...alva.typed].entries()) {
      const entry = `details.past:has(a[href$="/calculations/${id}"])`;
      await reach(page, `${entry} summary`, { most: 600 });
      if ((await page.locator(entry).getAttribute("open")) === null) await page.keyboard.press("Enter");
      await assertLines(page.locator(entry), typed);
      await follow(page, `${entry} a[href$="/calculations/${id}"]`);
      await assertLines(page.locator("main"), typed);
      await look(visitor, `group-calculation-${index + 1}`);
      await follow(page, 'main a.btn[href*="/students/"]');
      assert.equal(page.url(), student);
    }
  },
});

story.tell("Maria's assignment", maria, {
  "is put together: a title, a last day, three exercises": async ({ page, visitor, group }) => {
    await follow(page, `.crumbs a[href="${group}"]`);
    await follow(page, `main a[href="${group}/assign"]`, { most: 300 });
    await look(visitor, "assign");
    await walkOnTelephone(page);
    await reach(page, "#title");
    await page.keyboard.type(TITLE);
    const due = new Date(Date.now() + 7 * DAY).toISOString().slice(0, 10);
    await reach(page, "#due");
    await typeDay(page, due);
    await reach(page, "#search", { back: true });
    await page.keyboard.type(word("ekvation", "equation"));
    assert.match(await page.innerText("#found"), word(/Träffar: \d/, /Found: \d/));
    assert.ok(await page.locator(".choices:visible").count() < await page.locator(".choices").count());
    for (const skill of ["equations-add-sub", "equations-two-step", "equations-both-sides"]) {
      await reach(page, `.choices:has(fieldset#${skill}) summary`);
      await page.keyboard.press("Enter");
      await page.locator(`fieldset#${skill} input[name="exercise"]`).first().waitFor();
      await reach(page, `fieldset#${skill} input[name="exercise"]`);
      await page.keyboard.press("Space");
    }
    assert.equal(await page.locator('input[name="exercise"]:checked').count(), 3);
    await look(visitor, "assign-filled");
  },

  "is given out": async (maria) => {
    const { page, visitor } = maria;
    await follow(page, ".act-bar button", { most: 400 });
    assert.equal(await page.innerText("main h1"), TITLE);
    maria.work = new URL(page.url()).pathname;
    await look(visitor, "assignment");
  },

  "can be looked at as a student, item by item": async ({ page, visitor }) => {
    await follow(page, 'main a[href$="/preview"]');
    assert.equal(await page.locator("main nav a.tag").count(), 3);
    await look(visitor, "assignment-preview");
    await follow(page, 'main a[href$="item=3"]');
    for (const inside of await page.locator("main details").all()) {
      assert.equal(await inside.getAttribute("open"), null);
    }
    await reach(page, "main details summary >> nth=1");
    await page.keyboard.press("Enter");
    await page.locator("main details[open] .line-math").first().waitFor();
    await look(visitor, "assignment-preview-worked");
  },

  "stands on Alva's page, and she opens it": async (_, { alva }) => {
    await follow(alva.page, tab("/today"));
    assert.match(await alva.page.innerText(CARD), word(/Från Maria[^]*0 av 3 gjorda/, /From Maria[^]*0 of 3 done/));
    await look(alva.visitor, "today-given");
    await follow(alva.page, `${CARD} button`);
    assert.match(await alva.page.innerText("main .task"), new RegExp(word(`Uppgift 1 av 3, ${TITLE}`, `Task 1 of 3, ${TITLE}`)));
    await look(alva.visitor, "calculation-given");
  },

  "stands among the given, with Alva's beginning": async (maria) => {
    const { page, visitor } = maria;
    await follow(page, tab("/assignments"));
    assert.ok((await page.locator(CARD.replace("text-is", "has-text")).count()) === 1);
    await look(visitor, "assignments");
    await follow(page, `main a[href="${maria.work}"]`);
    const row = page.locator('tr:has(a:has-text("Alva B."))');
    assert.match(await row.locator("td").first().innerText(), word(/Börjat/, /Begun/));
  },

  "is taken back": async ({ page, visitor }) => {
    await reach(page, "main details.more summary");
    await page.keyboard.press("Enter");
    await follow(page, 'form[action$="/take-back"] button');
    assert.match(await page.innerText("main [role=status]"), word(/tillbakataget/, /taken back/));
    await look(visitor, "assignment-taken-back");
  },

  "is gone from Alva's page": async (_, { alva }) => {
    await follow(alva.page, tab("/today"));
    assert.equal(await alva.page.locator(CARD).count(), 0);
    await look(alva.visitor, "today-taken-back");
  },
});
