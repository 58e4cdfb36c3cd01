import type { WaitingLine } from "./queue.ts";
import type { Answer } from "./sender.ts";

/** After this long without an answer the line counts as not sent; its key makes a second try safe. */
const PATIENCE_MS = 20_000;

/** Answers that pass: the same line may be taken later. */
const LATER = new Set([401, 403, 408, 425, 429]);

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
  const sentence = await problemSentence(response);
  if (response.status >= 400 && response.status < 500 && !LATER.has(response.status)) {
    return { kind: "refused", sentence };
  }
  return { kind: "later", retryAfter: retryAfter(response), ...(isSignedOut(response) && { sentence }) };
}

function isSignedOut(response: Response): boolean {
  return response.status === 401 || response.status === 403;
}

/** Retry-After in seconds; 0 when it is missing or a date. */
function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) ? seconds : 0;
}

/** The sentence of a problem for people: its detail, or its title. Empty when the answer is none. */
async function problemSentence(response: Response): Promise<string> {
  if (!response.headers.get("Content-Type")?.includes("json")) return "";
  const problem = (await response.json()) as { title?: string; detail?: string };
  return problem.detail ?? problem.title ?? "";
}
