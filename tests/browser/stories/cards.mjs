// Maria prints login cards, Alva comes in by hers, loses it, and it opens nothing any more.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { enter, follow, reach, walkOnTelephone } from "../keyboard.mjs";
import { look } from "../look.mjs";
import { pages } from "../paper.mjs";
import { PICTURES } from "../picture.mjs";
import { Person, Story, chooseLanguage } from "../story.mjs";
import { word } from "../words.mjs";

const story = new Story(import.meta.url);
const maria = new Person(story);
const alva = new Person(story);
const lo = new Person(story);
story.people = { maria, holder: alva, lo };

const MM = 96 / 25.4;
const ALVAS_CARD = '.login-card:has(b:text-is("Alva B."))';
const ALVAS_ROW = '.approve:has(label:has-text("Alva Bergström"))';
const picture = (name) => `${PICTURES}${name}`;

/** The paper on its way to the printer: sheets of eight whole cards, which nothing sticks out of. */
async function assertPaper(page, students) {
  await page.emulateMedia({ media: "print" });
  const sheets = await page.locator(".print-cards").evaluateAll((all) =>
    all.map((sheet) =>
      [...sheet.querySelectorAll(".login-card")].map((card) => {
        const { width, height } = card.getBoundingClientRect();
        const inside = [...card.querySelectorAll("*")].every((part) => {
          const [box, whole] = [part.getBoundingClientRect(), card.getBoundingClientRect()];
          return box.left >= whole.left && box.right <= whole.right && box.top >= whole.top && box.bottom <= whole.bottom;
        });
        const code = card.querySelector(".login-code");
        return { width, height, inside, lines: Math.round(code.getBoundingClientRect().height / 15) };
      }),
    ),
  );
  assert.deepEqual(sheets.map((cards) => cards.length), Array(students / 8).fill(8));
  for (const card of sheets.flat()) {
    assert.ok(Math.abs(card.width - 86 * MM) < 1 && Math.abs(card.height - 54 * MM) < 1, JSON.stringify(card));
    assert.ok(card.inside, "something sticks out of a card");
    assert.equal(card.lines, 1, "the code stands in one line");
  }
  const paper = await page.pdf({ preferCSSPageSize: true, path: picture("cards.pdf") });
  assert.equal(pages(paper), sheets.length);
  await page.setViewportSize({ width: Math.round(178 * MM), height: 1000 });
  await writeFile(picture("cards-paper.png"), await page.locator(".print-cards").first().screenshot());
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ media: null });
}

