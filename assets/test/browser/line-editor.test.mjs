import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startChromium } from "./chromium.mjs";
import { startServer } from "./server.mjs";

let chromium;
let server;
let page;

before(async () => {
  chromium = await startChromium();
});
after(() => chromium.close());
beforeEach(async () => {
  server = await startServer();
  page = await chromium.openPage();
  await page.open(server.address);
  await page.see("document.querySelector('#next').focus()");
});
afterEach(() => {
  server.close();
  assert.deepEqual(page.complaints(), []);
});

const FIELD = "document.querySelector('#next')";
const SHOWN = "[...document.querySelectorAll('.lines > li:not(.writing)')].map((li) => li.dataset.verdict).join()";
const STATUS = "document.querySelector('[role=status]').textContent";

async function writeLine(text) {
  await page.write(text);
  await page.press("Enter");
}

test("the line is read while it is written", async () => {
  await page.write("2x = 14");
  await page.until("document.querySelector('#next-preview math')");
  assert.equal(await page.see("document.querySelector('#next-preview').textContent"), "Vi läser: 2x = 14");
});

test("a right line is judged in place, said once, and the field is free for the next", async () => {
  await writeLine("2x = 14");
  await page.until(`${SHOWN} === "right"`);
  assert.equal(await page.see(`${FIELD}.value`), "");
  assert.equal(await page.see("document.activeElement.id"), "next");
  await page.until(`${STATUS} === "Rad 1: 2x = 14. Rätt. Sparad."`);
  assert.equal(await page.see("document.querySelector('label[for=next]').textContent"), "Rad 2, skriv nästa steg");
  assert.equal(await page.see(`${FIELD}.placeholder`), "Skriv nästa steg");
  await writeLine("x = 14/2");
  await page.until(`${SHOWN} === "right,unfinished"`);
  assert.equal(await page.see("[...document.querySelectorAll('.line-state')].map((e) => e.textContent).join()"), "Sparad");
  assert.equal(await page.see("document.querySelector('.line:nth-child(2) > .line-state') !== null"), true);
});

test("a wrong line stays in the field, selected", async () => {
  await writeLine("2x = 24");
  await page.until(`${SHOWN} === "wrong"`);
  assert.equal(await page.see(`${FIELD}.value`), "2x = 24");
  assert.equal(await page.see(`${FIELD}.selectionEnd - ${FIELD}.selectionStart`), 7);
});

test("a line that cannot be read is numbered and stays, and the field keeps it to be mended", async () => {
  await writeLine("2x = (");
  await page.until(`${SHOWN} === "unreadable"`);
  assert.equal(await page.see(`${FIELD}.value`), "2x = (");
  assert.equal(await page.see(`${FIELD}.selectionEnd - ${FIELD}.selectionStart`), 6);
  await page.until(`${STATUS} === "Rad 1: 2x = (. Vi kan inte läsa raden än."`);
  assert.equal(await page.see("document.querySelector('label[for=next]').textContent"), "Rad 2, skriv nästa steg");
  await writeLine("2x = 14");
  await page.until(`${SHOWN} === "unreadable,right"`);
});

test("the finished calculation takes the desk's place, with focus on the way on", async () => {
  await writeLine("x = 7");
  await page.until("document.activeElement.id === 'next-step'");
  await page.until(`${STATUS} === "Rad 1: x = 7. Rätt, och klart."`);
});

test("pressing Enter twice sends one line", async () => {
  server.mood = "slow";
  await writeLine("2x = 14");
  await page.press("Enter");
  await page.until(`${SHOWN} === "sending"`);
  await page.until(`${SHOWN} === "right"`);
  assert.equal(server.posts.length, 1);
});

test("a line typed ahead is not glued to the one under way, before or after its draft is shown", async () => {
  server.mood = "slow";
  await writeLine("2x = 14");
  await page.write("x = ");
  await page.until(`${SHOWN} === "sending"`);
  assert.equal(await page.see(`${FIELD}.value`), "x = ");
  await page.until(`${SHOWN} === "right"`);
  assert.equal(await page.see(`${FIELD}.value`), "x = ");
  await writeLine("14/2");
  await page.until(`${SHOWN} === "right,sending"`);
  assert.equal(await page.see(`${FIELD}.value`), "");
  await page.write("x = 7");
  await page.until(`${SHOWN} === "right,unfinished"`);
  assert.equal(await page.see(`${FIELD}.value`), "x = 7");
  assert.deepEqual(server.lines.map((line) => line.text), ["2x = 14", "x = 14/2"]);
});

test("a line to be mended comes back to the field, selected, when nothing else is written there", async () => {
  server.mood = "slow";
  for (const [text, verdicts] of [["2x = 24", "wrong"], ["2x = (", "wrong,unreadable"]]) {
    await writeLine(text);
    await page.until(`${SHOWN}.endsWith("sending")`);
    assert.equal(await page.see(`${FIELD}.value`), "");
    await page.until(`${SHOWN} === "${verdicts}"`);
    assert.equal(await page.see(`${FIELD}.value`), text);
    assert.equal(await page.see(`${FIELD}.selectionEnd - ${FIELD}.selectionStart`), text.length);
  }
});

test("a line to be mended leaves alone what has been written after it", async () => {
  server.mood = "slow";
  await writeLine("2x = 24");
  await page.until(`${SHOWN} === "sending"`);
  await page.write("2x = 1");
  await page.until(`${SHOWN} === "wrong"`);
  assert.equal(await page.see(`${FIELD}.value`), "2x = 1");
});

