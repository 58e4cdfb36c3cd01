// The checks themselves: each must find what it is there to find, also under the strict policy that the server sends.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { launch, newVisitor } from "./chromium.mjs";
import { inspect } from "./look.mjs";
import { stateOf } from "./measure.mjs";
import { picture } from "./picture.mjs";

const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'";

const page = (main, lang = "sv") =>
  `<!doctype html><html lang="${lang}"><title>Prov</title><link rel="stylesheet" href="/style.css">` +
  `<main><h1>Prov</h1>${main}</main></html>`;

const PAGES = {
  "/good": page("<p>Hej</p>"),
  "/nameless": page("<input>"),
  "/pale": page('<p class="pale">Hej</p>'),
  "/wide": page('<p class="wide">Hej</p>'),
  "/inline": page('<p style="color: red">Hej</p>'),
  "/elsewhere": page('<img alt="" src="http://localhost:9/x.png">'),
  "/gone": page('<img alt="" src="/broken.png">'),
  "/small": page('<p><button class="small">Spara</button></p><p>Läs <a href="/good">mer</a> om det.</p>'),
  "/cut": page('<p class="cut">Det här är en lång text som inte får plats</p>'),
  "/over": page('<p>Hej du</p><p class="over">Hej igen</p>'),
  "/headless": page("<h1>En gång till</h1>"),
  "/english": page("<p>Saved</p>"),
  "/other": page("<p>Hej</p>", "en"),
  "/no-way-out": page("<p>Hej</p>").replace("<main>", '<header><div class="who"><span class="who-name">Alva</span></div></header><main>'),
};
const STYLE =
  "@media (prefers-color-scheme: dark) { .pale { color: #ccc; background: #fff } } .wide { width: 900px }" +
  ".small { height: 20px; padding: 0 } .cut { width: 80px; white-space: nowrap; overflow: hidden } .over { margin-top: -34px }";

let server, browser, visitor;

before(async () => {
  server = createServer(({ url }, answer) => {
    if (url === "/broken.png") return answer.destroy();
    const css = url === "/style.css";
    answer.setHeader("content-security-policy", POLICY);
    answer.setHeader("content-type", css ? "text/css" : "text/html; charset=utf-8");
    answer.end(css ? STYLE : (PAGES[url] ?? "<title>-</title>"));
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
  assert.deepEqual(await inspect(visitor), []);
  await picture(visitor.page, "check-good");
  assert.deepEqual(visitor.takeComplaints(), []);
});

for (const [what, path, fault] of [
  ["a field without a name", "/nameless", /label \(critical/],
  ["a text too pale in dark colours only", "/pale", /color-contrast \(serious, dark colours\)/],
  ["a page wider than a telephone", "/wide", /at 360 px is 9\d\d px wide/],
  ["a button too small for a finger", "/small", /at 360 px: too small for a finger: \d+ × 20: <button/],
  ["a text that is cut off", "/cut", /cut off: <p class="cut">/],
  ["a text over another", "/over", /over each other: «Hej du» and «Hej igen»/],
  ["a second main heading", "/headless", /has 2 main headings/],
  ["a sentence in another language", "/english", /not in «sv»: Saved/],
  ["a page that says it is in another language", "/other", /says that it is in «en»/],
  ["a page without a way out", "/no-way-out", /the ways out are «», not «Logga ut»/],
]) {
  test(`${what} is found`, async () => {
    await visitor.page.goto(path);
    const faults = await inspect(visitor);
    assert.ok(faults.length > 0 && faults.some((one) => fault.test(one)), faults.join("\n"));
  });
}

test("a link within a sentence may be small", async () => {
  await visitor.page.goto("/small");
  assert.ok((await inspect(visitor)).every((one) => !one.includes("<a ")));
});

test("a page that is wide when its picture is taken is found", async () => {
  await visitor.page.goto("/wide");
  await assert.rejects(picture(visitor.page, "check-wide"), /9\d\d px wide on a screen of 360 px/);
});

for (const [what, path, complaint] of [
  ["a style in the page, which the policy stops,", "/inline", /Content Security Policy/],
  ["a request to another server", "/elsewhere", /request to another server: http:\/\/localhost:9\/x\.png/],
  ["a request that nobody answers", "/gone", /request failed: GET .*\/broken\.png/],
]) {
  test(`${what} is found`, async () => {
    visitor.takeComplaints();
    await visitor.page.goto(path);
    assert.match(visitor.takeComplaints().join("\n"), complaint);
  });
}

test("what is expected is no complaint, and only as long as it is expected", async () => {
  visitor.expected = /broken\.png|ERR_EMPTY_RESPONSE/;
  await visitor.page.goto("/gone");
  visitor.expected = null;
  assert.deepEqual(visitor.takeComplaints(), []);
  await visitor.page.goto("/gone");
  assert.notDeepEqual(visitor.takeComplaints(), []);
});

test("pages of the same parts are one state, whatever they say", async () => {
  const states = [];
  for (const path of ["/good", "/cut", "/good"]) {
    await visitor.page.goto(path);
    states.push(await visitor.page.evaluate(stateOf));
  }
  assert.equal(states[0], states[2]);
  assert.notEqual(states[0], states[1]);
});