story.tell("Maria's login cards", maria, {
  "are made from the group's page": async (maria) => {
    const visitor = await maria.arriveAs("teacher");
    const { page } = visitor;
    await follow(page, 'main a:text-is("8B")');
    maria.group = new URL(page.url()).pathname;
    await follow(page, `main a[href="${maria.group}/cards"]`);
    assert.equal(await page.locator('input[name="student"]:checked').count(), 16);
    await look(visitor, "cards");
    await walkOnTelephone(page);
  },

  "are printed, eight on a sheet": async (maria) => {
    const { page, visitor, group } = maria;
    await follow(page, `main form[action="${group}/cards"] button`);
    assert.match(await page.innerText("h1"), word(/16 kort är gjorda/, /16 cards/));
    maria.card = await page.innerText(`${ALVAS_CARD} .login-code`);
    assert.match(maria.card, /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
    await look(visitor, "cards-made");
    await reach(page, "[data-print]");
    await assertPaper(page, 16);
  },

  "are listed, and not shown again": async ({ page, visitor, card }) => {
    await follow(page, 'main .row a[href$="/cards"]');
    assert.equal(await page.locator('input[name="student"]:checked').count(), 0);
    assert.equal((await page.content()).includes(card), false);
    await look(visitor, "cards-had");
  },

  "are not made anew by a form that is sent again": async ({ page, visitor, group }) => {
    await page.locator('input[name="seen"]').evaluate((field) => {
      field.value = "0";
    });
    visitor.expected = /status of 4\d\d/;
    await follow(page, `main form[action="${group}/cards"] button[name="all"]`);
    assert.match(await page.innerText("main [role=status]"), word(/Korten är redan gjorda/, /The cards have already been made/));
    await look(visitor, "cards-made-already");
  },
});

/** What the browser remembers of where it was. */
const entries = (page) => page.evaluate(() => window.navigation.entries().map(({ url }) => url));

/** Comes to the page of a card as a camera does. */
async function hold(page, card) {
  await page.goto("about:blank");
  await page.goto(`/card#${card.replaceAll("-", "")}`);
}

story.tell("Alva's card", alva, {
  "leads in, and what it says is gone from the address and the history": async (alva, { maria }) => {
    const visitor = await alva.arrive();
    const { page } = visitor;
    const asked = [];
    page.on("request", (request) => asked.push(`${request.url()} ${request.headers()["referer"] ?? ""}`));
    const secret = maria.card.replaceAll("-", "");
    await visitor.passThrough(`/card#${secret}`);
    await page.waitForURL("**/today");
    await visitor.settled();
    assert.match(await page.innerText("h1"), /Alva/);
    const said = [page.url(), ...(await entries(page))];
    assert.ok(said.every((url) => !url.includes("#") && !url.includes("/card")), said.join("\n"));
    assert.equal((await page.content()).includes(secret), false);
    // The browser itself says to nobody what stands after the #, and neither does the page.
    const sent = asked.map((line) => line.replace(`/card#${secret} `, "/card "));
    assert.ok(sent.every((line) => !line.includes(secret)), sent.join("\n"));
    await page.goBack();
    assert.equal((await page.content()).includes(secret), false);
    await page.goto("/devices");
    assert.match(await page.innerText("main [aria-current=true]"), word(/Inloggad med kort/, /Signed in with a card/));
    await look(visitor, "devices-by-card");
  },

  "asks whoever is signed in first": async ({ page, visitor }, { maria }) => {
    await hold(page, maria.card);
    await page.locator("[data-card-ask]").waitFor();
    assert.equal(new URL(page.url()).hash, "");
    assert.match(await page.innerText("[data-card-ask]"), word(/Alva är inloggad här/, /Alva is signed in here/));
    await look(visitor, "card-asks");
    await reach(page, "[data-card-enter]");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/today");
    // Whoever was signed in here before is somebody else, so the device forgot what was chosen.
    await chooseLanguage(visitor);
  },

  "says so when there is no net, and goes on when there is": async (alva, { maria }) => {
    const { page, visitor } = alva;
    await hold(page, maria.card);
    await page.locator("[data-card-ask]").waitFor();
    visitor.expected = /ERR_FAILED/;
    await page.route("**/card", (route) => route.abort());
    await reach(page, "[data-card-enter]");
    await page.keyboard.press("Enter");
    await page.locator("[data-card-says]:has-text('" + word("Vi når inte Stegvis", "We cannot reach Stegvis") + "')").waitFor();
    await look(visitor, "card-offline");
    await page.unroute("**/card");
    await reach(page, "[data-card-enter]");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/today");
    // Whoever was signed in here before is somebody else, so the device forgot what was chosen.
    await chooseLanguage(visitor);
  },

  "can be typed where no script runs": async (_, { maria, lo }) => {
    const visitor = await lo.arrive({ javaScriptEnabled: false });
    const { page } = visitor;
    await page.goto("/sign-in");
    await follow(page, 'main a[href="/card"]');
    await look(visitor, "card");
    visitor.expected = /status of 4\d\d/;
    await reach(page, "#code");
    await page.keyboard.type(maria.card.slice(0, -1));
    await enter(page);
    assert.match(await page.innerText("main [role=status]"), word(/Jämför den med kortet/, /Compare it with the card/));
    await look(visitor, "card-slip");
    await reach(page, "#code");
    await page.keyboard.press("End");
    await page.keyboard.type(maria.card.slice(-1).toLowerCase());
    await enter(page);
    assert.match(await page.innerText("h1"), /Alva/);
    await visitor.leave();
  },
});

story.tell("The lost card", maria, {
  "is ended by Maria": async ({ page, visitor, group }) => {
    await page.goto(`${group}/cards`);
    await follow(page, `${ALVAS_ROW} button`);
    assert.match(await page.innerText(ALVAS_ROW), word(/Inget kort/, /No card/));
    await look(visitor, "cards-one-ended");
  },

  "has signed out whoever came in by it": async (_, { holder: { page } }) => {
    await page.goto("/today");
    assert.equal(new URL(page.url()).pathname, "/sign-in");
  },

  "opens nothing any more, and says so kindly": async (maria, { holder: { page, visitor } }) => {
    visitor.expected = /status of 4\d\d/;
    await hold(page, maria.card);
    await page.locator("[data-card-says]:has-text('" + word("Kortet öppnar ingenting", "The card opens nothing") + "')").waitFor();
    assert.equal(new URL(page.url()).hash, "");
    await look(visitor, "card-ended");
    await visitor.leave();
  },
});