test("without net lines wait in order, and are sent when it is back", async () => {
  assert.equal(await page.see(`${FIELD}.placeholder`), "Skriv ditt första steg");
  await page.offline(true);
  await writeLine("2x = 14");
  await page.until(`${SHOWN} === "unsent"`);
  assert.equal(await page.see(`${FIELD}.placeholder`), "Skriv nästa steg");
  await page.until(`/^Utan nät sedan \\d\\d:\\d\\d\\. Räkna på, raden väntar och skickas sedan\\.$/.test(${STATUS})`);
  await writeLine("x = 14/2");
  await page.until(`${SHOWN} === "unsent,unsent"`);
  assert.equal(await page.see(`${FIELD}.value`), "");
  await page.offline(false);
  await page.until(`${SHOWN} === "right,unfinished"`);
  await page.until(`${STATUS}.endsWith("Allt är sparat.")`);
  assert.deepEqual(server.lines.map((line) => line.text), ["2x = 14", "x = 14/2"]);
});

test("a line that waited when the page was closed is sent when it is opened again", async () => {
  server.mood = "full";
  await writeLine("2x = 14");
  await page.until(`${SHOWN} === "unsent"`);
  server.mood = "well";
  await page.command("Page.reload");
  await page.until(`${SHOWN} === "right"`);
  assert.equal(new Set(server.posts.map((post) => post.key)).size, 1);
  assert.equal(await page.see("Object.keys(localStorage).length"), 0);
});

test("a full server is told as that, and not as a lost net", async () => {
  server.mood = "full";
  await writeLine("2x = 14");
  await page.until(`${STATUS} === "Många räknar just nu. Inget är borta."`);
  assert.equal(await page.see("document.querySelector('.line .quiet-text').textContent"), "Många räknar just nu. Inget är borta.");
  server.mood = "is taken";
  await page.until(`${STATUS} === "Här tog trappan slut. Dina rader är kvar."`);
  assert.equal(await page.see("document.querySelector('.line .quiet-text').textContent"), "Här tog trappan slut. Dina rader är kvar.");
  assert.equal(await page.see("Object.keys(localStorage).length"), 1);
  server.mood = "well";
  await page.until(`${SHOWN} === "right"`);
});

test("a line that was stored but never answered is not stored twice", async () => {
  server.mood = "forgets to answer";
  await writeLine("2x = 14");
  await page.until(`${SHOWN} === "unsent"`);
  server.mood = "well";
  await page.until(`${SHOWN} === "right"`);
  assert.equal(server.lines.length, 1);
  assert.ok(server.posts.length >= 2);
});

test("a line that is not taken says why and stays in the field", async () => {
  server.mood = "refuses";
  await writeLine("2x = 14");
  await page.until(`${STATUS} === "Uppgiften är avslutad. Öppna nästa uppgift."`);
  assert.equal(await page.see(`${FIELD}.value`), "2x = 14");
  assert.equal(await page.see("document.querySelector('.writing .line-say').textContent"), "Uppgiften är avslutad. Öppna nästa uppgift.");
  assert.equal(await page.see("Object.keys(localStorage).length"), 0);
});

const ANOTHER = 'form[action$="/another"] button';

test("another task waits until the lines written before it have been sent", async () => {
  server.mood = "full";
  await writeLine("2x = 14");
  await writeLine("x = 14/2");
  await page.until(`${SHOWN} === "unsent,unsent"`);
  await page.click(ANOTHER);
  await page.until(`${STATUS} === "Vi skickar dina rader först."`);
  assert.equal(await page.see("document.querySelector('.writing .line-say').textContent"), "Vi skickar dina rader först.");
  assert.equal(server.closed, false);
  server.mood = "well";
  await page.until("document.querySelector('.writing') === null");
  assert.deepEqual(server.lines.map((line) => line.text), ["2x = 14", "x = 14/2"]);
  assert.equal(await page.see("Object.keys(localStorage).length"), 0);
});

test("another task comes at once when no line waits", async () => {
  await writeLine("2x = 14");
  await page.until(`${SHOWN} === "right"`);
  await page.click(ANOTHER);
  await page.until("document.querySelector('.writing') === null");
});

test("a closed calculation shows the lines that never got through, each time it is opened", async () => {
  server.closed = true;
  const line = { calculation: "/calculations/a1", key: "k1", text: "2x = 14", at: Date.now() };
  await page.see(`localStorage.setItem("stegvis.line.k1", ${JSON.stringify(JSON.stringify(line))})`);
  for (let openings = 0; openings < 2; openings += 1) {
    await page.open("about:blank");
    await page.open(server.address);
    await page.until(`${SHOWN} === "refused"`);
    assert.equal(await page.see("document.querySelector('.lines .typed').textContent"), "2x = 14");
    assert.equal(await page.see("document.querySelector('.lines .line-say').textContent"), "Raden hann inte skickas.");
  }
  assert.deepEqual(server.posts, []);
});

test("a line written after the last one is not lost when the finished calculation takes the desk's place", async () => {
  server.mood = "slow";
  await writeLine("x = 7");
  await page.until(`${SHOWN} === "sending"`);
  await writeLine("7 = x");
  await page.until("document.activeElement.id === 'next-step'");
  await page.until(`${SHOWN} === "goal,refused"`);
  assert.equal(await page.see("document.querySelector('[data-verdict=refused] .typed').textContent"), "7 = x");
});
