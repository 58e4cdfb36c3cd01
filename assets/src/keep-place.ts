/**
 * A part of the page that htmx replaces by a taller or a shorter one would push what has focus out of sight, and who goes
 * by keyboard would not know where they are. So what has focus in it stays where it is on the screen; htmx gives the focus
 * back by `id` before it says that it has swapped.
 */
export function keepPlace(): void {
  let before: number | null = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    before = topOfFocus(event.target);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const after = topOfFocus(event.target);
    if (before === null || after === null) return;
    window.scrollBy({ top: after - before, behavior: "instant" });
    before = null;
  });
}

/** How far below the upper edge of the window that begins which has focus; null when nothing in `part` has. */
function topOfFocus(part: EventTarget | null): number | null {
  const { activeElement } = document;
  if (activeElement === null || !(part instanceof Element) || !part.contains(activeElement)) return null;
  return activeElement.getBoundingClientRect().top;
}
