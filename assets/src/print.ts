/** Buttons that open the browser's own window for printing: there only where scripts run. */
export function offerPrint(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}
