/** The contents list and the progress bar: where the learner is and what is done. */

import { part } from "../schema.ts";
import type { Saving, Session } from "../session.ts";
import { progress } from "../status.ts";
import { strings } from "../strings.ts";
import { all, find, make, say } from "./dom.ts";

const SEEN_TEXT = "data-seen-text";

export function showContents(session: Session, page: string): void {
  const { seen } = session.state();
  for (const item of all(document, "[data-page-item]")) {
    const id = item.dataset.pageItem ?? "";
    const anchor = find(item, "a");
    if (id === page) anchor?.setAttribute("aria-current", "page");
    else anchor?.removeAttribute("aria-current");
    if (!seen.has(id) || item.dataset.seen !== undefined) continue;
    item.dataset.seen = "";
    item.append(make("span", { class: "visually-hidden", [SEEN_TEXT]: "" }, ` (${strings.seen})`));
  }
}

export function showProgress(session: Session, page: string): void {
  const { course } = session;
  const { seen } = session.state();
  const share = progress(course, session.state());
  const bar = find<HTMLProgressElement>(document, part.progress);
  if (bar) bar.value = Math.floor(share * 100);
  const main = course.pages.filter(({ after }) => !after);
  const place = main.findIndex(({ id }) => id === page) + 1;
  // What comes after the final check is never noted as seen: it is still to come until one is there.
  const minutes = main.filter(({ id, counts }, at) => (counts ? !seen.has(id) : at + 1 >= place)).reduce((sum, { minutes: each }) => sum + each, 0);
  // A follow-up page is no part of the way.
  say(find(document, part.progressText), place ? strings.progress(place, main.length, share === 1 ? 0 : minutes) : "");
}

const LOOKS: Record<Saving, string> = {
  saving: "saving", saved: "saved", here: "local", review: "local", unanswered: "waiting", unkept: "waiting", over: "waiting",
};

export function showSaving(session: Session): void {
  const saving = session.saving();
  const line = find(document, part.saving);
  if (!line) return;
  line.dataset.state = LOOKS[saving];
  // After each answer there is enough to hear: what went well is there to be read.
  line.setAttribute("aria-live", LOOKS[saving] === "waiting" ? "polite" : "off");
  say(line, strings.saving[saving === "unanswered" && session.onSite ? "away" : saving]);
}
