// What is measured in the page itself. Each function runs there, so each stands alone.

/**
 * What the page is made of, whatever it says: pages of one address with the same parts in the same states are judged
 * alike, and looking at one of them is enough.
 */
export function stateOf() {
  const parts = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("math, svg")) continue;
    const states = ["role", "type", "aria-invalid", "aria-current", "aria-expanded", "open", "disabled", "data-verdict"]
      .filter((name) => element.hasAttribute(name))
      .map((name) => `${name}=${element.getAttribute(name)}`);
    parts.add(`${element.localName}.${[...element.classList].sort().join(".")}[${states.join()}]`);
  }
  const root = document.documentElement;
  return [root.lang, root.dataset.theme, root.dataset.contrast, root.dataset.reading, ...[...parts].sort()].join(" ");
}

/** Every text of the page, and every name that only a screen reader says, but for maths and what says its language. */
export function spoken() {
  const found = new Set();
  const own = document.documentElement.lang;
  const isOther = (element) =>
    element === null || element.closest(`script, style, math, code, [translate="no"], [lang]:not([lang="${own}"])`) !== null;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!isOther(node.parentElement)) found.add(node.textContent);
  }
  for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    if (isOther(element)) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt"]) found.add(element.getAttribute(name) ?? "");
  }
  return [document.title.replace(/ – Stegvis$/, ""), ...found]
    .map((text) => text.replace(/[\u2068\u2069]/g, "").replace(/[ \n]+/g, " ").trim())
    .filter((text) => /\p{L}/u.test(text));
}

/** What can be pressed and is narrower or lower than `least` px, but for links within a sentence. */
export function smallTargets(least) {
  const found = [];
  const isInSentence = (element) =>
    getComputedStyle(element).display === "inline" &&
    [...element.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.data));
  /** What belongs to the target too: a label around it, or the card over which a title is stretched. */
  const boxesOf = (element) => {
    const boxes = [element, ...(element.labels ?? [])];
    for (const part of ["::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (style.content === "none" || style.position !== "absolute") continue;
      const around = getComputedStyle(element).position === "static" ? element.offsetParent : element;
      const [width, height] = [Number.parseFloat(style.width), Number.parseFloat(style.height)];
      if (around !== null && width >= least && height >= least) boxes.push({ getBoundingClientRect: () => ({ width, height }) });
    }
    return boxes.map((box) => box.getBoundingClientRect());
  };
  const targets = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
  for (const element of document.body.querySelectorAll(targets)) {
    if (element.matches(".skip, [aria-hidden=true] *") || element.closest("svg")) continue;
    if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
    if (isInSentence(element)) continue;
    const boxes = boxesOf(element);
    const isEnough = (side) => Math.max(...boxes.map((box) => box[side])) >= least - 0.5;
    if (isEnough("width") && isEnough("height")) continue;
    const { width, height } = boxes[0];
    found.push(`${Math.round(width)} × ${Math.round(height)}: ${element.outerHTML.replace(/\s+/g, " ").slice(0, 140)}`);
  }
  return found;
}

/** Texts that their own box cuts off. */
export function cutOff() {
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("math, svg, .sr, .skip, select") || element.matches("input, textarea")) continue;
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    if (!hasText || !element.checkVisibility({ visibilityProperty: true })) continue;
    const { overflowX, overflowY, display } = getComputedStyle(element);
    // What only a screen reader says is one pixel wide.
    if (display === "inline" || element.clientWidth <= 1) continue;
    const isWide = element.scrollWidth > element.clientWidth + 1;
    const isHigh = element.scrollHeight > element.clientHeight + 1;
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    const sticksOut = isWide && element.matches("button, .btn, .tag, .card, th, td");
    if ((isWide && hides(overflowX)) || (isHigh && hides(overflowY)) || sticksOut) {
      found.push(element.outerHTML.replace(/\s+/g, " ").slice(0, 140));
    }
  }
  return found;
}

/** Texts of which one lies over the other. */
export function boxesOverEachOther() {
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === "" || element.closest("math, svg, option, .sr, .skip, .keys, script, style")) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    // What is docked lies over what scrolls by, and is looked at by itself.
    let docked = false;
    for (let box = element; box !== null; box = box.parentElement) {
      docked ||= ["fixed", "sticky"].includes(getComputedStyle(box).position);
    }
    if (docked) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      // Letters fill about the middle two thirds of the box around them.
      const rest = (bottom - top) / 6;
      if (right - left > 2) boxes.push({ left: left + 1, right: right - 1, top: top + rest, bottom: bottom - rest, node });
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  const found = [];
  for (const [at, one] of boxes.entries()) {
    for (let next = at + 1; next < boxes.length && boxes[next].top < one.bottom; next++) {
      const other = boxes[next];
      if (other.node === one.node || other.left >= one.right || other.right <= one.left) continue;
      found.push(`«${one.node.data.trim().slice(0, 60)}» and «${other.node.data.trim().slice(0, 60)}»`);
    }
  }
  return [...new Set(found)].slice(0, 10);
}
