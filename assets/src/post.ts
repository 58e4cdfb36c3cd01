import type { WaitingLine } from "./queue.ts";
import type { Answer } from "./sender.ts";

/** After this long without an answer the line counts as not sent; its key makes a second try safe. */
const PATIENCE_MS = 20_000;

/**
 * The problems after which the same line can never be taken, by their codes in src/web/problem.rs. Everything else
 * may pass, and the line waits: a collision, a full server, or a browser in which another student has signed in.
 */
const NEVER = new Set(["closed", "line-too-long", "too-many-lines", "exercise-gone", "form-unreadable"]);

/** Sends one line to its calculation. Rejects when there is no net. */
export async function postLine(line: WaitingLine): Promise<Answer> {
  const response = await fetch(`${line.calculation}/lines`, {
    method: "POST",
    headers: { "X-Fragment": "line", Accept: "text/html, application/problem+json" },
    body: new URLSearchParams({ line: line.text, key: line.key }),
    // A redirect leads to the page for signing in, which is not an answer about the line.
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.ok) {
    const html = (await response.text()).trim();
    // Anything else, such as a school net's own page for signing in, says nothing about the line.
    if (!html.startsWith("<li")) return { kind: "later" };
    return { kind: "kept", html, finished: response.headers.get("X-Finished") === "true" };
  }
  const { code, sentence } = await readProblem(response);
  if (NEVER.has(code)) return { kind: "refused", sentence };
  return { kind: "later", retryAfter: retryAfter(response), ...(sentence !== "" && { sentence }) };
}

/** Retry-After in seconds; 0 when it is missing or a date. */
function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) ? seconds : 0;
}

/** A problem's code, and what it says to people: what happened and what to do. Both empty when the answer is none. */
export async function readProblem(response: Response): Promise<{ code: string; sentence: string }> {
  if (!response.headers.get("Content-Type")?.includes("json")) return { code: "", sentence: "" };
  const { code = "", title = "", detail = "" } = (await response.json()) as Record<string, string | undefined>;
  return { code, sentence: `${title} ${detail}`.trim() };
}
