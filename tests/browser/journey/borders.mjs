// What is somebody else's cannot be told from what is not there; and how one leaves.

import assert from "node:assert/strict";
import { follow } from "../keyboard.mjs";
import { look } from "../look.mjs";

export const BORDERS = {
  "is not there for Alva, like what nobody has": async ({ page, visitor }, { maria, tuva }) => {
    visitor.expected = /status of 404/;
    const others = [maria.group, maria.work, `/calculations/${tuva.calculation}`];
    const nobodys = ["/nowhere", `/calculations/${"0".repeat(32)}`];
    const said = new Set();
    for (const path of [...others, ...nobodys]) {
      const answer = await page.goto(path);
      assert.equal(answer.status(), 404, path);
      said.add(await page.innerText("body"));
    }
    assert.equal(said.size, 1, [...said].join("\n---\n"));
    assert.match([...said][0], /Här tog trappan slut\./);
    await look(visitor, "not-found");
    const answer = await page.request.get(`/api/v1/calculations/${tuva.calculation}`);
    assert.equal(answer.status(), 404);
    visitor.expected = null;
    await follow(page, 'main a[href="/"]');
    assert.equal(new URL(page.url()).pathname, "/today");
  },
};

export const LEAVING = {
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
};
