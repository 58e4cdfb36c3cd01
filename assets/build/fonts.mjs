// Cuts the font files from npm down to what Nordic schools write.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import subsetFont from "subset-font";

const require = createRequire(import.meta.url);

/** Every character from `first` to `last` (code points, both included). */
function span(first, last) {
  return Array.from({ length: last - first + 1 }, (_, step) => String.fromCodePoint(first + step)).join("");
}

const LATIN = span(0x20, 0x7e) + span(0xa0, 0xff);
/** Dashes, quotes, spaces, the real minus and the arrows that sentences use. */
const PUNCTUATION = "ıŒœ–—‘’‚“”„•…‹›′″€™←↑→↓−∕≈≠≤≥\u2009\u200b\u202f\u2060";
/** Names from Sápmi and from the rest of Europe; loaded only by pages that show one. */
const LATIN_EXTENDED = span(0x100, 0x17f) + span(0x1cd, 0x1dc) + span(0x218, 0x21b) + "ƏəƷʒǤǥǦǧǨǩǮǯẞ";

const GREEK = span(0x391, 0x3a9) + span(0x3b1, 0x3c9) + "ϑϕϵ";
const OPERATORS = "±·×÷√∛∜∞∂∆∇∈∉∋∅∀∃∑∏∓∗∘∙∝∟∠∥∧∨∩∪∫∴∼≈≅≠≡≤≥≪≫⊂⊃⊆⊇⊥⋅⌊⌋⌈⌉⟨⟩‖′″‴°ℕℝℤℚℂ△□";
const INVISIBLE = "\u2061\u2062\u2063\u2064\u2009\u202f";
/** Combining marks and stretched pieces that accents, roots and brackets are built from. */
const ACCENTS = "\u0302\u0303\u0304\u0305\u0307\u20d7¯ˆ˜⏞⏟⎴⎵";
const ARROWS = "←↑→↓↔⇐⇒⇔↦⟶⟹";
/** Mathematical italics: a MathML `mi` of one letter is drawn with these. U+210E is italic h. */
const ITALICS = span(0x1d434, 0x1d467).replace("\u{1d455}", "") + "ℎ" + span(0x1d6e2, 0x1d71b);
const BOLD = span(0x1d400, 0x1d433) + span(0x1d7ce, 0x1d7d7);

const MATHS = LATIN + PUNCTUATION + GREEK + OPERATORS + INVISIBLE + ACCENTS + ARROWS + ITALICS + BOLD;

/** The faces, by the name css/fonts.css asks for («font:text» and so on). */
export const FACES = {
  text: {
    file: "@fontsource-variable/schibsted-grotesk/files/schibsted-grotesk-latin-wght-normal.woff2",
    characters: LATIN + PUNCTUATION,
    variationAxes: { wght: { min: 400, max: 800 } },
  },
  "text-extended": {
    file: "@fontsource-variable/schibsted-grotesk/files/schibsted-grotesk-latin-ext-wght-normal.woff2",
    characters: LATIN_EXTENDED,
    variationAxes: { wght: { min: 400, max: 800 } },
  },
  young: { file: "@fontsource/andika/files/andika-latin-400-normal.woff2", characters: LATIN + PUNCTUATION },
  "young-bold": { file: "@fontsource/andika/files/andika-latin-700-normal.woff2", characters: LATIN + PUNCTUATION },
  "young-extended": {
    file: "@fontsource/andika/files/andika-latin-ext-400-normal.woff2",
    characters: LATIN_EXTENDED,
  },
  "young-bold-extended": {
    file: "@fontsource/andika/files/andika-latin-ext-700-normal.woff2",
    characters: LATIN_EXTENDED,
  },
  maths: { file: "@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2", characters: MATHS },
};

/** The bytes of a face, cut. `targetFormat` is "woff2", or "sfnt" where the tables are to be read. */
export async function cutFont(name, targetFormat = "woff2") {
  const { file, characters, variationAxes } = FACES[name];
  const whole = await readFile(require.resolve(file));
  return subsetFont(whole, characters, { targetFormat, variationAxes });
}
