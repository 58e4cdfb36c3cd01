// Tells stories: all of them or those named, in both languages or the one named, twice as many at a time as there are
// processors, for much of a story is waiting.
//
//   node run.mjs [STORY…] [sv|en]      with STEGVIS, the server's program, in the environment

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Demo } from "./demo.mjs";
import { NO_PAGES, ROUTES, gaps } from "./routes.mjs";
import { LANGUAGES } from "./words.mjs";

/** Lines of a story that broke off without saying why. */
const LAST_WORDS = 20;
const HERE = fileURLToPath(new URL(".", import.meta.url));
const all = (await readdir(join(HERE, "stories"))).map((name) => name.replace(/\.mjs$/, "")).sort();
const asked = process.argv.slice(2);
const languages = LANGUAGES.filter((code) => asked.includes(code));
const names = asked.filter((name) => !LANGUAGES.includes(name));
for (const name of names) assert.ok(all.includes(name), `There is no story ${name}. There are: ${all.join(", ")}`);

const isWhole = asked.length === 0;
const waiting = (names.length > 0 ? names : all).flatMap((story) =>
  (languages.length > 0 ? languages : LANGUAGES).map((language) => ({ story, language })),
);
const atOnce = Math.min(Number(process.env.STORIES_AT_ONCE ?? 2 * availableParallelism()), waiting.length);

const room = await mkdtemp(join(tmpdir(), "stegvis-stories-"));
const claims = join(room, "claims");
await mkdir(claims);
const running = new Set();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    for (const child of running) child.kill(signal);
    process.exitCode = 1;
    waiting.length = 0;
  });
}

/** One story in a process of its own; what it says comes out in one piece. */
async function tell({ story, language }) {
  const began = Date.now();
  const met = join(room, `${story}-${language}.json`);
  const child = spawn(process.execPath, ["--test-reporter=spec", join(HERE, "stories", `${story}.mjs`)], {
    env: { ...process.env, STORY_LANGUAGE: language, STORY_DEMO: join(room, "demo"), STORY_MET: met, STORY_CLAIMS: claims, FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const said = [];
  child.stdout.on("data", (part) => said.push(part));
  child.stderr.on("data", (part) => said.push(part));
  const code = await new Promise((resolve) => child.once("close", resolve));
  running.delete(child);
  const seconds = Math.round((Date.now() - began) / 1000);
  const text = Buffer.concat(said).toString().replace(/^ℹ .*\n/gm, "").trimEnd();
  console.log(`\n── ${story}, ${language}: ${code === 0 ? "told" : "FAILED"} (${seconds} s)\n${text}`);
  const told = await readFile(met, "utf8").then(JSON.parse, () => ({ steps: 0, states: 0, pages: [] }));
  const why = code === 0 ? "" : (text.split("✖ failing tests:")[1] ?? text.split("\n").slice(-LAST_WORDS).join("\n")).trim();
  return { story, language, isGood: code === 0, why, ...told };
}

async function fill() {
  const began = Date.now();
  const demo = await Demo.start(process.env.STEGVIS, join(room, "demo"), { inPlace: true });
  await demo.stop();
  console.log(`A demo was filled for every story to have a copy of (${Math.round((Date.now() - began) / 1000)} s).`);
}

/** Every page that the server shows is met in every language. */
function report(told) {
  let isGood = told.every((story) => story.isGood);
  const failed = told.filter((story) => !story.isGood);
  for (const language of isWhole ? LANGUAGES : []) {
    const own = told.filter((story) => story.language === language);
    const met = new Set(own.flatMap(({ pages }) => pages).filter((page) => page.startsWith("GET 200 ")).map((page) => page.slice(8)));
    const { unmet, outdated } = gaps(met);
    for (const route of unmet) console.log(`No story in ${language} looks at ${route}.`);
    for (const route of outdated) console.log(`${route} is an exception in routes.mjs, and there is no such address.`);
    isGood &&= unmet.length + outdated.length === 0;
  }
  const sum = (what) => told.reduce((total, story) => total + story[what], 0);
  console.log(`\n${told.length} stories, ${sum("steps")} steps; ${sum("states")} states of pages looked at.`);
  if (isWhole) {
    const pages = ROUTES.length - Object.keys(NO_PAGES).length;
    console.log(`Pages that the server shows: ${pages}, met in each language unless said above. Not looked at:`);
    for (const [route, why] of Object.entries(NO_PAGES)) console.log(`  ${route}: ${why}`);
  }
  if (process.env.STORY_PICTURES !== "none") console.log(`Pictures: ${join(HERE, "pictures")}`);
  // Once more at the end, where a log that is cut short is longest.
  for (const { story, language, why } of failed) console.log(`\nFAILED: ${story} ${language}\n${why}`);
  if (failed.length > 0) console.log(`Traces: ${join(HERE, "traces")}`);
  return isGood;
}

const began = Date.now();
try {
  if (isWhole) {
    for (const folder of ["pictures", "traces"]) await rm(join(HERE, folder), { recursive: true, force: true });
  }
  await fill();
  const told = [];
  const teller = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) told.push(await tell(next));
  };
  await Promise.all(Array.from({ length: atOnce }, teller));
  if (!report(told)) process.exitCode = 1;
  console.log(`${Math.round((Date.now() - began) / 1000)} s, ${atOnce} at a time.`);
} finally {
  await rm(room, { recursive: true, force: true });
}
