// Alva goes on with her equation, takes a hint, changes to another task and loses the net on the way.

import assert from "node:assert/strict";
import { solve } from "../equation.mjs";
import { enter, follow, hasFocus, reach, skip, walkOnTelephone } from "../keyboard.mjs";
import { assertQuiet, look } from "../look.mjs";
import { become } from "./start.mjs";

const FIELD = "#next";
const ON_ITS_WAY = '[data-verdict="sending"], [data-verdict="unsent"]';

/** The tab of the main menu that leads to `path`. */
export const tab = (path) => `header nav a[href="${path}"]`;

/** The calculation with its lines, as the page's own visitor may read it. */
export async function calculation(page, id) {
  const answer = await page.request.get(`/api/v1/calculations/${id}`);
  assert.equal(answer.status(), 200, `calculation ${id}`);
  return answer.json();
}

/** The id in the address of a calculation's page. */
export const idOf = (page) => new URL(page.url()).pathname.match(/calculations\/([0-9a-f]+)$/)[1];

/** Types a line into the field, which has focus, and waits for what the server says of it. */
async function writeLine(page, text) {
  assert.ok(await hasFocus(page, FIELD), "the field for the next line has no focus");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

const judged = (verdict) => `ol.lines > li[data-verdict="${verdict}"]`;

/** The judged line, when it has come: the word and sentence under it, and what is said to a screen reader. */
async function answerOf(page, verdict, text) {
  const line = page.locator(judged(verdict)).last();
  await line.waitFor();
  const say = await line.getAttribute("data-say");
  assert.ok(say.includes(`${text}.`), `the line says «${say}», not «${text}»`);
  await page.waitForFunction((said) => document.querySelector("[role=status]").textContent.includes(said), say);
  assert.equal(await page.locator("ol.lines .line-state").count(), 1, "«Sparad» stands on the newest line only");
  return line.innerText();
}

/** Goes to the choice called `name` and on to its neighbour. */
async function choose(page, name, arrow) {
  await reach(page, `input[name="${name}"]:checked`);
  await page.keyboard.press(arrow);
}

export function tellStudent(story) {
  const alva = { typed: new Map() };
  story.alva = alva;
  let visitor, page, equation;

  /** Remembers a line for the teacher, who is to see it with this verdict. */
  const remember = (text, verdict) => {
    const id = idOf(page);
    alva.typed.set(id, [...(alva.typed.get(id) ?? []), { text, verdict }]);
  };

  const write = async (text, verdict) => {
    await writeLine(page, text);
    remember(text, verdict);
    return answerOf(page, verdict, text);
  };

  story.tell("Alva's equation", {
    "waits half-finished on today's page, with the reason": async () => {
      visitor = alva.visitor = await story.visitor();
      page = visitor.page;
      await follow(page, become("student"));
      assert.equal(await skip(page), "main");
      assert.match(await page.innerText("main h1"), /Alva/);
      const next = page.locator('section[aria-labelledby="next"]');
      assert.equal(await next.locator(".task-math math").count(), 1);
      assert.match(await next.locator(".because").innerText(), /Du är mitt i den här/);
      await look(visitor, "today");
    },

    "opens with the lines of yesterday, and the skip link leads to the line to write": async () => {
      await follow(page, "main a.btn.big");
      const { start, lines } = await calculation(page, idOf(page));
      assert.ok(lines.length > 0, "nothing was written yet");
      assert.equal(await page.locator("ol.lines > li[data-number]").count(), lines.length);
      equation = { id: idOf(page), before: lines.length, ...solve(start) };
      await walkOnTelephone(page);
      assert.equal(await skip(page), "next");
      await look(visitor, "calculation");
    },

    "takes a wrong line: «Nästan.», the line stays in the field, the focus too": async () => {
      const answer = await write(equation.wrong, "wrong");
      assert.match(answer, /Nästan\./);
      assert.equal(await page.inputValue(FIELD), equation.wrong);
      assert.ok(await hasFocus(page, FIELD));
      await look(visitor, "line-wrong");
    },

    "says why, when asked": async () => {
      const why = page.locator(`${judged("wrong")} details`).last();
      await reach(page, `${judged("wrong")} details summary`, { back: true });
      await page.keyboard.press("Enter");
      await why.locator("math").first().waitFor();
      await look(visitor, "line-why");
      await reach(page, FIELD);
    },

    "takes an unreadable line and marks the place": async () => {
      const answer = await write("2(x + = 3", "unreadable");
      assert.match(answer, /Vi kan inte läsa raden än/);
      assert.equal(await page.locator(`${judged("unreadable")} mark`).count(), 1);
      assert.equal(await page.inputValue(FIELD), "2(x + = 3");
      assert.ok(await hasFocus(page, FIELD));
      await look(visitor, "line-unreadable");
    },

    "shows how a line is read while it is typed": async () => {
      await page.keyboard.type(equation.unfinished);
      await page.locator(".preview mfrac").waitFor();
      assert.match(await page.innerText(".preview"), /^Vi läser/);
      await look(visitor, "line-preview");
    },

    "takes an unfinished line: «Rätt så långt.», and the field is free for the next": async () => {
      await page.keyboard.press("Enter");
      remember(equation.unfinished, "unfinished");
      assert.match(await answerOf(page, "unfinished", equation.unfinished), /Rätt så långt\.[^]*Sparad/);
      assert.equal(await page.inputValue(FIELD), "");
      assert.ok(await hasFocus(page, FIELD));
      await look(visitor, "line-unfinished");
    },

    "is finished by the answer, and the focus is on the next task": async () => {
      await writeLine(page, equation.answer);
      remember(equation.answer, "goal");
      await page.locator("#next-step:focus").waitFor();
      await reach(page, "#next-step");
      assert.match(await page.innerText("#next-step"), /Nästa uppgift/);
      assert.match(await page.innerText("main .paper"), /Uppgiften är klar/);
      assert.equal(await page.locator(judged("goal")).count(), 1);
      assert.equal(await page.locator(FIELD).count(), 0);
      const { finished_at } = await calculation(page, equation.id);
      assert.ok(finished_at > 0);
      await look(visitor, "finished");
    },
  });

  story.tell("Alva's next tasks", {
    "begin with the next one": async () => {
      await reach(page, "#next-step");
      await enter(page);
      assert.notEqual(idOf(page), equation.id);
      assert.ok(await hasFocus(page, FIELD), "the first line waits to be written");
      await look(visitor, "next-task");
    },

    "have hints that open one by one": async () => {
      assert.equal(await page.locator("details.hint").count(), 0);
      await follow(page, "form.hint button");
      await page.locator("details.hint[open]").waitFor();
      assert.ok((await page.innerText("details.hint p")).length > 0);
      await look(visitor, "hint");
    },

    "can be changed for another": async () => {
      const left = idOf(page);
      await follow(page, 'form[action$="/another"] button');
      assert.notEqual(idOf(page), left);
      assert.ok(await hasFocus(page, FIELD));
      await look(visitor, "another-task");
    },

    "stand in «Gjort» with their times": async () => {
      await follow(page, tab("/done"));
      const entry = page.locator(`.log > li:has(a[href="/calculations/${equation.id}"])`);
      assert.match(await entry.locator(".num").innerText(), /^\d\d[.:]\d\d$/);
      const lines = equation.before + alva.typed.get(equation.id).length;
      assert.match(await entry.innerText(), new RegExp(`${lines} rader[^]*Klar`));
      await look(visitor, "done");
    },

    "lead from there to their lines": async () => {
      await follow(page, `a[href="/calculations/${equation.id}"]`);
      const lines = page.locator("ol.lines > li[data-number]");
      const written = alva.typed.get(equation.id);
      assert.equal(await lines.count(), equation.before + written.length);
      for (const [index, { text, verdict }] of written.entries()) {
        const line = lines.nth(equation.before + index);
        assert.equal(await line.getAttribute("data-verdict"), verdict);
        assert.ok((await line.getAttribute("data-say")).includes(`${text}.`));
      }
      await look(visitor, "calculation-done");
    },

    "show on the map": async () => {
      await follow(page, tab("/map"));
      assert.ok((await page.locator('.node[data-state="now"], .node[data-state="learning"]').count()) > 0);
      await look(visitor, "map");
    },
  });

  /** How often the calculation that is open has a line with exactly this text. */
  const timesSaved = async (text) => {
    const { lines } = await calculation(page, idOf(page));
    return lines.filter((line) => line.entered === text).length;
  };

  story.tell("A line that cannot be sent", {
    "waits on the paper while the net is gone": async () => {
      await follow(page, tab("/today"));
      await follow(page, "main a.btn.big");
      assert.ok(await hasFocus(page, FIELD));
      const { start } = await calculation(page, idOf(page));
      alva.waiting = start;
      visitor.expected = /ERR_INTERNET_DISCONNECTED/;
      await visitor.context.setOffline(true);
      await writeLine(page, start);
      const unsent = page.locator(judged("unsent"));
      await unsent.waitFor();
      assert.match(await unsent.innerText(), /Inte skickad än/);
      assert.equal(await page.inputValue(FIELD), "");
      assert.ok(await hasFocus(page, FIELD));
      await look(visitor, "line-unsent");
      assert.equal(await timesSaved(start), 0);
    },

    "is sent and saved once when the net is back": async () => {
      await visitor.context.setOffline(false);
      await page.locator(`ol.lines:not(:has(${ON_ITS_WAY})) > li[data-number] .line-state`).waitFor();
      assert.equal(await timesSaved(alva.waiting), 1);
      const { verdict } = (await calculation(page, idOf(page))).lines.at(-1);
      assert.equal(verdict.kind, "unfinished");
      remember(alva.waiting, "unfinished");
      await page.locator("[role=status]:has-text('Allt är sparat')").waitFor();
      await look(visitor, "line-sent");
    },

    "is saved once also when only the answer was lost": async () => {
      const text = "1 + 1 + 1 +";
      let sent = 0;
      visitor.expected = /ERR_FAILED/;
      await page.route("**/lines", async (route) => {
        sent += 1;
        if (sent > 1) return route.continue();
        await route.fetch();
        await route.abort();
      });
      const answer = await write(text, "unreadable");
      assert.match(answer, /Vi kan inte läsa raden än/);
      assert.equal(sent, 2);
      assert.equal(await timesSaved(text), 1);
      await page.unroute("**/lines");
      assertQuiet(visitor);
      visitor.expected = null;
    },
  });

  story.tell("Alva's other pages", {
    "are where she chooses how Stegvis looks": async () => {
      await follow(page, tab("/display"));
      await look(visitor, "display");
      await choose(page, "contrast", "ArrowDown");
      await choose(page, "reading", "ArrowDown");
      await follow(page, "main form button");
      assert.equal(await page.locator('input[name="contrast"]:checked').inputValue(), "more");
      await look(visitor, "display-chosen");
      await choose(page, "contrast", "ArrowUp");
      await choose(page, "reading", "ArrowUp");
      await follow(page, "main form button");
    },

    "are help and accessibility, from every page's foot": async () => {
      await follow(page, 'footer a[href="/help"]');
      await look(visitor, "help");
      await follow(page, 'footer a[href="/accessibility"]');
      await look(visitor, "accessibility");
    },
  });
}
