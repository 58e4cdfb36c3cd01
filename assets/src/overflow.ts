/**
 * Maths too wide for its place can be scrolled sideways; then it must also be reachable by keyboard,
 * have a name, and fade where it goes on. Where it fits, it is no tab stop.
 */

const WIDE = ".line-math, .task-math";

/** Says to the stylesheet whether there is more to the right. */
function fade(element: Element): void {
  element.toggleAttribute("data-more", element.scrollLeft + element.clientWidth < element.scrollWidth - 1);
}

function judge(element: Element): void {
  fade(element);
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
  for (const element of root.querySelectorAll(WIDE)) {
    sizes.observe(element);
    element.addEventListener("scroll", () => fade(element), { passive: true });
  }
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
