/**
 * Lines that the server has not answered yet. Each is written to the browser's storage before it is
 * sent and taken away when it is answered, so that neither a lost net nor a closed page loses a line.
 */

/** A line on its way. `calculation` is the address of its calculation, `at` when it was written (ms, UTC). */
export interface WaitingLine {
  readonly calculation: string;
  readonly key: string;
  readonly text: string;
  readonly at: number;
}

/** The part of `Storage` that the queue uses. */
export type Shelf = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

const PREFIX = "stegvis.line.";

/** Lines left behind on a shared computer are forgotten after 30 days. */
const KEPT_FOR_MS = 30 * 24 * 60 * 60 * 1000;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * How long to wait (ms) after `failures` failed attempts in a row (1 or more): 1, 2, 4 … 30 seconds,
 * and never shorter than what the server asked for in Retry-After (seconds).
 */
export function pauseAfter(failures: number, retryAfter = 0): number {
  const doubled = FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10);
  return Math.max(Math.min(doubled, LONGEST_PAUSE_MS), retryAfter * 1_000);
}

/**
 * The unanswered lines of one calculation, oldest first. Every line has an entry of its own in the
 * storage, so two tabs cannot write over each other.
 */
export class LineQueue {
  readonly #shelf: Shelf;
  readonly #calculation: string;

  constructor(shelf: Shelf, calculation: string) {
    this.#shelf = shelf;
    this.#calculation = calculation;
  }

  /** Keeps a line until it is settled. Throws when the storage is full. */
  add(key: string, text: string, now: number): WaitingLine {
    const last = this.waiting().at(-1);
    const at = last === undefined ? now : Math.max(now, last.at + 1);
    const line = { calculation: this.#calculation, key, text, at };
    this.#shelf.setItem(PREFIX + key, JSON.stringify(line));
    return line;
  }

  /** The unanswered lines, in the order in which they were written. */
  waiting(): WaitingLine[] {
    return allLines(this.#shelf)
      .filter((line) => line.calculation === this.#calculation)
      .sort((one, other) => one.at - other.at);
  }

  /** Takes away a line that the server has answered. */
  settle(key: string): void {
    this.#shelf.removeItem(PREFIX + key);
  }
}

/** Takes away lines of any calculation that have waited for longer than anyone will come back to. */
export function forgetOld(shelf: Shelf, now: number): void {
  for (const line of allLines(shelf)) {
    if (now - line.at > KEPT_FOR_MS) shelf.removeItem(PREFIX + line.key);
  }
}

function allLines(shelf: Shelf): WaitingLine[] {
  const names = Array.from({ length: shelf.length }, (_, index) => shelf.key(index));
  return names
    .filter((name) => name !== null && name.startsWith(PREFIX))
    .map((name) => readLine(shelf.getItem(name as string)))
    .filter((line) => line !== null);
}

function readLine(entry: string | null): WaitingLine | null {
  try {
    const line: unknown = JSON.parse(entry ?? "null");
    return isWaitingLine(line) ? line : null;
  } catch {
    return null;
  }
}

function isWaitingLine(value: unknown): value is WaitingLine {
  if (typeof value !== "object" || value === null) return false;
  const { calculation, key, text, at } = value as Record<string, unknown>;
  return typeof calculation === "string" && typeof key === "string" && typeof text === "string" && typeof at === "number";
}
