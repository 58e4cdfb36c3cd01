import { announce } from "./announce.ts";

/**
 * <hint-stair> around the hints: a press on one opens it in place, so that what is being typed stays. Without it the forms
 * post themselves. `data-unreached` is said when the server cannot be reached.
 */
export class HintStair extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("submit", (event) => {
      if (!(event.target instanceof HTMLFormElement)) return;
      event.preventDefault();
      void this.#open(event.target);
    });
  }

  async #open(form: HTMLFormElement): Promise<void> {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    let response: Response;
    try {
      response = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "hints" }, redirect: "manual" });
    } catch {
      announce(this.querySelector("[role=status]"), this.dataset["unreached"] ?? "");
      return;
    }
    // Whatever is in the way, its page says what to do.
    if (!response.ok) return form.submit();
    const section = sectionOf(await response.text());
    if (section === null) return form.submit();
    this.show(section);
    this.querySelector<HTMLElement>("summary[autofocus]")?.focus();
  }

  /** Shows these hints in place of those that were there. */
  show(section: HTMLElement): void {
    this.replaceChildren(section);
  }
}

/** The hints in an answer of the server; null if it has none. */
export function sectionOf(html: string): HTMLElement | null {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.querySelector<HTMLElement>("section.hints");
}

customElements.define("hint-stair", HintStair);
