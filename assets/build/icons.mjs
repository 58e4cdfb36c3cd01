// Draws the icon sprite: one <symbol> an icon, used as <use href="/assets/icons-HASH.svg#i-NAME">.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Names in lucide-static (ISC licence). A new icon on a page is added here. */
export const ICONS = [
  "a-large-small", "arrow-left", "arrow-right", "bookmark", "calendar", "check", "chevron-down", "chevron-right",
  "chevron-up", "clipboard-check", "clock", "cloud-check", "cloud-off", "copy", "delete", "download", "ellipsis",
  "eraser", "eye", "eye-off", "flag", "footprints", "hand", "hourglass", "house", "info", "key-round", "keyboard",
  "languages", "lightbulb", "lock", "lock-open", "log-out", "map-pin", "menu", "message-square-plus",
  "messages-square", "moon", "notebook-pen", "pencil", "plus", "printer", "qr-code", "radical", "radio", "repeat", "route",
  "search", "send", "settings", "shield-check", "shuffle", "sun", "superscript", "text-cursor-input", "trash-2", "trending-up",
  "triangle-alert", "undo-2", "upload", "user", "users", "volume-2",
];

/** The children of an icon's <svg>, without comment, wrapper and line breaks. */
async function drawing(name) {
  const svg = await readFile(require.resolve(`lucide-static/icons/${name}.svg`), "utf8");
  const inner = svg.match(/<svg[^>]*>([\s\S]*)<\/svg>/);
  if (inner === null) throw new Error(`${name}.svg is not one <svg>`);
  return inner[1].replace(/\s*\n\s*/g, "");
}

/** The sprite as SVG text. Stroke and size come from the page's `.icon` class. */
export async function drawSprite(names = ICONS) {
  const symbols = await Promise.all(
    names.map(async (name) => `<symbol id="i-${name}" viewBox="0 0 24 24">${await drawing(name)}</symbol>`),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence -->\n${symbols.join("\n")}\n</svg>\n`;
}
