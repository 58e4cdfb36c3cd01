/**
 * Maths too wide for its place can be scrolled sideways; then it must also be reachable by keyboard
 * and have a name. Where it fits, it is no tab stop.
 */

const WIDE = ".line-math, .task-math";

function judge(element: Element): void {
  const overflows = element.scrollWidth > element.clientWidth + 1;
  if (overflows) {
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", element.querySelector("math")?.getAttribute("alttext") ?? "");
  } else if (element.getAttribute("role") === "group") {
    for (const name of ["tabindex", "role", "aria-label"]) element.removeAttribute(name);
  }
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) judge(target);
});

function watch(root: ParentNode): void {
  for (const element of root.querySelectorAll(WIDE)) sizes.observe(element);
}

/** Watches all maths on the page, also what arrives later. */
export function watchOverflow(): void {
  watch(document);
  const arrivals = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node instanceof Element) watch(node);
    }
  });
  arrivals.observe(document.body, { childList: true, subtree: true });
}
