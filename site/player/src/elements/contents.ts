/** The contents list and the progress bar: where the learner is and what is done. */

import { byData, part } from "../schema.ts";
import type { Saving, Session } from "../session.ts";
import { progress } from "../status.ts";
import { sitePath } from "../site.ts";
import { strings } from "../strings.ts";
import { all, find, make, say, words } from "./dom.ts";

const SEEN_TEXT = "data-seen-text";

/** The list of contents names the pages; on the site its theme's navigation does, whose links end in the page's id. */
function link(page: string): HTMLAnchorElement | null {
  const listed = find<HTMLAnchorElement>(document, `${part.pageItem(page)} a`);
  const ending = new RegExp(`/${page}(\\.html|/|/index\\.html)?$`);
  const inCourse = (path: string) => path.startsWith(sitePath(window)) && ending.test(path);
  return listed ?? all<HTMLAnchorElement>(document, "a[href]").find((anchor) => inCourse(anchor.pathname)) ?? null;
}

export function pageTitle(page: string): string {
  const here = find(document, `article${byData("page", page)} h1`);
  return words(here) || title(link(page)) || page;
}

/** The entry's own words, without the minutes beside them. */
function title(entry: HTMLElement | null): string {
  const copy = entry?.cloneNode(true) as HTMLElement | undefined;
  if (copy) for (const extra of all(copy, ".minutes, .visually-hidden")) extra.remove();
  return words(copy ?? null);
}

export const pageHref = (page: string): string => link(page)?.href ?? `${page}.html`;

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
  const minutes = course.pages.filter(({ id, counts }) => counts && !seen.has(id)).reduce((sum, { minutes: each }) => sum + each, 0);
  const main = course.pages.filter(({ after }) => !after);
  const place = main.findIndex(({ id }) => id === page) + 1;
  // A follow-up page is no part of the way.
  if (place) say(find(document, part.progressText), strings.progress(place, main.length, share === 1 ? 0 : minutes));
}

const LOOKS: Record<Saving, string> = {
  saving: "saving", saved: "saved", here: "local", review: "local", unanswered: "waiting", unkept: "waiting", over: "waiting",
};

export function showSaving(session: Session): void {
  const saving = session.saving();
  const line = find(document, part.saving);
  if (!line) return;
  line.dataset.state = LOOKS[saving];
  say(line, strings.saving[saving === "unanswered" && session.onSite ? "away" : saving]);
}
