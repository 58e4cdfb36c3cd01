// The checks themselves: each must find what it is there to find, also under the strict policy that the server sends.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { launch, newVisitor } from "./chromium.mjs";
import { clean } from "./clean.mjs";
import { picture } from "./picture.mjs";

const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'";

const page = (main) =>
  `<!doctype html><html lang="sv"><title>Prov</title><link rel="stylesheet" href="/style.css">` +
  `<main><h1>Prov</h1>${main}</main></html>`;

const PAGES = {
  "/good": page("<p>Hej</p>"),
  "/nameless": page("<input>"),
  "/pale": page('<p class="pale">Hej</p>'),
  "/wide": page('<p class="wide">Hej</p>'),
  "/inline": page('<p style="color: red">Hej</p>'),
  "/elsewhere": page('<img alt="" src="http://localhost:9/x.png">'),
};
const STYLE =
  "@media (prefers-color-scheme: dark) { .pale { color: #ccc; background: #fff } } .wide { width: 900px }";

let server, browser, visitor;

before(async () => {
  server = createServer(({ url }, answer) => {
    const css = url === "/style.css";
    answer.setHeader("content-security-policy", POLICY);
    answer.setHeader("content-type", css ? "text/css" : "text/html; charset=utf-8");
    answer.end(css ? STYLE : PAGES[url]);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  browser = await launch();
  visitor = await newVisitor(browser, `http://127.0.0.1:${server.address().port}`);
});

after(async () => {
  await browser?.close();
  server?.close();
});

test("a page without faults passes every check", async () => {
  await visitor.page.goto("/good");
  await clean(visitor.page);
  await picture(visitor.page, "check-good");
  assert.deepEqual(visitor.complaints, []);
});

test("a field without a name is found", async () => {
  await visitor.page.goto("/nameless");
  await assert.rejects(clean(visitor.page), /label \(critical/);
});

test("a text too pale in dark colours only is found", async () => {
  await visitor.page.goto("/pale");
  await assert.rejects(clean(visitor.page), /color-contrast \(serious, dark colours\)/);
});

test("a page wider than a telephone is found", async () => {
  await visitor.page.goto("/wide");
  await assert.rejects(picture(visitor.page, "check-wide"), /9\d\d px wide on a screen of 360 px/);
});

test("a style in the page, which the policy stops, is found", async () => {
  await visitor.page.goto("/inline");
  assert.match(visitor.complaints.splice(0).join("\n"), /Content Security Policy/);
});

test("a request to another server is found", async () => {
  await visitor.page.goto("/elsewhere");
  assert.match(visitor.complaints.splice(0).join("\n"), /request to another server: http:\/\/localhost:9\/x\.png/);
});
