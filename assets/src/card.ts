import { readProblem } from "./post.ts";

/** After this long without an answer it counts as none. */
const PATIENCE_MS = 20_000;

/**
 * The page that a login card leads to. What the card says stands after the `#` of the address; it is taken out of the
 * address, and so out of the history, before anything else is done. It is kept nowhere but in this function, and the page
 * gives way to the next one in the history: «back» leads past it.
 */
export function readCard(): void {
  const page = document.querySelector<HTMLElement>("[data-card]");
  if (page === null) return;
  const part = (name: string) => page.querySelector<HTMLElement>(`[data-card-${name}]`);
  const [says, ask, button, form] = [part("says"), part("ask"), part("enter"), page.querySelector("form")];
  if (says === null || ask === null || button === null || form === null) return;
  let code = "";

  const say = (sentence: string) => {
    says.textContent = sentence;
  };

  const enter = async () => {
    say(page.dataset["reading"] ?? "");
    ask.hidden = true;
    let answer: Response;
    try {
      answer = await fetch("/card", {
        method: "POST",
        headers: { "X-Fragment": "card", Accept: "application/problem+json" },
        body: new URLSearchParams({ code }),
        // A redirect is the way in; the page goes there itself.
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      say(page.dataset["offline"] ?? "");
      ask.hidden = false;
      return;
    }
    if (answer.type === "opaqueredirect") return location.replace("/");
    const { sentence } = await readProblem(answer);
    say(sentence === "" ? (page.dataset["offline"] ?? "") : sentence);
    // A wait or a fault may pass; a card that opens nothing does not.
    ask.hidden = answer.status !== 429 && answer.status < 500;
    form.hidden = false;
  };

  const take = () => {
    if (location.hash.length < 2) return;
    code = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    form.hidden = true;
    // Whoever is signed in here is asked first, so that no link makes one student write as another.
    if (page.dataset["card"] === "ask") ask.hidden = false;
    else void enter();
  };

  button.addEventListener("click", () => void enter());
  // Another card before the same open page changes nothing but what stands after the #.
  addEventListener("hashchange", take);
  take();
}
