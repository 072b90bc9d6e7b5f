/** Names and addresses of the course's pages, as the document at hand has them. */

import { byData } from "../schema.ts";
import { sitePath } from "../site.ts";
import { all, find, words } from "./dom.ts";

/** The list of contents names the pages; on the site its theme's navigation does, whose links end in the page's id. */
function link(page: string): HTMLAnchorElement | null {
  const listed = find<HTMLAnchorElement>(document, `${byData("page-item", page)} a`);
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
