// A demo for one story alone: a copy of the one that was filled for all, on a free port of loopback.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, open, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** How long (ms) the demo may take to answer; it is the machine that this is generous to. */
const LONGEST_START = 120_000;

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
    server.on("error", reject);
  });
}

const answers = (url) => fetch(url).then(({ ok }) => ok, () => false);

/** A running demo. */
export class Demo {
  #room;
  #server;
  #log;

  /** Starts `program` on a copy of the data in `filled`, or fills the folder `filled` itself if `inPlace`. */
  static async start(program, filled, { inPlace = false } = {}) {
    const demo = new Demo();
    demo.#room = await mkdtemp(join(tmpdir(), "stegvis-story-"));
    try {
      await demo.#begin(program, filled, inPlace);
    } catch (error) {
      const said = await demo.log();
      await demo.stop();
      throw new Error(`${error.message} What it said:\n${said}`, { cause: error });
    }
    return demo;
  }

  async #begin(program, filled, inPlace) {
    const data = inPlace ? filled : join(this.#room, "data");
    if (!inPlace) await cp(filled, data, { recursive: true });
    this.#log = join(this.#room, "server.log");
    const log = await open(this.#log, "w");
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    this.#server = spawn(program, ["demo", "--listen", `127.0.0.1:${port}`, "--data", data], {
      stdio: ["ignore", log.fd, log.fd],
    });
    await log.close();
    // However this process ends, the demo ends with it.
    process.once("exit", () => this.#server.kill());
    this.ended = new Promise((resolve) => {
      this.#server.once("error", resolve);
      this.#server.once("exit", resolve);
    });
    let isOver = false;
    this.ended.then(() => (isOver = true));
    for (let waited = 0; !(await answers(`${this.url}/health`)); waited += 100) {
      assert.ok(!isOver, "The demo ended before it answered.");
      assert.ok(waited < LONGEST_START, `The demo did not answer on ${this.url}.`);
      await pause(100);
    }
  }

  /** How long (bytes) its log is now. */
  async mark() {
    return (await stat(this.#log)).size;
  }

  /** What it said since `mark`. */
  async log(mark = 0) {
    const said = await readFile(this.#log).catch(() => Buffer.alloc(0));
    return said.subarray(mark).toString();
  }

  async stop() {
    this.#server?.kill();
    await this.ended;
    await rm(this.#room, { recursive: true, force: true });
  }
}
