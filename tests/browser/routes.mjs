// The addresses that show a page, as the server's source has them.

import { readFileSync, readdirSync } from "node:fs";

/** Addresses that no story has to look at, each with the reason. */
export const NO_PAGES = {
  "/groups/{group}/now": "a part of the group's page, fetched by it",
  "/groups/{group}/class-code/now": "a part of the class code's page, fetched by it",
  "/my-data/copy": "a file to keep, not a page",
  "/my-data/copy.csv": "the same as a table",
  "/maraton/diploma": "two hundred exercises and 42.2 km away from every story; its words stand in tests/api/courses.rs",
  "/maraton/groups/{group}/diploma": "ten students away from every story; its words stand in tests/api/classes.rs",
  "/maraton/standings.csv": "a table to keep, not a page",
};

/** Every `GET` of `src/web/pages`. */
export const ROUTES = (() => {
  const folder = new URL("../../src/web/pages/", import.meta.url);
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".rs"));
  const found = files.flatMap((name) =>
    [...readFileSync(new URL(name, folder), "utf8").matchAll(/^#\[get\("([^"]+)"/gm)].map(([, path]) => path),
  );
  return [...new Set(found)].sort();
})();

const parts = (path) => path.split("/");
const isValue = (part) => part.startsWith("{");
/** An id, a number, or what stands for one. */
const looksLikeValue = /^([0-9a-f]{32}|\d+)$/;

/** The route that a path belongs to; one that no `GET` has gets `{}` for what looks like an id. */
export function routeOf(path) {
  const asked = parts(path);
  const fits = (route) => {
    const own = parts(route);
    return own.length === asked.length && own.every((part, at) => isValue(part) || part === asked[at]);
  };
  const values = (route) => parts(route).filter(isValue).length;
  const [best] = ROUTES.filter(fits).sort((a, b) => values(a) - values(b));
  return best ?? asked.map((part) => (looksLikeValue.test(part) ? "{}" : part)).join("/");
}

/** The pages that none of `met` (routes) is, and the exceptions that are none any more. */
export function gaps(met) {
  return {
    unmet: ROUTES.filter((route) => !met.has(route) && !(route in NO_PAGES)),
    outdated: Object.keys(NO_PAGES).filter((route) => !ROUTES.includes(route)),
  };
}
