// What is somebody else's cannot be told from what is not there; and how one leaves.

import assert from "node:assert/strict";
import { follow } from "../keyboard.mjs";
import { look } from "../look.mjs";

export function tellBorders(story) {
  story.tell("Somebody else's", {
    "is not there for Alva, like what nobody has": async () => {
      const { visitor } = story.alva;
      const { page } = visitor;
      visitor.expected = /status of 404/;
      const others = [story.maria.group, story.maria.work, `/calculations/${story.tuva.calculation}`];
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
      const answer = await page.request.get(`/api/v1/calculations/${story.tuva.calculation}`);
      assert.equal(answer.status(), 404);
      visitor.expected = null;
      await follow(page, 'main a[href="/"]');
      assert.equal(new URL(page.url()).pathname, "/today");
    },
  });

  story.tell("Leaving", {
    "«Byt elev» leads to where the next student begins": async () => {
      const { visitor } = story.alva;
      await follow(visitor.page, 'header form[action="/change-student"] button', { back: true });
      assert.equal(await visitor.page.locator(".who-name").count(), 0);
      await look(visitor, "changed-student");
    },

    "«Logga ut» ends it, and no page opens any more": async () => {
      const { visitor } = story.maria;
      await follow(visitor.page, 'header form[action="/sign-out"] button', { back: true });
      assert.equal(await visitor.page.locator(".who-name").count(), 0);
      await visitor.page.goto(story.maria.group);
      assert.equal(await visitor.page.locator(".tile").count(), 0);
    },
  });
}
