// Which page an address is, and which pages were forgotten.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_PAGES, ROUTES, gaps, routeOf } from "./routes.mjs";

test("the server's source says which pages there are", () => {
  assert.ok(ROUTES.length > 30, `hardly any: ${ROUTES}`);
  for (const route of ["/", "/today", "/groups/{group}/students/{student}"]) assert.ok(ROUTES.includes(route), route);
});

test("an address is the page that says most of it in words", () => {
  const id = "0123456789abcdef0123456789abcdef";
  assert.equal(routeOf(`/groups/${id}/students/${id}/password`), "/groups/{group}/students/{student}/password");
  assert.equal(routeOf("/my-data/copy"), "/my-data/copy");
  assert.equal(routeOf(`/nowhere/${id}`), "/nowhere/{}");
});

test("a page that nobody met is told", () => {
  const met = new Set(ROUTES.filter((route) => route !== "/map"));
  assert.deepEqual(gaps(met), { unmet: ["/map"], outdated: [] });
  assert.deepEqual(gaps(new Set(ROUTES.filter((route) => !(route in NO_PAGES)))), { unmet: [], outdated: [] });
});
