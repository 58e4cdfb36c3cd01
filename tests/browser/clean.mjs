// Accessibility by rule: WCAG 2.2 A and AA, as far as a machine can tell.

import axe from "axe-core";

const COLOURS = ["color-contrast", "link-in-text-block"];
const WCAG = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
/**
 * All of WCAG in light colours; in dark ones what depends on colours, since nothing else can be different. Colours are
 * the same in every language, so English pages are asked about all the rest.
 */
const SCHEMES = {
  sv: { light: { runOnly: WCAG }, dark: { runOnly: { type: "rule", values: COLOURS } } },
  en: { light: { runOnly: WCAG, rules: Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }])) } },
};

async function violations(page, options) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(
    (asked) => window.axe.run(document, { ...asked, resultTypes: ["violations"] }),
    options,
  );
  return found;
}

function describe(finding, scheme) {
  const places = finding.nodes.map((node) => {
    const why = node.failureSummary.split("\n").slice(1).map((line) => `      ${line.trim()}`);
    return [`    at ${node.target.join(" ")}: ${node.html.slice(0, 160)}`, ...why].join("\n");
  });
  return [`  ${finding.id} (${finding.impact}, ${scheme} colours): ${finding.help}`, ...places].join("\n");
}

/** What axe finds on the page in its light and in its dark colours. */
export async function findings(page, language = "sv") {
  const list = [];
  for (const [colorScheme, options] of Object.entries(SCHEMES[language])) {
    await page.emulateMedia({ colorScheme });
    for (const finding of await violations(page, options)) list.push(`${page.url()}:\n${describe(finding, colorScheme)}`);
  }
  await page.emulateMedia({ colorScheme: null });
  return list;
}
