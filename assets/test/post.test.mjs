import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { load } from "./load.mjs";

const { postLine } = await load("post");

const LINE = { calculation: "/calculations/a", key: "k1", text: "x = 7", at: 1 };
const fetched = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = fetched;
});

/** What comes of the line when the server answers with this problem. */
function answerTo(status, problem, headers = {}) {
  const type = "application/problem+json";
  globalThis.fetch = async () => new Response(JSON.stringify(problem), { status, headers: { "Content-Type": type, ...headers } });
  return postLine(LINE);
}

test("a line is let go only when it can never be taken", async () => {
  const never = [[409, "closed"], [422, "line-too-long"], [422, "too-many-lines"], [410, "exercise-gone"], [400, "form-unreadable"]];
  for (const [status, code] of never) {
    assert.deepEqual(await answerTo(status, { code, title: "Det gick inte.", detail: "Gör så." }), {
      kind: "refused", sentence: "Det gick inte. Gör så.",
    });
  }
});

test("every other problem lets the line wait, and says why", async () => {
  const others = [
    [409, "collided"], [404, "not-found"], [401, "sign-in-first"], [403, "cross-site"], [413, "too-big"],
    [503, "unavailable"], [500, "failed"], [418, "not-known-yet"],
  ];
  for (const [status, code] of others) {
    assert.deepEqual(await answerTo(status, { code, title: "Vänta lite.", detail: "Inget är borta." }), {
      kind: "later", retryAfter: 0, sentence: "Vänta lite. Inget är borta.",
    });
  }
});

test("a full server says so, and how long to wait", async () => {
  const answer = await answerTo(503, { code: "busy", title: "Många räknar just nu." }, { "Retry-After": "3" });
  assert.deepEqual(answer, { kind: "later", retryAfter: 3, sentence: "Många räknar just nu." });
});

test("an answer from something else on the way says nothing about the line", async () => {
  globalThis.fetch = async () => new Response("<h1>Not Found</h1>", { status: 404, headers: { "Content-Type": "text/html" } });
  assert.deepEqual(await postLine(LINE), { kind: "later", retryAfter: 0 });
});
