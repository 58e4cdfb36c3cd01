// The course that Alva picks, and ways that she went, typed and from her watch, which her teacher approves, and what the schools' standing makes of it.

import assert from "node:assert/strict";
import { enter, follow, reach } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { tab } from "../paper.mjs";
import { Person, Story } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const alva = new Person(story);
const maria = new Person(story);
story.people = { alva, maria };

const KILOMETRES = word("3,2", "3.2");
const TENTHS = 32;
const WAITING = `.log li:has-text("${KILOMETRES}\u00A0km"):has-text("${word("Väntar på läraren", "Waiting for the teacher")}")`;
const OF_ALVAS = `[aria-label^="${word("Godkänn", "Approve")}: Alva B"][aria-label*="${KILOMETRES}\u00A0km"]`;

const OF_ALVAS_GROUP = 'form.sheet:has-text("Alva B")';
const REPORT = 'form[action="/maraton/distances"] button';
const PICK = 'form[action="/maraton/course"] button';
const COURSE = 'input[name="course"]';
const UPLOAD = 'form[action="/maraton/tracks"] button';

/** What a watch writes of ten minutes along the equator yesterday: 1,113 m. */
function track() {
  const began = Date.now() - 24 * 60 * 60 * 1000;
  const point = (_, minute) =>
    `<trkpt lat="0" lon="-30.0${10 + minute}"><time>${new Date(began + minute * 60_000).toISOString()}</time></trkpt>`;
  const points = Array.from({ length: 11 }, point).join("");
  return `<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points}</trkseg></trk></gpx>`;
}

/** Chooses a file in the field that the keyboard has reached; the chooser is the browser's own. */
async function choose(page, name, text) {
  await reach(page, "#file");
  await page.setInputFiles("#file", { name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
}

/** What lies over something else on the map or sticks out of it, and what is not drawn; each in a few words. */
function crowded() {
  const map = document.querySelector("svg.route");
  const whole = map.getBoundingClientRect();
  const found = map.querySelector("use.land").getBBox().width > 200 ? [] : ["no land"];
  const parts = [...map.querySelectorAll("text:not(.number), rect.pin")].map((part) => {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    // Letters fill about the middle two thirds of the box around them.
    const rest = part.localName === "text" ? (bottom - top) / 6 : 0;
    return { name: part.textContent || "a mark", left, right, top: top + rest, bottom: bottom - rest };
  });
  for (const [at, one] of parts.entries()) {
    const isWithin = one.left >= whole.left && one.right <= whole.right && one.top >= whole.top && one.bottom <= whole.bottom;
    if (!isWithin) found.push(`${one.name} sticks out`);
    for (const other of parts.slice(0, at)) {
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 1 && high > 1) found.push(`${one.name} over ${other.name}`);
    }
  }
  return found;
}

/** The map is drawn whole and clear on a telephone, a tablet and at a desk. */
async function mapIsClear(page) {
  const before = page.viewportSize();
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: before.height });
    assert.deepEqual(await page.evaluate(crowded), [], `at ${width} px`);
  }
  await page.setViewportSize(before);
}

/** The kilometres of a school in tenths, as they stand in the table. */
async function tenthsOf(page, school) {
  const cells = page.locator(`tr:has(th:has-text("${school}")) td`);
  const written = await cells.nth(3).innerText();
  assert.match(written, word(/^[\d\u202F]+,\d$/, /^[\d,]+\.\d$/));
  return Number(written.replace(/\D/g, ""));
}

/** Picks the course beside the one that is ticked; its name. */
async function pickOther(page, arrow) {
  await reach(page, `${COURSE}:checked`);
  await page.keyboard.press(arrow);
  const name = await page.locator(`.option:has(${COURSE}:checked) b`).innerText();
  await follow(page, PICK);
  return name;
}

story.tell("Alva's course", alva, {
  "is changed, and back again without losing anything": async (alva) => {
    const visitor = await alva.arriveAs("student");
    const { page } = visitor;
    await follow(page, tab("/maraton"));
    const done = () => page.locator(".track-figure .big").first().innerText();
    const before = await done();
    assert.match(before, /^\d+$/);
    const other = await pickOther(page, "ArrowDown");
    assert.match(await page.innerText("main"), word(new RegExp(`Kurs: ${other}`), new RegExp(`Course: ${other}`)));
    await look(visitor, "maraton-course");
    const own = await pickOther(page, "ArrowUp");
    assert.notEqual(own, other);
    assert.equal(await done(), before);
  },
});

