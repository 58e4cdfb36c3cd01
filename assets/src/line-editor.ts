import "./in-place.ts";
import { LineList } from "./line-list.ts";
import { postLine } from "./post.ts";
import { LineQueue, type WaitingLine, forgetOld, pauseAfter } from "./queue.ts";
import { Reading } from "./reading.ts";
import { type Listener, Sender } from "./sender.ts";

/** A line that is answered sooner than this is never shown as on its way. */
const SHOWN_AS_SENDING_AFTER_MS = 300;

/** Verdicts after which the student goes on to the next line. */
const ONWARD = new Set(["right", "unfinished", "goal"]);

/** Announced on `document` when the desk has been replaced, with the new desk as detail. */
export const DESK_REPLACED = "stegvis:desk-replaced";

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * <line-editor> around the list of lines and its writing form. Without it the form posts as any form;
 * with it a line is judged in place, and lines written without net wait and are sent later.
 *
 * `data-calculation` is the calculation's address. Before another task its waiting lines are sent; in a closed
 * calculation those that never got through are shown.
 *
 * Words come from data attributes: sending, unsent, saved, all-saved, waiting (with {time} and {count}),
 * waiting-one (with {time}), refused (when the server gives no sentence), send-first (before another task), behind
 * (beside a line that never got through), and label (with {number}) for the field, whose placeholder becomes next once
 * there is a line. `data-read` is the address of the live reading, /read where it is missing.
 */
class LineEditor extends HTMLElement implements Listener {
  #form!: HTMLFormElement;
  #field!: HTMLInputElement;
  #lines!: LineList;
  #queue!: LineQueue;
  #sender: Sender | null = null;
  #reading: Reading | null = null;
  /** Key of the line that the field still shows while it is being judged. */
  #held: string | null = null;
  /** Key of the newest line that left the field before it was judged: a verdict to mend it on brings it back. */
  #ahead: string | null = null;
  /** When lines began to wait (ms), or null. */
  #offlineSince: number | null = null;
  /** What the server last said about why they wait; undefined without net. */
  #reason: string | undefined;
  #finishedSay: string | null = null;
  /** The form for another task, held until every line has got through. */
  #leaving: HTMLFormElement | null = null;
  /** Lines that were not taken, and why: they are shown again on the finished paper. */
  readonly #refused: [WaitingLine, string][] = [];
  readonly #wake = (): void => this.#sender?.wake();

  connectedCallback(): void {
    const list = this.querySelector<HTMLOListElement>("ol.lines");
    const writing = this.querySelector<HTMLLIElement>("li.writing");
    const form = writing?.querySelector("form");
    const field = form?.querySelector<HTMLInputElement>("input[name=line]");
    // Without crypto.randomUUID (plain HTTP) the form posts itself.
    if (!list || typeof crypto.randomUUID !== "function") return;
    this.#lines = this.#paper(list, writing);
    this.#queue = new LineQueue(localStorage, this.#word("calculation"));
    if (!form || !field) return this.#showLeftBehind();
    this.#form = form;
    this.#field = field;
    this.#sender = new Sender(this.#queue, postLine, sleep, this);
    this.#listen();
    forgetOld(localStorage, Date.now());
    this.#resume();
  }

