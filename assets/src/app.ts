import htmx from "htmx.org";
import { readCard } from "./card.ts";
import { keepPlace } from "./keep-place.ts";
import { DESK_REPLACED } from "./line-editor.ts";
import "./maths-keys.ts";
import { watchOverflow } from "./overflow.ts";
import { offerPrint } from "./print.ts";
import { offerSearch } from "./search.ts";

// First of all: what a card says leaves the address.
readCard();

// The content security policy allows no eval and no inline styles.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;

document.addEventListener(DESK_REPLACED, (event) => {
  htmx.process((event as CustomEvent<HTMLElement>).detail);
});

watchOverflow();
keepPlace();
offerPrint();
offerSearch();
