/**
 * <in-place> around a form: what it sends is answered in its place, so that what is being typed elsewhere stays. Without it
 * the form posts itself. The focus goes to what is marked with `autofocus` in the answer; `data-unreached` is said when the
 * server cannot be reached.
 */
export class InPlace extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("submit", (event) => {
      if (!(event.target instanceof HTMLFormElement)) return;
      event.preventDefault();
      void this.#send(event.target);
    });
  }

  async #send(form: HTMLFormElement): Promise<void> {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    let response: Response;
    try {
      response = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "place" }, redirect: "manual" });
    } catch {
      return this.#complain();
    }
    // Whatever is in the way, its page says what to do.
    if (!response.ok) return form.submit();
    const template = document.createElement("template");
    template.innerHTML = await response.text();
    this.replaceChildren(template.content);
    this.querySelector<HTMLElement>("[autofocus]")?.focus();
  }

  #complain(): void {
    this.querySelector("[role=alert]")?.remove();
    const alert = document.createElement("p");
    alert.className = "small";
    alert.setAttribute("role", "alert");
    alert.textContent = this.dataset["unreached"] ?? "";
    this.append(alert);
  }
}

customElements.define("in-place", InPlace);