  disconnectedCallback(): void {
    window.removeEventListener("online", this.#wake);
    this.#sender?.stop();
  }

  #listen(): void {
    const preview = this.querySelector<HTMLElement>(".preview");
    if (preview !== null) this.#reading = new Reading(this.dataset["read"] ?? "/read", preview);
    this.#field.addEventListener("input", () => {
      this.#reading?.ask(this.#field.value);
      this.#held = null;
      this.#lines.showUnderField("");
    });
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    window.addEventListener("online", this.#wake);
    const another = this.closest(".desk")?.querySelector<HTMLFormElement>('form[action$="/another"]');
    another?.addEventListener("submit", (event) => this.#sendFirst(event, another));
  }

  #paper(list: HTMLOListElement, writing: HTMLLIElement | null): LineList {
    const words = { sending: this.#word("sending"), unsent: this.#word("unsent"), saved: this.#word("saved") };
    return new LineList(list, writing, words);
  }

  /** A closed calculation takes no lines. Those that never got through are shown, and stay in the storage. */
  #showLeftBehind(): void {
    for (const line of this.#queue.waiting()) {
      if (this.#lines.isJudged(line.key)) this.#queue.settle(line.key);
      else this.#lines.showRefused(line.key, line.text, this.#word("behind"));
    }
  }

  /** Another task closes this calculation, so the lines that wait are sent before the form is. */
  #sendFirst(event: SubmitEvent, another: HTMLFormElement): void {
    if (this.#queue.waiting().length === 0) return;
    event.preventDefault();
    this.#leaving = another;
    this.#lines.showUnderField(this.#word("sendFirst"));
    this.#say(this.#word("sendFirst"));
    this.#sender?.wake();
  }

  /** Lines that waited when the page was left: those the page already shows are settled, the rest sent. */
  #resume(): void {
    for (const line of this.#queue.waiting()) {
      if (this.#lines.isJudged(line.key)) this.#queue.settle(line.key);
      else this.#lines.showSending(line.key, line.text);
    }
    void this.#send();
  }

  #submit(event: SubmitEvent): void {
    const text = this.#field.value.trim();
    if (text === "" || this.#held !== null) {
      event.preventDefault();
      this.#field.focus();
      return;
    }
    const key = crypto.randomUUID();
    try {
      this.#queue.add(key, text, Date.now());
    } catch {
      return; // The storage is full: the form posts itself, with the key the server made.
    }
    event.preventDefault();
    this.#held = key;
    this.#field.focus();
    // What is typed before the answer takes the line's place instead of being glued to it.
    this.#field.select();
    if (this.#offlineSince === null) setTimeout(() => this.#showIfUnanswered(key, text), SHOWN_AS_SENDING_AFTER_MS);
    else this.#wait(key, text);
    void this.#send();
  }

  #showIfUnanswered(key: string, text: string): void {
    if (!this.#queue.waiting().some((line) => line.key === key)) return;
    this.#lines.showSending(key, text);
    this.#moveAhead(key);
  }

  async #send(): Promise<void> {
    await this.#sender?.run();
    if (this.#finishedSay !== null) await this.#replaceDesk(this.#finishedSay);
  }

  kept(line: WaitingLine, html: string, finished: boolean): void {
    const judged = this.#lines.showJudged(line.key, html);
    this.#showHints(html);
    this.#askForNext();
    const say = judged?.dataset["say"] ?? "";
    const allSaved = this.#offlineSince !== null && this.#queue.waiting().length === 0;
    if (allSaved) this.#offlineSince = null;
    this.#say(allSaved ? `${say} ${this.#word("allSaved")}` : say);
    if (finished) this.#finishedSay = say;
    this.#moveOn(line, judged?.dataset["verdict"] ?? "");
    const number = Number(judged?.dataset["number"]);
    if (number > 0) this.#number(number + 1);
    if (this.#queue.waiting().length === 0) this.#leave();
  }

  /** A line that holds brings the hints that go on from it. */
  #showHints(html: string): void {
    const template = document.createElement("template");
    template.innerHTML = html;
    const hints = template.content.querySelector(".hints");
    if (hints !== null) this.closest(".desk")?.querySelector(".hints")?.replaceWith(hints);
  }

  /** On to another task, if it was asked for; a finished calculation shows its own way on instead. */
  #leave(): void {
    const form = this.#finishedSay === null ? this.#leaving : null;
    this.#leaving = null;
    form?.submit();
  }

  refused(line: WaitingLine, sentence: string): void {
    const why = sentence || this.#word("refused");
    this.#refused.push([line, why]);
    // The student gets to see this before going anywhere.
    this.#leaving = null;
    if (this.#held === line.key) {
      this.#held = null;
      this.#lines.remove(line.key);
      this.#lines.showUnderField(why);
    } else {
      // The field has gone on to another line, so this one has no other place than the paper.
      this.#lines.showRefused(line.key, line.text, why);
    }
    this.#say(why);
  }

  waits(line: WaitingLine, sentence: string | undefined): void {
    // A new reason is said aloud, as when one has been signed out while the net was gone; the same one is not.
    const news = this.#offlineSince === null || this.#reason !== sentence;
    this.#reason = sentence;
    this.#offlineSince ??= Date.now();
    const waiting = this.#queue.waiting();
    const explanation = sentence ?? this.#waitingSentence(waiting.length);
    for (const { key, text } of waiting) this.#wait(key, text, key === line.key ? explanation : "");
    if (news) this.#say(explanation);
  }

  /** The line waits on the paper and the field is free for the next one. */
  #wait(key: string, text: string, explanation = ""): void {
    this.#lines.showUnsent(key, text, explanation);
    this.#moveAhead(key);
  }

  /** The line stands on the paper, so the field is emptied for the next one. */
  #moveAhead(key: string): void {
    if (this.#held !== key) return;
    this.#clear();
    this.#askForNext();
    this.#ahead = key;
  }

  /** The field after a verdict: emptied to go on, or holding the line, selected, to be mended. */
  #moveOn(line: WaitingLine, verdict: string): void {
    const inField = this.#held === line.key;
    const back = this.#ahead === line.key && this.#field.value === "" && !ONWARD.has(verdict);
    if (this.#ahead === line.key) this.#ahead = null;
    if (!inField && !back) return;
    if (back) {
      this.#field.value = line.text;
      this.#reading?.ask(line.text);
    }
    if (ONWARD.has(verdict)) {
      this.#clear();
    } else {
      this.#held = null;
      this.#field.select();
    }
    this.#field.scrollIntoView({ block: "nearest" });
  }

  #clear(): void {
    this.#held = null;
    this.#field.value = "";
    this.#reading?.ask("");
  }

  /** «Write your first step» is asked only while no line stands on the paper. */
  #askForNext(): void {
    this.#field.placeholder = this.dataset["next"] ?? this.#field.placeholder;
  }

  #number(next: number): void {
    const pattern = this.dataset["label"];
    const label = this.#form.querySelector(`label[for="${CSS.escape(this.#field.id)}"]`);
    if (pattern !== undefined && label !== null) label.textContent = pattern.replace("{number}", String(next));
  }

  #waitingSentence(count: number): string {
    const one = this.dataset["waitingOne"];
    const pattern = count === 1 && one !== undefined ? one : this.#word("waiting");
    const since = new Date(this.#offlineSince ?? Date.now());
    const time = since.toLocaleTimeString(document.documentElement.lang || undefined, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    return pattern.replace("{time}", time).replace("{count}", String(count));
  }

  /** Shows the finished calculation in place of the desk, with focus on the way on. */
  async #replaceDesk(say: string): Promise<void> {
    this.#finishedSay = null;
    const desk = this.closest(".desk");
    const ask = () => fetch(this.#word("calculation"), { headers: { "X-Fragment": "desk" }, redirect: "manual" }).catch(() => null);
    let response = await ask();
    for (let failures = 1; !response?.ok; failures += 1) {
      await sleep(pauseAfter(failures));
      if (!this.isConnected) return;
      response = await ask();
    }
    const template = document.createElement("template");
    template.innerHTML = await response.text();
    const next = template.content.querySelector<HTMLElement>(".desk");
    if (desk === null || next === null) return;
    desk.replaceWith(next);
    const list = next.querySelector<HTMLOListElement>("ol.lines");
    if (list !== null) for (const [line, why] of this.#refused) this.#paper(list, null).showRefused(line.key, line.text, why);
    document.dispatchEvent(new CustomEvent(DESK_REPLACED, { detail: next }));
    next.querySelector<HTMLElement>("#next-step")?.focus();
    announce(next.querySelector("[role=status]"), say);
  }

  #say(sentence: string): void {
    announce(this.querySelector("[role=status]"), sentence);
  }

  #word(name: string): string {
    return this.dataset[name] ?? "";
  }
}

/** Emptied first, so that the same sentence twice is read twice. */
function announce(status: Element | null, sentence: string): void {
  if (status === null || sentence === "") return;
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = sentence;
  });
}

customElements.define("line-editor", LineEditor);
