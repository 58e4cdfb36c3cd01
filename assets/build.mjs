// Writes dist/: app.css, app.js, fonts, icons, the map and the route on it, each with its content's hash in the name, and
// manifest.json, which tells the server what each is called: {"app.css": "app-7QK2VX4A.css", …}.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { cutFont } from "./build/fonts.mjs";
import { drawSprite } from "./build/icons.mjs";
import { drawMap } from "./build/map.mjs";
import { writePalettes } from "./build/palettes.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** MathML Core in Chromium, and what schools' older tablets still run. */
const BROWSERS = ["chrome109", "firefox115", "safari16"];

/** `url("font:NAME")` in a stylesheet becomes a cut and hashed font file. */
const fonts = {
  name: "fonts",
  setup(bundle) {
    bundle.onResolve({ filter: /^font:/ }, ({ path }) => ({
      path: `${path.slice("font:".length)}.woff2`,
      namespace: "font",
    }));
    bundle.onLoad({ filter: /.*/, namespace: "font" }, async ({ path }) => ({
      contents: await cutFont(basename(path, ".woff2")),
      loader: "file",
    }));
  },
};

/** `@import "palettes.json"` becomes the colour tokens. */
const palettes = {
  name: "palettes",
  setup(bundle) {
    bundle.onLoad({ filter: /palettes\.json$/ }, async ({ path }) => ({
      contents: writePalettes(JSON.parse(await readFile(path, "utf8"))),
      loader: "css",
    }));
  },
};

/**
 * htmx calls eval only where its allowEval is set, which app.ts forbids. Taking the call out makes that
 * certain, and lets the bundle be made a fifth smaller (names in reach of an eval cannot be shortened).
 */
const withoutEval = {
  name: "without-eval",
  setup(bundle) {
    bundle.onLoad({ filter: /htmx\.esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source.replace("return eval(str)", "return undefined");
      if (/\beval\(/.test(contents)) throw new Error(`${path} calls eval in a new place`);
      return { contents, loader: "js" };
    });
  },
};

/** Bundles stylesheet, script and fonts into `out`; gives their manifest entries. */
async function bundle(out) {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: ["src/app.ts", "css/app.css"],
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    outdir: out,
    bundle: true,
    format: "iife",
    minify: true,
    legalComments: "none",
    target: BROWSERS,
    metafile: true,
    plugins: [fonts, palettes, withoutEval],
    logLevel: "warning",
  });
  const entries = {};
  for (const [path, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
    const source = entryPoint ?? Object.keys(inputs)[0].replace("font:", "");
    const name = basename(source, extname(source)) + extname(path);
    entries[name] = basename(path);
  }
  return entries;
}

/** Writes `text` into `out` under a hashed name; gives its manifest entry. */
async function write(out, name, text) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  await writeFile(join(out, hashed), text);
  return { [name]: hashed };
}

/** Empties `out`, but for the file that keeps the folder in the repository. */
async function empty(out) {
  await mkdir(out, { recursive: true });
  const old = (await readdir(out)).filter((name) => name !== ".gitkeep");
  await Promise.all(old.map((name) => rm(join(out, name), { recursive: true })));
}

/** What is bundled and served under others' licences, and what made it. */
const BORROWED = [
  "@fontsource-variable/schibsted-grotesk", "@fontsource/andika", "@fontsource/stix-two-math", "lucide-static", "htmx.org",
  "world-atlas", "topojson-client", "d3-geo",
];

/** Their licences in one text; the fonts' and the icons' ask to be handed on with them. */
async function gatherLicences() {
  const texts = BORROWED.map(async (name) => {
    const licence = await readFile(join(here, "node_modules", name, "LICENSE"), "utf8");
    return `${name}\n\n${licence.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(72)}\n\n`);
}

const out = join(here, "dist");
await empty(out);
const { svg: map, route } = await drawMap(JSON.parse(await readFile(join(here, "route.json"), "utf8")));
const entries = {
  ...(await bundle(out)),
  ...(await write(out, "icons.svg", await drawSprite())),
  ...(await write(out, "map.svg", map)),
  ...(await write(out, "route.json", `${JSON.stringify(route)}\n`)),
  ...(await write(out, "licences.txt", await gatherLicences())),
  ...(await write(out, "icon.svg", await readFile(join(here, "icon.svg"), "utf8"))),
};
const manifest = Object.fromEntries(Object.entries(entries).sort(([a], [b]) => a.localeCompare(b)));
await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
