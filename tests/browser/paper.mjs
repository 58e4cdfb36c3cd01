// A student at the paper: what is on it, and how a line gets there.

import assert from "node:assert/strict";
import { hasFocus } from "./keyboard.mjs";
import { Person } from "./story.mjs";

/** The field for the next line. */
export const FIELD = "#next";

/** The lines on the paper with this verdict. */
export const judged = (verdict) => `ol.lines > li[data-verdict="${verdict}"]`;

/** The tab of the main menu that leads to `path`. */
export const tab = (path) => `header nav a[href="${path}"]`;

/** How many pages a PDF of Chromium's has. */
export const pages = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;

/** The calculation with its lines, as the page's own visitor may read it. */
export async function calculation(page, id) {
  const answer = await page.request.get(`/api/v1/calculations/${id}`);
  assert.equal(answer.status(), 200, `calculation ${id}`);
  return answer.json();
}

/** The id in the address of a calculation's page. */
export const idOf = (page) => new URL(page.url()).pathname.match(/calculations\/([0-9a-f]+)$/)[1];

/** The line that was judged last: it says what was typed, and so does the page to a screen reader. Gives its text. */
export async function answerOf(page, verdict, text) {
  const line = page.locator(judged(verdict)).last();
  await line.waitFor();
  const say = await line.getAttribute("data-say");
  assert.ok(say.includes(` ${text}.`), `the line says «${say}», not «${text}»`);
  await page.waitForFunction((said) => document.querySelector("[role=status]").textContent.includes(said), say);
  assert.equal(await page.locator("ol.lines .line-state").count(), 1, "«Sparad» stands on the newest line only");
  return line.innerText();
}

/** A list of lines shows those that were typed, last and in their order, each with its verdict. */
export async function assertLines(paper, typed) {
  const lines = paper.locator("li.line[data-number]");
  const before = (await lines.count()) - typed.length;
  assert.ok(before >= 0, `${await lines.count()} lines, and ${typed.length} were typed`);
  for (const [index, { text, verdict }] of typed.entries()) {
    const line = lines.nth(before + index);
    const say = await line.getAttribute("data-say");
    assert.ok(say.includes(` ${text}.`), `«${say}» should be «${text}»`);
    assert.equal(await line.getAttribute("data-verdict"), verdict, text);
    assert.ok(await line.isVisible(), `${text} is not in sight`);
  }
}

/** A student, who remembers every line for the teacher to see. */
export class Student extends Person {
  /** The lines by the id of their calculation. */
  typed = new Map();

  /** Types a line into the field, which has to have focus, and sends it. It is to be judged as `verdict`. */
  async send(text, verdict) {
    assert.ok(await hasFocus(this.page, FIELD), "the field for the next line has no focus");
    await this.page.keyboard.type(text);
    await this.enter(text, verdict);
  }

  /** Sends what stands in the field, which is `text`. */
  async enter(text, verdict) {
    await this.page.keyboard.press("Enter");
    const id = idOf(this.page);
    this.typed.set(id, [...(this.typed.get(id) ?? []), { text, verdict }]);
  }

  /** Sends a line and waits for what is said of it. */
  async write(text, verdict) {
    await this.send(text, verdict);
    return answerOf(this.page, verdict, text);
  }
}
