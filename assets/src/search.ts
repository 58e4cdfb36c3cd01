/**
 * Fields that narrow a list of folded choices to those that hold every word typed: there only where scripts run, for
 * without them the list is whole. `data-search` says what the choices are, `data-found` how many are left, `data-none`
 * what to do when none is.
 */
export function offerSearch(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>("input[data-search]")) narrow(field);
}

function narrow(field: HTMLInputElement): void {
  const choices = [...document.querySelectorAll<HTMLElement>(field.dataset.search ?? "")].map((element) => ({
    element,
    text: (element.textContent ?? "").toLowerCase(),
  }));
  const sections = new Set(choices.map(({ element }) => element.closest("section")));
  const told = document.getElementById(field.getAttribute("aria-describedby") ?? "");
  field.parentElement!.hidden = false;
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    for (const { element, text } of choices) element.hidden = !words.every((word) => text.includes(word));
    for (const section of sections) {
      if (section) section.hidden = choices.every(({ element }) => element.hidden || !section.contains(element));
    }
    const left = choices.filter(({ element }) => !element.hidden).length;
    if (told) told.textContent = words.length === 0 ? "" : left === 0 ? field.dataset.none! : `${field.dataset.found} ${left}`;
  });
  // Enter would send the form that the choices belong to.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
