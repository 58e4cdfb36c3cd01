import { type LineQueue, type WaitingLine, pauseAfter } from "./queue.ts";

/** What came of sending a line. */
export type Answer =
  /** Stored and judged. `html` is the line as the page shows it. */
  | { kind: "kept"; html: string; finished: boolean }
  /** The server will not take this line; sending it again would not help. */
  | { kind: "refused"; sentence: string }
  /** Not this time: the line waits. `retryAfter` in seconds; `sentence` says why, and is missing without net. */
  | { kind: "later"; retryAfter?: number; sentence?: string };

/** Who is told how a line fares. */
export interface Listener {
  kept(line: WaitingLine, html: string, finished: boolean): void;
  refused(line: WaitingLine, sentence: string): void;
  waits(line: WaitingLine, sentence: string | undefined): void;
}

/** Sends the queue's lines one at a time, oldest first, until none is left or it is stopped. */
export class Sender {
  readonly #queue: LineQueue;
  readonly #post: (line: WaitingLine) => Promise<Answer>;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #listener: Listener;
  #running = false;
  #stopped = false;
  #wake: () => void = () => {};

  /** `post` sends one line; `sleep` passes the time between attempts. */
  constructor(
    queue: LineQueue,
    post: (line: WaitingLine) => Promise<Answer>,
    sleep: (ms: number) => Promise<void>,
    listener: Listener,
  ) {
    this.#queue = queue;
    this.#post = post;
    this.#sleep = sleep;
    this.#listener = listener;
  }

  /** Sends what waits. Resolves when the queue is empty; does nothing if already at it. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    let failures = 0;
    for (let line = this.#next(); line !== undefined; line = this.#next()) {
      const answer = await this.#post(line).catch((): Answer => ({ kind: "later" }));
      if (answer.kind !== "later") {
        failures = 0;
        this.#settle(line, answer);
        continue;
      }
      failures += 1;
      this.#listener.waits(line, answer.sentence);
      await this.#rest(pauseAfter(failures, answer.retryAfter));
    }
    this.#running = false;
  }

  /** Cuts the pause between attempts short, as when the net comes back. */
  wake(): void {
    this.#wake();
  }

  /** Sends nothing more, as when the page is left. The lines stay in the queue. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  #next(): WaitingLine | undefined {
    return this.#stopped ? undefined : this.#queue.waiting()[0];
  }

  #settle(line: WaitingLine, answer: Exclude<Answer, { kind: "later" }>): void {
    this.#queue.settle(line.key);
    if (answer.kind === "kept") this.#listener.kept(line, answer.html, answer.finished);
    else this.#listener.refused(line, answer.sentence);
  }

  async #rest(ms: number): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await Promise.race([this.#sleep(ms), woken]);
  }
}
