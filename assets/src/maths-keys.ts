/** Where the student's choice to show or hide the keys is kept until the browser is closed. */
const CHOICE = "stegvis.keys";

const TOUCH = "(pointer: coarse)";
const MOUSE_AND_KEYBOARD = "(hover: hover) and (pointer: fine)";

/**
 * <maths-keys> around a toolbar of keys. `data-field` is the id of the field they write in; each key
 * has `data-insert` (text for the caret) or `data-act` (left, right, delete, go). While the keys show on
 * a touch screen the device's own keyboard stays away. `data-show` and `data-hide` name the button.
 */
class MathsKeys extends HTMLElement {
  #toolbar!: HTMLElement;
  #toggle!: HTMLButtonElement;

  connectedCallback(): void {
    const toolbar = this.querySelector<HTMLElement>("[role=toolbar]");
    if (toolbar === null) return;
    this.#toolbar = toolbar;
    this.#toggle = this.querySelector<HTMLButtonElement>(":scope > .keys-toggle") ?? this.#makeToggle();
    toolbar.addEventListener("click", (event) => this.#press(event));
    toolbar.addEventListener("keydown", (event) => this.#walk(event));
    // A key pressed with finger or mouse does not take the caret from the field.
    toolbar.addEventListener("mousedown", (event) => event.preventDefault());
    this.#show(startsOpen());
  }

  get #field(): HTMLInputElement | null {
    const field = document.getElementById(this.dataset["field"] ?? "");
    return field instanceof HTMLInputElement ? field : null;
  }

  get #keys(): HTMLButtonElement[] {
    return [...this.#toolbar.querySelectorAll<HTMLButtonElement>("button.key")];
  }

  #makeToggle(): HTMLButtonElement {
    const toggle = document.createElement("button");
    toggle.type = "button";
    toggle.className = "btn bare slim keys-toggle";
    toggle.addEventListener("click", () => {
      const open = !this.hasAttribute("open");
      sessionStorage.setItem(CHOICE, open ? "shown" : "hidden");
      this.#show(open);
      this.#field?.focus();
    });
    this.prepend(toggle);
    return toggle;
  }

  #show(open: boolean): void {
    this.toggleAttribute("open", open);
    this.#toggle.textContent = (open ? this.dataset["hide"] : this.dataset["show"]) ?? "";
    if (open && matchMedia(TOUCH).matches) this.#field?.setAttribute("inputmode", "none");
    else this.#field?.removeAttribute("inputmode");
  }

  #press(event: MouseEvent): void {
    const key = (event.target as Element).closest<HTMLButtonElement>("button.key");
    const field = this.#field;
    if (key === null || field === null) return;
    this.#moveStop(key);
    // Pressed from the keyboard (detail 0) the focus stays on the key.
    if (event.detail > 0 && document.activeElement !== field) field.focus();
    const { insert, act } = key.dataset;
    if (insert !== undefined) write(field, insert);
    else if (act === "go") field.form?.requestSubmit();
    else if (act === "delete") erase(field);
    else if (act === "left" || act === "right") moveCaret(field, act);
  }

  /** Arrows, Home and End move among the keys; only one of them is a tab stop. */
  #walk(event: KeyboardEvent): void {
    const keys = this.#keys;
    const at = keys.indexOf(document.activeElement as HTMLButtonElement);
    const columns = getComputedStyle(this.#toolbar).gridTemplateColumns.split(" ").length;
    const steps: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - columns,
      ArrowDown: at + columns,
      Home: 0,
      End: keys.length - 1,
    };
    const next = keys[steps[event.key] ?? -1];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    this.#moveStop(next);
    next.focus();
  }

  #moveStop(stop: HTMLButtonElement): void {
    for (const key of this.#keys) key.tabIndex = key === stop ? 0 : -1;
  }
}

function startsOpen(): boolean {
  const choice = sessionStorage.getItem(CHOICE);
  return choice === null ? !matchMedia(MOUSE_AND_KEYBOARD).matches : choice === "shown";
}

/** The selection, as two places in the field's text. */
function selection(field: HTMLInputElement): [number, number] {
  const end = field.value.length;
  return [field.selectionStart ?? end, field.selectionEnd ?? end];
}

function write(field: HTMLInputElement, text: string): void {
  const [from, to] = selection(field);
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
}

function erase(field: HTMLInputElement): void {
  const [from, to] = selection(field);
  if (to === 0) return;
  field.setRangeText("", from === to ? from - 1 : from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "deleteContentBackward" }));
}

function moveCaret(field: HTMLInputElement, way: "left" | "right"): void {
  const [from, to] = selection(field);
  const selected = from !== to;
  const place = way === "left" ? (selected ? from : Math.max(from - 1, 0)) : selected ? to : to + 1;
  field.setSelectionRange(place, place);
}

customElements.define("maths-keys", MathsKeys);
