// Alva reports that something went wrong, support reads it and closes it, and Karin sees how her child is getting on.

import assert from "node:assert/strict";
import { follow } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { become } from "./start.mjs";

export const SENT = {
  "shows what would be sent before it is": async ({ page, visitor }) => {
    await follow(page, 'footer a[href="/report"]');
    assert.match(await page.innerText("main dl"), /Alva Bergström/);
    assert.equal(await page.locator("main .task-math").count(), 1, "no task would be sent");
    await look(visitor, "report");
  },

  "is sent, and says so": async ({ page, visitor }) => {
    await follow(page, 'main form[action="/report"] button');
    assert.match(await page.innerText("main"), /Supporten kan läsa den nu/);
    await look(visitor, "report-sent");
  },

  "can be read about: what one's role sees": async ({ page, visitor }) => {
    await follow(page, 'footer a[href="/sight"]');
    assert.match(await page.innerText("main h2"), /Elev/);
    await look(visitor, "sight");
  },
};

export const READ = {
  "is in the list": async (sofia) => {
    const visitor = await sofia.arrive();
    await follow(visitor.page, become("support"));
    await look(visitor, "support");
    await follow(visitor.page, 'main .card a:has-text("Alva Bergström")');
    assert.equal(await visitor.page.locator("main .task-math").count(), 1, "no task came along");
    await look(visitor, "support-report");
  },

  "is closed, and gone": async ({ page, visitor }) => {
    const report = page.url();
    await follow(page, "main form button");
    assert.match(await page.innerText("main"), /Ingen har skickat/);
    visitor.expected = /status of 404/;
    assert.equal((await page.goto(report)).status(), 404);
    visitor.expected = null;
  },
};

export const CHILD = {
  "shows what the child practised, and no line": async (karin) => {
    const visitor = await karin.arrive();
    const { page } = visitor;
    await follow(page, become("guardian"));
    await follow(page, 'main .card a:has-text("Alva Bergström")');
    assert.ok((await page.locator("main .log li").count()) > 0);
    assert.equal(await page.locator("main .line").count(), 0);
    await look(visitor, "child");
  },
};
