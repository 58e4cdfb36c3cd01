/** Says a sentence to a screen reader. Emptied first, so that the same sentence twice is read twice. */
export function announce(status: Element | null, sentence: string): void {
  if (status === null || sentence === "") return;
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = sentence;
  });
}
