// Alva reads who has looked at her data, and Karin who has looked at her child's.

import assert from "node:assert/strict";
import { follow } from "../keyboard.mjs";
import { look } from "../look.mjs";

export const SEEN = {
  "tells who looked, as what, at what": async ({ page, visitor }) => {
    await follow(page, 'footer a[href="/sight"]');
    await follow(page, 'main a[href="/seen"]');
    const told = await page.innerText("main");
    assert.match(told, /Vem har tittat på mina uppgifter\?/);
    assert.match(told, /Maria[^\n]*Lärare/);
    assert.match(told, /Såg rader, svar och karta/);
    assert.match(told, /Support\n+Läste felrapporten/);
    assert.match(told, /Karin/);
    await look(visitor, "seen");
  },
};

export const SEEN_OF_CHILD = {
  "tells a guardian who looked, and not whom else it concerns": async ({ page, visitor }) => {
    await follow(page, 'main a[href$="/seen"]');
    assert.match(await page.innerText("main"), /Vem har tittat på uppgifter om Alva/);
    await look(visitor, "seen-of-child");
  },
};
