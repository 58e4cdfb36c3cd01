// Chromium driven over its own debugging pipe, without further packages.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run", "--remote-debugging-pipe",
  // Headless has no pointer of its own; this gives it a mouse that can hover.
  "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
];

/** Starts Chromium ($CHROMIUM, or `chromium`); gives `openPage` and `close`. */
export async function startChromium() {
  const profile = await mkdtemp(join(tmpdir(), "stegvis-chromium-"));
  const child = spawn(process.env.CHROMIUM ?? "chromium", [...FLAGS, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const send = speak(child.stdio[3], child.stdio[4]);
  return {
    openPage: (options) => openPage(send, options),
    close: async () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Commands out and answers in, as JSON ended by a zero byte. `send.heard` collects the events. */
function speak(out, back) {
  const asked = new Map();
  let rest = "";
  const send = (method, params = {}, sessionId = undefined) => {
    const id = asked.size + 1;
    out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => asked.set(id, { resolve, reject }));
  };
  send.heard = [];
  back.setEncoding("utf8").on("data", (text) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop();
    for (const { id, result, error, ...event } of messages.map((message) => JSON.parse(message))) {
      if (id === undefined) send.heard.push(event);
      else if (error) asked.get(id).reject(new Error(error.message));
      else asked.get(id).resolve(result);
    }
  });
  return send;
}

/** A page in a profile of its own, `width` × `height` pixels, with a finger where `touch`. */
async function openPage(send, { width = 1280, height = 900, touch = false } = {}) {
  const { browserContextId } = await send("Target.createBrowserContext");
  const { targetId } = await send("Target.createTarget", { url: "about:blank", browserContextId });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const command = (method, params) => send(method, params, sessionId);
  await Promise.all([command("Page.enable"), command("Runtime.enable"), command("Log.enable"), command("Network.enable")]);
  await command("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: touch });
  if (touch) await command("Emulation.setTouchEmulationEnabled", { enabled: true });

  const page = {
    command,
    /** What an expression in the page gives, waited for. */
    async see(expression) {
      const { result, exceptionDetails } = await command("Runtime.evaluate", {
        expression, returnByValue: true, awaitPromise: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    /** Waits until an expression holds; fails with the expression after four seconds. */
    async until(expression) {
      const end = Date.now() + 4_000;
      while (!(await page.see(`Boolean(${expression})`).catch(() => false))) {
        if (Date.now() > end) throw new Error(`never held: ${expression}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async open(url) {
      await command("Page.navigate", { url });
      await page.until(`document.readyState === "complete" && location.href === ${JSON.stringify(url)}`);
    },
    offline: (offline) => command("Network.emulateNetworkConditions", {
      offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1,
    }),
    /** What the console and the security policy have complained about, but for answers asked for. */
    complaints: () => send.heard
      .filter((event) => event.sessionId === sessionId)
      .map(({ method, params }) => (method === "Log.entryAdded" ? params.entry : method === "Runtime.exceptionThrown" ? params.exceptionDetails : null))
      .filter((entry) => entry !== null && entry.source !== "network")
      .map((entry) => entry.text),
    ...hands(command, (expression) => page.see(expression)),
    async picture(path) {
      const { data } = await command("Page.captureScreenshot", { captureBeyondViewport: false });
      await writeFile(path, Buffer.from(data, "base64"));
    },
  };
  return page;
}

/** Writing, pressing and clicking, as a person does it. */
function hands(command, see) {
  return {
    write: (text) => command("Input.insertText", { text }),
    async press(key) {
      const text = key === "Enter" ? "\r" : undefined;
      const code = { Enter: 13, Tab: 9, ArrowRight: 39, ArrowDown: 40, ArrowLeft: 37, ArrowUp: 38 }[key];
      await command("Input.dispatchKeyEvent", { type: "keyDown", key, code: key, text, windowsVirtualKeyCode: code });
      await command("Input.dispatchKeyEvent", { type: "keyUp", key, code: key, windowsVirtualKeyCode: code });
    },
    async click(selector) {
      const { x, y } = await see(`(() => {
        const element = document.querySelector(${JSON.stringify(selector)});
        element.scrollIntoView({ block: "nearest" });
        const { left, top, width, height } = element.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      })()`);
      for (const type of ["mousePressed", "mouseReleased"]) {
        await command("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
      }
    },
  };
}
