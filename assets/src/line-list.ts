/** The list of lines on the paper: lines on their way, and lines as the server has judged them. */

/** Words shown in the list, translated by the server. */
export interface LineWords {
  sending: string;
  unsent: string;
  saved: string;
}

export class LineList {
  readonly #list: HTMLOListElement;
  readonly #writing: HTMLLIElement | null;
  readonly #words: LineWords;

  /** `list` holds the lines; its `.writing` line is the one being written and stays last. None in a closed calculation. */
  constructor(list: HTMLOListElement, writing: HTMLLIElement | null, words: LineWords) {
    this.#list = list;
    this.#writing = writing;
    this.#words = words;
  }

  /** The line with this key, whether judged or on its way. */
  find(key: string): HTMLLIElement | null {
    return this.#list.querySelector(`li[data-key="${CSS.escape(key)}"]`);
  }

  /** Whether the server has already judged the line with this key. */
  isJudged(key: string): boolean {
    const verdict = this.find(key)?.dataset["verdict"];
    return verdict !== undefined && verdict !== "sending" && verdict !== "unsent";
  }

  /** Shows a line that is on its way, after those already there. */
  showSending(key: string, text: string): void {
    if (this.find(key) !== null) return;
    const line = this.#draft(key, text);
    this.#mark(line, "sending", "ellipsis", this.#words.sending);
    this.#add(line);
  }

  /** Shows that a line waits. `explanation`, when given, stands under it, in place of an older one. */
  showUnsent(key: string, text: string, explanation = ""): void {
    this.showSending(key, text);
    const line = this.find(key);
    if (line === null) return;
    if (line.dataset["verdict"] !== "unsent") this.#mark(line, "unsent", "cloud-off", this.#words.unsent);
    if (explanation === "") return;
    line.querySelector(".line-body > .small")?.remove();
    line.querySelector(".line-body")?.append(paragraph("small quiet-text", explanation));
  }

  /** Shows that a line was not taken, and why. It is no longer on its way anywhere. */
  showRefused(key: string, text: string, sentence: string): void {
    this.showUnsent(key, text);
    const line = this.find(key);
    if (line === null) return;
    line.dataset["verdict"] = "refused";
    line.querySelector(":scope > .line-state")?.remove();
    line.querySelector(".line-body > .small")?.remove();
    line.querySelector(".line-body")?.append(saying(sentence));
  }

  /** Says under the field why its line was not taken; an empty sentence takes that away. */
  showUnderField(sentence: string): void {
    const body = this.#writing?.querySelector(".line-body");
    body?.querySelector(":scope > .line-say")?.remove();
    if (sentence !== "") body?.querySelector(":scope > .row")?.before(saying(sentence));
  }

  /** Puts the judged line where its draft stood. Gives the line, or null when `html` holds none. */
  showJudged(key: string, html: string): HTMLLIElement | null {
    const template = document.createElement("template");
    template.innerHTML = html;
    const judged = template.content.querySelector<HTMLLIElement>("li.line");
    if (judged === null) return null;
    const draft = this.find(key);
    if (draft === null) this.#add(judged);
    else draft.replaceWith(judged);
    judged.classList.add("arrive");
    this.#moveSaved(judged);
    return judged;
  }

  /** Takes a line off the paper. */
  remove(key: string): void {
    this.find(key)?.remove();
  }

  /** «Saved» stands on the newest line only. */
  #moveSaved(newest: HTMLLIElement): void {
    for (const state of this.#list.querySelectorAll('li:not([data-verdict="sending"], [data-verdict="unsent"]) > .line-state')) {
      if (!newest.contains(state)) state.remove();
    }
    if (newest.querySelector(":scope > .line-state") === null) {
      newest.append(this.#state(this.#words.saved, "cloud-check"));
    }
  }

  #add(line: HTMLLIElement): void {
    if (this.#writing === null) this.#list.append(line);
    else this.#writing.before(line);
  }

  #draft(key: string, text: string): HTMLLIElement {
    const line = document.createElement("li");
    line.className = "line";
    line.dataset["key"] = key;
    const mark = document.createElement("span");
    mark.className = "mark";
    mark.setAttribute("aria-hidden", "true");
    const body = document.createElement("div");
    body.className = "line-body";
    body.append(paragraph("typed", text));
    line.append(mark, body);
    return line;
  }

  #mark(line: HTMLLIElement, verdict: string, icon: string, word: string): void {
    line.dataset["verdict"] = verdict;
    line.querySelector(":scope > .mark")?.replaceChildren(this.#icon(icon));
    line.querySelector(":scope > .line-state")?.remove();
    line.append(this.#state(word));
  }

  #state(word: string, icon?: string): HTMLElement {
    const state = document.createElement("span");
    state.className = "line-state";
    if (icon !== undefined) state.append(this.#icon(icon));
    state.append(word);
    return state;
  }

  /** An icon from the sprite that the page's own icons come from. */
  #icon(name: string): SVGElement {
    const sprite = document.querySelector("svg.icon > use")?.getAttribute("href")?.split("#")[0] ?? "";
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${sprite}#i-${name}`);
    svg.append(use);
    return svg;
  }
}

function saying(sentence: string): HTMLDivElement {
  const box = document.createElement("div");
  box.className = "line-say";
  box.append(paragraph("", sentence));
  return box;
}

function paragraph(className: string, text: string): HTMLParagraphElement {
  const element = document.createElement("p");
  if (className !== "") element.className = className;
  element.textContent = text;
  return element;
}