story.tell("Alva's way", alva, {
  "is reported, and waits for her teacher": async ({ page, visitor }) => {
    await follow(page, tab("/maraton"));
    const before = await page.locator(WAITING).count();
    await look(visitor, "maraton");
    await reach(page, "#kilometres");
    await page.keyboard.type("tre");
    visitor.expected = /status of 422/;
    await enter(page);
    assert.equal(await page.getAttribute("#kilometres", "aria-invalid"), "true");
    await look(visitor, "maraton-unreadable");
    await reach(page, "#kilometres");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(KILOMETRES);
    await reach(page, "#minutes");
    await page.keyboard.type("25");
    await follow(page, 'form[action="/maraton/distances"] button');
    assert.equal(await page.locator(WAITING).count(), before + 1);
    assert.match(await page.innerText("main"), word(/km till väntar på din lärare/, /km more are waiting for your teacher/));
    await look(visitor, "maraton-waiting");
  },

  "is counted from minutes where it cannot be measured": async ({ page, visitor }) => {
    await reach(page, "#minutes");
    visitor.expected = /status of 422/;
    await page.keyboard.type("x");
    await follow(page, REPORT);
    await reach(page, "#minutes");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("90");
    await follow(page, REPORT);
    const counted = word("90 minuter, räknas som 4,5\u00A0km", "90 minutes, counts as 4.5\u00A0km");
    assert.equal(await page.locator(`.log li:has-text("${counted}")`).count(), 1);
  },

  "is read from her watch, and a file that is none is told so": async ({ page, visitor }) => {
    visitor.expected = /status of 422/;
    await choose(page, "shopping.txt", "milk");
    await follow(page, UPLOAD);
    assert.match(await page.innerText("#file-help"), word(/ingen träning från en klocka/, /no activity from a watch/));
    await look(visitor, "maraton-no-track");
    await choose(page, "round.gpx", track());
    await follow(page, UPLOAD);
    const read = word("1,113\u00A0km på 10 minuter, ur en fil", "1.113\u00A0km in 10 minutes, from a file");
    assert.equal(await page.locator(`.log li:has-text("${read}")`).count(), 1);
    await look(visitor, "maraton-track");
  },

  "is taken back where she was wrong": async ({ page }) => {
    await reach(page, "#kilometres");
    await page.keyboard.type("9");
    await follow(page, REPORT);
    const wrong = `.log li:has-text("9\u00A0km"):has(form)`;
    const before = await page.locator(wrong).count();
    await follow(page, `${wrong} >> nth=0 >> button`);
    assert.equal(await page.locator(wrong).count(), before - 1);
    // Minutes as kilometres, which her teacher will ask about.
    await reach(page, "#kilometres");
    await page.keyboard.type("45");
    await follow(page, REPORT);
  },
});

story.tell("Alva's way, approved by Maria,", maria, {
  "is her school's, and not the other's": async (maria) => {
    const visitor = await maria.arriveAs("teacher");
    const { page } = visitor;
    await follow(page, tab("/maraton"));
    const told = page.locator("#route-told");
    assert.match(await told.innerText(), word(/8B har .+ på väg mot/, /8B has .+/));
    assert.doesNotMatch(await told.innerText(), word(/Du /, /You /));
    await mapIsClear(page);
    await look(visitor, "maraton-teacher");
    const own = await tenthsOf(page, "Björkskolan");
    const other = await tenthsOf(page, "Sjöviksskolan");
    await follow(page, OF_ALVAS, { most: 300 });
    assert.equal(await page.locator(OF_ALVAS).count(), 0);
    assert.equal((await tenthsOf(page, "Björkskolan")) - own, TENTHS);
    assert.equal(await tenthsOf(page, "Sjöviksskolan"), other);
    await look(visitor, "maraton-approved");
  },

  "and all the others but the doubtful": async ({ page, visitor }) => {
    const rows = page.locator(`${OF_ALVAS_GROUP} .approve`);
    const doubtful = await rows.filter({ has: page.locator("p") }).count();
    assert.ok(doubtful > 0 && (await rows.count()) > doubtful);
    assert.match(await page.innerText(OF_ALVAS_GROUP), word(/Är det minuter i stället\?/, /Could it be minutes instead\?/));
    await follow(page, `${OF_ALVAS_GROUP} button[formaction^="/maraton/groups/"]`, { most: 300 });
    assert.equal(await rows.count(), doubtful);
    assert.equal(await rows.filter({ has: page.locator("p") }).count(), doubtful);
    await look(visitor, "maraton-doubtful");
  },

  "stands approved on her page": async (_, { alva: { page, visitor } }) => {
    await follow(page, tab("/maraton"));
    const approved = page.locator(`.log li:has-text("${KILOMETRES}\u00A0km ${word("på 25 minuter", "in 25 minutes")}")`);
    assert.match(await approved.first().innerText(), word(/Godkänd/, /Approved/));
    const told = page.locator("#route-told li");
    const own = word(/^1?\s*Du har (gett dig av från|kommit förbi) .+ på väg mot .+/, /^1?\s*You have (set out from|come past) .+/);
    assert.match(await told.first().innerText(), own);
    const done = await page.locator(".track-figure .big").nth(1).innerText();
    assert.ok((await told.first().innerText()).includes(` ${done} ${word("av", "of")} `));
    assert.deepEqual(await told.locator("[aria-hidden]").allInnerTexts(), ["1", "2", "3"], "she, her class, her school");
    await mapIsClear(page);
    await look(visitor, "maraton-student-approved");
  },
});
