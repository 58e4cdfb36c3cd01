// Accessibility by rule: WCAG 2.2 A and AA, as far as a machine can tell.

import assert from "node:assert/strict";
import axe from "axe-core";

/** All of WCAG in light colours; in dark ones what depends on colours, since nothing else can be different. */
const SCHEMES = {
  light: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  dark: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
};

async function findings(page, runOnly) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (rules) => window.axe.run(document, { runOnly: rules, resultTypes: ["violations"] }),
    runOnly,
  );
  return violations;
}

function describe(finding, scheme) {
  const places = finding.nodes.map((node) => {
    const why = node.failureSummary.split("\n").slice(1).map((line) => `      ${line.trim()}`);
    return [`    at ${node.target.join(" ")}: ${node.html.slice(0, 160)}`, ...why].join("\n");
  });
  return [`  ${finding.id} (${finding.impact}, ${scheme} colours): ${finding.help}`, ...places].join("\n");
}

/** Fails, with a list, if axe finds anything on the page in its light or in its dark colours. */
export async function clean(page) {
  const list = [];
  for (const [colorScheme, rules] of Object.entries(SCHEMES)) {
    await page.emulateMedia({ colorScheme });
    for (const finding of await findings(page, rules)) list.push(describe(finding, colorScheme));
  }
  await page.emulateMedia({ colorScheme: null });
  assert.ok(list.length === 0, `${page.url()} is not clean:\n${list.join("\n")}`);
}
