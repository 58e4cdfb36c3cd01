// Alva loses the net, and then only an answer, and none of her lines.

import assert from "node:assert/strict";
import { follow, hasFocus, reach } from "../keyboard.mjs";
import { assertQuiet, look } from "../look.mjs";
import { FIELD, Student, calculation, idOf, judged, tab } from "../paper.mjs";
import { Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const alva = new Student(story);

const NO_NET = /ERR_INTERNET_DISCONNECTED/;
const ON_ITS_WAY = '[data-verdict="sending"], [data-verdict="unsent"]';

/** How often the calculation that is open has a line with exactly this text. */
async function timesSaved(page, text) {
  const { lines } = await calculation(page, idOf(page));
  return lines.filter((line) => line.entered === text).length;
}

story.tell("A line that cannot be sent", alva, {
  "waits on the paper while the net is gone": async (alva) => {
    const visitor = await alva.arriveAs("student");
    const { page } = visitor;
    await follow(page, "main a.btn.big");
    await reach(page, FIELD);
    const { start } = await calculation(page, idOf(page));
    alva.waiting = start;
    visitor.expected = NO_NET;
    await visitor.context.setOffline(true);
    await alva.send(start, "unfinished");
    const unsent = page.locator(judged("unsent"));
    await unsent.waitFor();
    assert.match(await unsent.innerText(), word(/Inte skickad än/, /Not sent yet/));
    assert.equal(await page.inputValue(FIELD), "");
    assert.ok(await hasFocus(page, FIELD));
    await look(visitor, "line-unsent");
    assert.equal(await timesSaved(page, start), 0);
  },

  "is sent and saved once when the net is back": async (alva) => {
    const { page, visitor } = alva;
    visitor.expected = NO_NET;
    await visitor.context.setOffline(false);
    await page.locator(`ol.lines:not(:has(${ON_ITS_WAY})) > li[data-number] .line-state`).waitFor();
    assert.equal(await timesSaved(page, alva.waiting), 1);
    const { verdict } = (await calculation(page, idOf(page))).lines.at(-1);
    assert.equal(verdict.kind, "unfinished");
    await page.locator("[role=status]:has-text('" + word("Allt är sparat", "Everything is saved") + "')").waitFor();
    await look(visitor, "line-sent");
  },

  "is saved once also when only the answer was lost": async (alva) => {
    const { page, visitor } = alva;
    const text = "1 + 1 + 1 +";
    let sent = 0;
    visitor.expected = /ERR_FAILED/;
    await page.route("**/lines", async (route) => {
      sent += 1;
      if (sent > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    const answer = await alva.write(text, "unreadable");
    assert.match(answer, word(/Vi kan inte läsa raden än/, /We cannot read the line yet/));
    assert.equal(sent, 2);
    assert.equal(await timesSaved(page, text), 1);
    await page.unroute("**/lines");
    assertQuiet(visitor);
  },
});
