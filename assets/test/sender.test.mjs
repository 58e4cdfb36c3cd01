import assert from "node:assert/strict";
import { test } from "node:test";
import { load, makeShelf } from "./load.mjs";

const { LineQueue } = await load("queue");
const { Sender } = await load("sender");

const KEPT = { kind: "kept", html: "<li></li>", finished: false };
const LATER = { kind: "later" };

/** A sender whose server gives `answers` in turn (then keeps all), and what was seen on the way. */
function makeSender(answers, { shelf = makeShelf(), sleep = async () => {} } = {}) {
  const seen = { posts: [], told: [], pauses: [] };
  const queue = new LineQueue(shelf, "/calculations/a");
  const post = async ({ key, text }) => {
    seen.posts.push(`${key}: ${text}`);
    const answer = answers.shift() ?? KEPT;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const pass = (ms) => {
    seen.pauses.push(ms / 1_000);
    return sleep(ms);
  };
  const listener = {
    kept: ({ key }) => seen.told.push(`kept ${key}`),
    refused: ({ key }, sentence) => seen.told.push(`refused ${key}: ${sentence}`),
    waits: ({ key }) => seen.told.push(`waits ${key}`),
  };
  return { queue, seen, sender: new Sender(queue, post, pass, listener) };
}

test("lines are sent in order, each after the answer to the one before", async () => {
  const { queue, seen, sender } = makeSender([]);
  queue.add("k1", "one", 1);
  queue.add("k2", "two", 2);
  await sender.run();
  assert.deepEqual(seen.posts, ["k1: one", "k2: two"]);
  assert.deepEqual(seen.told, ["kept k1", "kept k2"]);
  assert.equal(queue.waiting().length, 0);
});

test("without net the first line is tried again with the same key before the second", async () => {
  const { queue, seen, sender } = makeSender([new TypeError("no net"), LATER]);
  queue.add("k1", "one", 1);
  queue.add("k2", "two", 2);
  await sender.run();
  assert.deepEqual(seen.posts, ["k1: one", "k1: one", "k1: one", "k2: two"]);
  assert.deepEqual(seen.pauses, [1, 2]);
});

test("pauses grow, start over after an answer, and honour Retry-After", async () => {
  const busy = { kind: "later", retryAfter: 7 };
  const { queue, seen, sender } = makeSender([LATER, LATER, LATER, KEPT, busy]);
  queue.add("k1", "one", 1);
  queue.add("k2", "two", 2);
  await sender.run();
  assert.deepEqual(seen.pauses, [1, 2, 4, 7]);
});

test("a refused line is told once and does not hold up the next", async () => {
  const { queue, seen, sender } = makeSender([{ kind: "refused", sentence: "Redan klar." }]);
  queue.add("k1", "one", 1);
  queue.add("k2", "two", 2);
  await sender.run();
  assert.deepEqual(seen.told, ["refused k1: Redan klar.", "kept k2"]);
});

test("a line written while another is on its way goes behind it", async () => {
  const { queue, seen, sender } = makeSender([LATER]);
  queue.add("k1", "one", 1);
  const running = sender.run();
  queue.add("k2", "two", 2);
  await Promise.all([running, sender.run()]);
  assert.deepEqual(seen.posts, ["k1: one", "k1: one", "k2: two"]);
});

test("when the net comes back the pause ends at once", async () => {
  const { queue, seen, sender } = makeSender([LATER], { sleep: () => new Promise(() => {}) });
  queue.add("k1", "one", 1);
  const running = sender.run();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(seen.told, ["waits k1"]);
  sender.wake();
  await running;
  assert.deepEqual(seen.told, ["waits k1", "kept k1"]);
});

test("a page that is left keeps its lines, and the next page sends them with the same keys", async () => {
  const shelf = makeShelf();
  const left = makeSender([LATER, LATER], { shelf, sleep: () => new Promise(() => {}) });
  left.queue.add("k1", "one", 1);
  left.queue.add("k2", "two", 2);
  const running = left.sender.run();
  await new Promise((resolve) => setImmediate(resolve));
  left.sender.stop();
  await running;
  const opened = makeSender([], { shelf });
  await opened.sender.run();
  assert.deepEqual(opened.seen.posts, ["k1: one", "k2: two"]);
  assert.deepEqual(left.seen.posts, ["k1: one"]);
});
