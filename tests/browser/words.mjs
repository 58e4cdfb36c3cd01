// The two languages that every story is told in, and how one tells that a page speaks only one of them.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";

export const LANGUAGES = ["sv", "en"];

/** The language of the story that this process tells. */
export const language = process.env.STORY_LANGUAGE ?? "sv";
assert.ok(LANGUAGES.includes(language), `STORY_LANGUAGE is ${language}, and the languages are ${LANGUAGES}`);

/** Of two ways to say the same, the one in the story's language. */
export const word = (swedish, english) => (language === "sv" ? swedish : english);

/** Words that no sentence of the language does without, and that are none in the other one. */
const GIVEAWAYS = {
  sv: /(?<![\p{L}])(och|att|är|inte|på|för|som|av|det|har|när|eller|ditt|dina)(?![\p{L}])/iu,
  en: /(?<![\p{L}])(the|and|of|you|your|is|are|with|this|that|when|from|what)(?![\p{L}])/iu,
};

/** Letters that a sentence with values in it has to have of its own to be told from others. */
const ENOUGH_LETTERS = 8;

/** What `locales/` says in a language: whole texts, patterns for those with values, and the names of all. */
function sentences(code) {
  const folder = new URL(`../../locales/${code}/`, import.meta.url);
  const texts = new Set();
  const patterns = [];
  const ids = new Set();
  const take = (text) => {
    const parts = text.split(/\{[^{}]*\}/);
    if (parts.length === 1) return texts.add(text);
    if (parts.join("").replace(/[^\p{L}]/gu, "").length < ENOUGH_LETTERS) return;
    patterns.push(new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+?")}$`, "u"));
  };
  for (const file of readdirSync(folder)) {
    for (const line of readFileSync(new URL(file, folder), "utf8").split("\n")) {
      const [, id, text] = line.match(/^([a-z][\w-]*) =\s*(.*)$/) ?? [];
      const [, variant] = line.match(/^\s+\*?\[\w+\]\s+(.*)$/) ?? [];
      if (id !== undefined) ids.add(id);
      const said = (text ?? variant)?.trim();
      if (said && !said.includes("->")) take(said);
    }
  }
  return { ids, says: (text) => texts.has(text) || patterns.some((pattern) => pattern.test(text)) };
}

const KNOWN = Object.fromEntries(LANGUAGES.map((code) => [code, sentences(code)]));

/** What the page's texts have in them that does not belong there: `chunks` are its texts and names, one by one. */
export function strangeWords(chunks, own = language) {
  const other = LANGUAGES.find((code) => code !== own);
  return chunks.filter((chunk) => {
    if (KNOWN[own].says(chunk)) return false;
    if (KNOWN[own].ids.has(chunk) && chunk.includes("-")) return true;
    return KNOWN[other].says(chunk) || (GIVEAWAYS[other].test(chunk) && !GIVEAWAYS[own].test(chunk));
  });
}
