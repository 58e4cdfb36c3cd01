// Alva chooses how pages look, and reads what is at every page's foot.

import assert from "node:assert/strict";
import { follow, reach } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { tab } from "../paper.mjs";
import { Person, Story } from "../story.mjs";

const story = new Story(import.meta.url);
const alva = new Person(story);

/** Goes to the choice called `name` and on to its neighbour. */
async function choose(page, name, arrow) {
  await reach(page, `input[name="${name}"]:checked`);
  await page.keyboard.press(arrow);
}

story.tell("Alva's other pages", alva, {
  "are where she chooses how Stegvis looks": async (alva) => {
    const visitor = await alva.arriveAs("student");
    const { page } = visitor;
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

  "are help and accessibility, from every page's foot": async ({ page, visitor }) => {
    await follow(page, 'footer a[href="/help"]');
    await look(visitor, "help");
    await follow(page, 'footer a[href="/accessibility"]');
    await look(visitor, "accessibility");
  },
});
