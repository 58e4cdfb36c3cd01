/** How the field is read, shown under it while the student types. */

const AFTER_LAST_KEY_MS = 150;

export class Reading {
  readonly #address: string;
  readonly #preview: HTMLElement;
  #timer = 0;
  #request: AbortController | null = null;

  /** `address` takes `text=` and answers with a fragment; `preview` shows it after its `data-label`. */
  constructor(address: string, preview: HTMLElement) {
    this.#address = address;
    this.#preview = preview;
  }

  /** Asks how `text` is read, when no key has been pressed for a moment. Forgets older questions. */
  ask(text: string): void {
    window.clearTimeout(this.#timer);
    this.#request?.abort();
    if (text.trim() === "") {
      this.#preview.replaceChildren();
      return;
    }
    this.#timer = window.setTimeout(() => void this.#fetch(text), AFTER_LAST_KEY_MS);
  }

  async #fetch(text: string): Promise<void> {
    const request = new AbortController();
    this.#request = request;
    try {
      const response = await fetch(this.#address, {
        method: "POST",
        headers: { Accept: "text/html" },
        body: new URLSearchParams({ text }),
        signal: request.signal,
      });
      const fragment = response.ok && !response.redirected ? await response.text() : "";
      if (!request.signal.aborted) this.#show(fragment);
    } catch {
      // Aborted, or without net: what was shown last may no longer be what is written.
      if (!request.signal.aborted) this.#show("");
    }
  }

  #show(fragment: string): void {
    const template = document.createElement("template");
    template.innerHTML = fragment.trim();
    if (template.content.childNodes.length === 0) {
      this.#preview.replaceChildren();
      return;
    }
    const label = document.createElement("span");
    label.className = "small";
    label.textContent = this.#preview.dataset["label"] ?? "";
    this.#preview.replaceChildren(label, " ", template.content);
  }
}
