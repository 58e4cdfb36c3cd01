// Writes the colour tokens as CSS. A palette holds every token; which one a page shows is decided
// by the device (media queries) and by the student's own setting (attributes on <html>), so each
// dark and high contrast palette is needed under several selectors. css/palettes.json holds each once.

const CONTRAST = "(prefers-contrast: more)";
const DARK = "(prefers-color-scheme: dark)";

/** Where each palette applies, weakest first: [palette, media query or null, selector]. */
const PLACES = [
  ["light", null, ":root"],
  ["dark", DARK, ':root:not([data-theme="light"])'],
  ["dark", null, ':root[data-theme="dark"]'],
  ["more-light", CONTRAST, ':root:not([data-contrast="normal"])'],
  ["more-light", null, ':root[data-contrast="more"]'],
  ["more-dark", `${CONTRAST} and ${DARK}`, ':root:not([data-contrast="normal"], [data-theme="light"])'],
  ["more-dark", CONTRAST, ':root[data-theme="dark"]:not([data-contrast="normal"])'],
  ["more-dark", DARK, ':root[data-contrast="more"]:not([data-theme="light"])'],
  ["more-dark", null, ':root[data-contrast="more"][data-theme="dark"]'],
];

/** CSS for all palettes, in the order in which they override each other. */
export function writePalettes(palettes) {
  return PLACES.map(([name, media, selector]) => {
    const scheme = name.endsWith("dark") ? "dark" : "light";
    const tokens = Object.entries(palettes[name]).map(([token, value]) => `--${token}: ${value};`);
    const rule = `${selector} { color-scheme: ${scheme}; ${tokens.join(" ")} }`;
    return media === null ? rule : `@media ${media} { ${rule} }`;
  }).join("\n");
}
