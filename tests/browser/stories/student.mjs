// Alva goes on with her equation, takes a hint and changes to another task.

import assert from "node:assert/strict";
import { solve } from "../equation.mjs";
import { enter, follow, hasFocus, reach, skip, walkOnTelephone } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { FIELD, Student, answerOf, assertLines, calculation, idOf, judged, tab } from "../paper.mjs";
import { Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const alva = new Student(story);

story.tell("Alva's equation", alva, {
  "waits half-finished on today's page, with the reason": async (alva) => {
    const { page } = await alva.arriveAs("student");
    assert.equal(await skip(page), "main");
    assert.match(await page.innerText("main h1"), /Alva/);
    const next = page.locator('section[aria-labelledby="next"]');
    assert.equal(await next.locator(".task-math math").count(), 1);
    assert.match(await next.locator(".because").innerText(), word(/Du är mitt i den här/, /You are in the middle of this one/));
    await look(alva.visitor, "today");
  },

  "opens with the lines of yesterday, and the skip link leads to the line to write": async (alva) => {
    const { page, visitor } = alva;
    await follow(page, "main a.btn.big");
    const { start, lines } = await calculation(page, idOf(page));
    assert.ok(lines.length > 0, "nothing was written yet");
    assert.equal(await page.locator("ol.lines > li[data-number]").count(), lines.length);
    alva.equation = { id: idOf(page), before: lines.length, ...solve(start) };
    await walkOnTelephone(page);
    assert.equal(await skip(page), "next");
    await look(visitor, "calculation");
  },

  "takes a wrong line: «Nästan.», the line stays in the field, the focus too": async (alva) => {
    const { page, visitor, equation } = alva;
    const answer = await alva.write(equation.wrong, "wrong");
    assert.match(answer, word(/Nästan\./, /Almost\./));
    assert.equal(await page.inputValue(FIELD), equation.wrong);
    assert.ok(await hasFocus(page, FIELD));
    await look(visitor, "line-wrong");
  },

  "says why, when asked": async ({ page, visitor }) => {
    const why = page.locator(`${judged("wrong")} details`).last();
    await reach(page, `${judged("wrong")} details summary`, { back: true });
    await page.keyboard.press("Enter");
    await why.locator("math").first().waitFor();
    await look(visitor, "line-why");
    await reach(page, FIELD);
  },

  "can be said to be right: the line goes to the teacher, and what is being written stays": async ({ page, visitor, equation }) => {
    const doubt = `${judged("wrong")} form[action$="/appeal"] button`;
    assert.match(await page.locator(doubt).last().innerText(), word(/Min rad är rätt/, /My line is right/));
    await reach(page, doubt, { back: true });
    await page.keyboard.press("Enter");
    const told = page.locator(`${judged("wrong")} in-place > p`);
    await told.waitFor();
    assert.match(await told.innerText(), word(/Skickad till din lärare/, /Sent to your teacher/));
    assert.ok(await hasFocus(page, `${judged("wrong")} in-place > p`), "the focus is at what became of it");
    assert.equal(await page.inputValue(FIELD), equation.wrong);
    await look(visitor, "line-appeal");
    await reach(page, FIELD);
  },

  "takes an unreadable line and marks the place": async (alva) => {
    const { page, visitor } = alva;
    const answer = await alva.write("2(x + = 3", "unreadable");
    assert.match(answer, word(/Vi kan inte läsa raden än/, /We cannot read the line yet/));
    assert.equal(await page.locator(`${judged("unreadable")} mark`).count(), 1);
    assert.equal(await page.inputValue(FIELD), "2(x + = 3");
    assert.ok(await hasFocus(page, FIELD));
    await look(visitor, "line-unreadable");
  },

  "shows how a line is read while it is typed": async ({ page, visitor, equation }) => {
    await page.keyboard.type(equation.unfinished);
    await page.locator(".preview mfrac").waitFor();
    assert.match(await page.innerText(".preview"), word(/^Vi läser/, /^We read/));
    await look(visitor, "line-preview");
  },

  "takes an unfinished line: «Rätt så långt.», and the field is free for the next": async (alva) => {
    const { page, visitor, equation } = alva;
    await alva.enter(equation.unfinished, "unfinished");
    assert.match(await answerOf(page, "unfinished", equation.unfinished), word(/Rätt så långt\.[^]*Sparad/, /Right so far\.[^]*Saved/));
    assert.equal(await page.inputValue(FIELD), "");
    assert.ok(await hasFocus(page, FIELD));
    await look(visitor, "line-unfinished");
  },

  "is finished by the answer, and the focus is on the next task": async (alva) => {
    const { page, visitor, equation } = alva;
    await alva.send(equation.answer, "goal");
    await page.locator("#next-step:focus").waitFor();
    await reach(page, "#next-step");
    assert.match(await page.innerText("#next-step"), word(/Nästa uppgift/, /Next task/));
    assert.match(await page.innerText("main .paper"), word(/Uppgiften är klar/, /The task is done/));
    assert.equal(await page.locator(judged("goal")).count(), 1);
    assert.equal(await page.locator(FIELD).count(), 0);
    const { finished_at } = await calculation(page, equation.id);
    assert.ok(finished_at > 0);
    await look(visitor, "finished");
  },
});

story.tell("Alva's next tasks", alva, {
  "begin with the next one": async ({ page, visitor, equation }) => {
    await reach(page, "#next-step");
    await enter(page);
    assert.notEqual(idOf(page), equation.id);
    assert.ok(await hasFocus(page, FIELD), "the first line waits to be written");
    await look(visitor, "next-task");
  },

  "have hints that open in place and leave what is being written": async ({ page, visitor }) => {
    assert.deepEqual([await page.locator("details.hint").count(), await page.locator("form.hint").count()], [0, 3]);
    await page.fill(FIELD, "2x =");
    await reach(page, "form.hint button");
    await page.keyboard.press("Enter");
    await page.locator("details.hint[open]").waitFor();
    assert.ok((await page.innerText("details.hint p")).length > 0);
    assert.ok(await hasFocus(page, "details.hint summary"), "the focus is at what was opened");
    assert.equal(await page.inputValue(FIELD), "2x =");
    await reach(page, "form.hint:last-of-type button");
    await page.keyboard.press("Enter");
    await page.locator("details.hint math").first().waitFor();
    assert.equal(await page.locator("details.hint[open]").count(), 3);
    await look(visitor, "hint");
    await page.fill(FIELD, "");
  },

  "can be changed for another": async ({ page, visitor }) => {
    const left = idOf(page);
    await follow(page, 'form[action$="/another"] button');
    assert.notEqual(idOf(page), left);
    assert.ok(await hasFocus(page, FIELD));
    await look(visitor, "another-task");
  },

  "stand in «Gjort» with their times": async (alva) => {
    const { page, visitor, equation } = alva;
    await follow(page, tab("/done"));
    const entry = page.locator(`.log > li:has(a[href="/calculations/${equation.id}"])`);
    assert.match(await entry.locator("> .num").innerText(), /^\d\d[.:]\d\d$/);
    const lines = equation.before + alva.typed.get(equation.id).length;
    assert.match(await entry.innerText(), new RegExp(word(`${lines} rader[^]*Klar`, `${lines} lines[^]*Done`)));
    await look(visitor, "done");
  },

  "lead from there to their lines": async (alva) => {
    const { page, visitor, equation } = alva;
    await follow(page, `a[href="/calculations/${equation.id}"]`);
    const written = alva.typed.get(equation.id);
    assert.equal(await page.locator("ol.lines > li[data-number]").count(), equation.before + written.length);
    await assertLines(page.locator("main"), written);
    await look(visitor, "calculation-done");
  },

  "show on the map": async ({ page, visitor }) => {
    await follow(page, tab("/map"));
    assert.ok((await page.locator('.node[data-state="now"], .node[data-state="learning"]').count()) > 0);
    await look(visitor, "map");
  },
});
