/** Messages above the page's text: welcome back, review, trouble. One of each kind at a time, all in one live region. */

import { byData, part } from "../schema.ts";
import { all, find, make, show } from "./dom.ts";

export type About = "session" | "lms" | "resume" | "review" | "storage" | "trouble";
const CAUTION: readonly About[] = ["session", "lms", "storage", "trouble"];

export function notice(about: About, text: string, ...actions: readonly HTMLElement[]): HTMLElement {
  const place = find(document, part.notices) ?? makePlace();
  const entry = make("div", { "data-about": about }, make("p", {}, text), ...actions);
  find(place, byData("about", about))?.remove();
  place.append(entry);
  settle(place);
  return entry;
}

export function dropNotice(about: About): void {
  const place = find(document, part.notices);
  if (!place) return;
  find(place, byData("about", about))?.remove();
  settle(place);
}

function settle(place: HTMLElement): void {
  const entries = all(place, "[data-about]");
  place.dataset.kind = entries.some((entry) => CAUTION.includes(entry.dataset.about as About)) ? "caution" : "information";
  show(place, entries.length > 0);
}

/** For a wrapper of somebody else's making. */
function makePlace(): HTMLElement {
  const place = make("div", { class: "notice", "data-notice": "", role: "status" });
  find(document, "[data-masterclass]")?.prepend(place);
  return place;
}
