// One task of every kind of answer, given by the teacher and solved by a student with the keyboard alone.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { enter, follow, reach } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { calculation, idOf, judged } from "../paper.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const [maria, alva] = [new Person(story), new Person(story)];

/** Everybody's in the demo, which says so when it starts. */
const PASSWORD = "norrlida-demo";

/** An exercise of each kind. */
const EXERCISES = {
  choice: "angles-type-seen",
  order: "decimals-order-mixed",
  match: "circle-parts-words",
  gaps: "decimals-up-to-whole",
  point: "place-decimal-line",
  parts: "angles-triangle-multiples",
  number: "angles-isosceles-roof",
  fraction: "unlike-fractions-juice",
  expression: "circle-area-path",
  explain: "area-rectangle-double-sides",
};

/** The API as one of the demo's people uses it. */
async function signedIn(userName) {
  const at = `${story.baseURL}/api/v1`;
  const headers = { "content-type": "application/json" };
  const ask = async (method, path, body) => {
    const answer = await fetch(at + path, { method, headers, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer.json();
  };
  const { access_token: token } = await ask("POST", "/tokens", { user_name: userName, password: PASSWORD });
  headers.authorization = `Bearer ${token}`;
  return ask;
}

/** Fills in the form as the line `typed` says, with the keyboard, and sends it. */
async function handIn(page, kind, typed) {
  const form = kind === "parts" ? `form.answer:has(input[name=part][value="${typed[0]}"])` : "form.answer";
  const parts = (separator) => typed.split(separator).map((part) => part.trim());
  const into = async (name, text) => {
    await reach(page, `${form} [name="${name}"]`, { back: false });
    await page.keyboard.type(text);
  };
  if (kind === "choice") {
    await reach(page, `${form} input[name="choice"]`);
    await page.keyboard.press("Space");
    // Tab comes to what was chosen before.
    const from = await page.evaluate(() => document.activeElement.value);
    const way = typed < from ? "ArrowUp" : "ArrowDown";
    for (let steps = Math.abs(typed.charCodeAt(0) - from.charCodeAt(0)); steps > 0; steps -= 1) {
      await page.keyboard.press(way);
    }
  } else if (kind === "order") {
    for (const [at, letter] of parts(",").entries()) await into(`place-${at + 1}`, letter);
  } else if (kind === "match") {
    for (const pair of parts(",")) await into(`pair-${pair.slice(0, -1)}`, pair.at(-1));
  } else if (kind === "gaps") {
    for (const [at, value] of parts(";").entries()) await into(`gap-${at + 1}`, value);
  } else if (kind === "point") {
    await into("x", typed);
  } else if (kind === "parts") {
    await into("value", typed.slice(2).trim());
  } else if (kind === "explain") {
    await into("words", typed);
  }
  await reach(page, `${form} button`);
  await enter(page);
}

story.tell("A task of each kind", maria, {
  "is given by the teacher": async (maria) => {
    const ask = await signedIn("maria");
    const groups = await ask("GET", "/groups");
    const group = (groups.items ?? groups).find(({ name }) => name === "8B");
    const given = await ask("POST", `/groups/${group.id}/assignments`, {
      key: randomBytes(16).toString("hex"),
      kind: "homework",
      title: "Alla slag",
      exercises: Object.values(EXERCISES),
      active_from: null,
      due_at: null,
    });
    maria.assignment = given.id;
    maria.group = group.id;
    maria.items = await ask("GET", `/assignments/${given.id}/preview`);
    const { page, visitor } = await maria.arriveAs("teacher").then((visitor) => ({ page: visitor.page, visitor }));
    await page.goto(`${story.baseURL}/assignments/${given.id}/preview?item=1`);
    await look(visitor, "answers-preview");
  },
});

story.tell("Alva's answers", alva, {
  "begin with one that is not it yet, and its sentence": async (alva) => {
    const { page } = await alva.arriveAs("student");
    alva.ask = await signedIn("alva");
    await page.goto(`${story.baseURL}/calculations/${(await alva.ask("POST", `/assigned/${maria.assignment}`)).id}`);
    const right = maria.items[0].worked[0];
    const other = right === "A" ? "B" : "A";
    await handIn(page, "choice", other);
    await page.locator(judged("wrong")).waitFor();
    assert.match(await page.innerText(judged("wrong")), word(/Nästan\./, /Almost\./));
    assert.equal(await page.inputValue("form.answer input[name=choice]:checked"), other, "stays to be changed");
    await look(alva.visitor, "answers-choice-again");
    await handIn(page, "choice", right);
    await page.locator(judged("goal")).waitFor();
    alva.first = idOf(page);
    await look(alva.visitor, "answers-choice-done");
  },

  ...Object.fromEntries(
    ["order", "match", "gaps", "point", "parts"].map((kind) => [
      `of the kind «${kind}» are handed in by a form`,
      async (alva) => {
        const { page, visitor } = alva;
        const { id, exercise } = await alva.ask("POST", `/assigned/${maria.assignment}`);
        assert.equal(exercise, EXERCISES[kind]);
        await page.goto(`${story.baseURL}/calculations/${id}`);
        await look(visitor, `answers-${kind}`);
        const { worked } = maria.items[Object.keys(EXERCISES).indexOf(kind)];
        for (const line of worked) await handIn(page, kind, line);
        await page.locator(judged("goal")).waitFor();
        assert.ok((await calculation(page, id)).finished_at, kind);
      },
    ]),
  ),

  ...Object.fromEntries(
    ["number", "fraction", "expression"].map((kind) => [
      `of the kind «${kind}» are written on the paper`,
      async (alva) => {
        const { page, visitor } = alva;
        const { id } = await alva.ask("POST", `/assigned/${maria.assignment}`);
        await page.goto(`${story.baseURL}/calculations/${id}`);
        await look(visitor, `answers-${kind}`);
        const { worked } = maria.items[Object.keys(EXERCISES).indexOf(kind)];
        await reach(page, "#next");
        for (const line of worked) {
          await page.keyboard.type(line);
          const lines = await page.locator("ol.lines > li[data-number]").count();
          await page.keyboard.press("Enter");
          await page.locator("ol.lines > li[data-number]").nth(lines).waitFor();
        }
        await page.locator(judged("goal")).waitFor();
      },
    ]),
  ),

  "in words are kept for the teacher": async (alva) => {
    const { page, visitor } = alva;
    const { id } = await alva.ask("POST", `/assigned/${maria.assignment}`);
    await page.goto(`${story.baseURL}/calculations/${id}`);
    await look(visitor, "answers-explain");
    await handIn(page, "explain", "Nej, den blir fyra gånger så stor.");
    assert.match(await page.innerText(judged("goal")), word(/Din lärare läser/, /Your teacher will read/));
    alva.explained = id;
  },
});

story.tell("Maria", maria, {
  "reads what was chosen and what was explained": async ({ page, visitor, group }) => {
    await page.goto(`${story.baseURL}/groups/${group}/calculations/${alva.explained}`);
    assert.match(await page.innerText("ol.lines"), /fyra gånger så stor/);
    await look(visitor, "answers-teacher");
    await page.goto(`${story.baseURL}/groups/${group}/calculations/${alva.first}`);
    assert.match(await page.innerText("ol.lines"), word(/spetsig|rät|trubbig/, /acute|right|obtuse/));
    await follow(page, "nav.crumbs a");
  },
});
