// A server that knows one calculation, 4x + 5 = 2x + 19, and stores its lines by key as the real one
// does. `mood` says how it answers just now: "well", "slow", "full" (503), "refuses" (409, closed), "is taken" (404).

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";

const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'";
const TYPES = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const VERDICTS = { "2x=14": "right", "x=14/2": "unfinished", "x=7": "goal", "2x=24": "wrong", "2x=(": "unreadable" };
const SAYINGS = { right: "Rätt. Sparad.", unfinished: "Rätt så långt.", goal: "Rätt, och klart.", wrong: "Nästan.", unreadable: "Vi kan inte läsa raden än." };
const ICONS = { right: "check", goal: "flag", wrong: "undo-2", unreadable: "text-cursor-input" };

const PROBLEMS = {
  full: { status: 503, code: "busy", title: "Många räknar just nu.", detail: "Inget är borta." },
  refuses: { status: 409, code: "closed", title: "Uppgiften är avslutad.", detail: "Öppna nästa uppgift." },
  "is taken": { status: 404, code: "not-found", title: "Här tog trappan slut.", detail: "Dina rader är kvar." },
};

const dist = new URL("../../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL("manifest.json", dist), "utf8"));
const fixture = await readFile(new URL("line.html", import.meta.url), "utf8");

/** Page text with the hashed names of what it asks for. */
const dress = (html) => html.replace(/\/assets\/([\w-]+\.\w+)/g, (_, name) => `/assets/${manifest[name]}`);

function drawLine({ key, text, number, verdict }) {
  const icon = ICONS[verdict] ? `<svg class="icon" aria-hidden="true"><use href="/assets/icons.svg#i-${ICONS[verdict]}"/></svg>` : "";
  const body = {
    wrong: `<p class="line-math">${text}</p><div class="line-say"><p><strong>Nästan.</strong> Räkna en gång till.</p></div>`,
    unreadable: `<p class="typed">${text}</p><div class="line-say"><p><strong>Vi kan inte läsa raden än.</strong> Det ser ut att saknas ett tal eller en bokstav här.</p></div>`,
  }[verdict] ?? `<p class="line-math"><math alttext="${text}"><mtext>${text}</mtext></math></p><p class="line-step">Du räknade rätt</p>`;
  const say = `Rad ${number}: ${text}. ${SAYINGS[verdict]}`;
  return dress(`<li class="line" data-verdict="${verdict}" data-key="${key}" data-number="${number}" data-say="${say}"><span class="mark" aria-hidden="true">${icon}</span><div class="line-body">${body}</div></li>`);
}

/** The form of a request's body. */
async function readForm(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

/** The calculation: its page, or its finished desk when only that is asked for. */
function showPage(state, request, response) {
  const lines = state.lines.map(drawLine).join("");
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY });
  if (request.headers["x-fragment"] === "desk") {
    return response.end(`<div class="desk" id="desk"><div class="paper"><line-editor><ol class="lines ended">${lines}</ol><p class="sr" role="status"></p></line-editor></div><p><a class="btn big" id="next-step" href="/next">Nästa uppgift</a></p></div>`);
  }
  const page = state.closed ? fixture.replace(/<li class="line writing">.*?<\/li>/s, "") : fixture;
  response.end(dress(page).replace("<!-- lines -->", lines));
}

/** A class of which one more has got stuck each time that somebody looks, above the links to everybody. */
function drawClass(looks) {
  const stuck = '<article class="stuck"><h3>Bo</h3><p>Har fastnat.</p><p>Tre rader.</p><p>Gå dit.</p></article>'.repeat(looks);
  const tiles = [1, 2, 3, 4].map((at) => `<li class="tile"><a id="tile-${at}" href="/students/${at}">Elev ${at}</a></li>`).join("");
  return `<div id="live" data-looks="${looks}" hx-get="/class/now" hx-trigger="every 200ms" hx-swap="outerHTML">${stuck}<ul class="tiles">${tiles}</ul></div>`;
}

/** Starts the server on a free port; gives its address, its lines, its mood, whether it is closed, and `close`. */
export async function startServer() {
  const state = { mood: "well", lines: [], posts: [], closed: false };
  const mood = () => (state.closed || finished() ? "refuses" : state.mood);
  let looks = 0;
  const finished = () => state.lines.some((line) => line.verdict === "goal");

  async function takeLine(request, response) {
    const form = await readForm(request);
    const [key, text] = [form.get("key"), form.get("line")];
    state.posts.push({ key, text, mood: state.mood });
    if (state.mood === "slow") await new Promise((resolve) => setTimeout(resolve, 900));
    if (PROBLEMS[mood()] !== undefined) {
      const { status, ...problem } = PROBLEMS[mood()];
      response.writeHead(status, { "Content-Type": "application/problem+json", ...(status === 503 && { "Retry-After": "1" }) });
      return response.end(JSON.stringify(problem));
    }
    let line = state.lines.find((stored) => stored.key === key);
    if (line === undefined) {
      const verdict = VERDICTS[text.replaceAll(" ", "")] ?? "right";
      line = { key, text, number: state.lines.length + 1, verdict };
      state.lines.push(line);
    }
    if (state.mood === "forgets to answer") return response.destroy();
    if (request.headers["x-fragment"] !== "line") return response.writeHead(303, { Location: "/calculations/a1" }).end();
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...(finished() && { "X-Finished": "true" }) });
    response.end(drawLine(line));
  }

  const server = createServer(async (request, response) => {
    if (request.method === "POST" && request.url === "/calculations/a1/lines") return takeLine(request, response);
    if (request.method === "POST" && request.url === "/calculations/a1/another") {
      state.closed = true;
      return response.writeHead(303, { Location: "/calculations/a1" }).end();
    }
    if (request.method === "POST" && request.url === "/read") {
      const text = (await readForm(request)).get("text");
      return response.end(`<math alttext="${text}"><mtext>${text}</mtext></math>`);
    }
    if (request.url === "/class/now") return response.end(drawClass((looks += 1)));
    if (request.url === "/class") {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY });
      return response.end(dress(fixture).replace(/<main.*<\/main>/s, `<main class="wrap">${drawClass(looks)}</main>`));
    }
    if (request.url === "/calculations/a1") return showPage(state, request, response);
    if (!request.url.startsWith("/assets/")) return response.writeHead(404).end();
    const name = request.url.slice("/assets/".length);
    response.writeHead(200, { "Content-Type": TYPES[extname(name)] });
    response.end(await readFile(new URL(name, dist)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(state, {
    address: `http://127.0.0.1:${server.address().port}/calculations/a1`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}
