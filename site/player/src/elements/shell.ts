/** Inside a package: pages are swapped into one document, so that moving on never unloads the LMS session. */

import type { Session } from "../session.ts";
import { ARTICLE, part as partOf } from "../schema.ts";
import { strings } from "../strings.ts";
import { pageTitle } from "./pages.ts";
import { all, find, focus, part, words } from "./dom.ts";
import { dropNotice, notice } from "./notice.ts";

const ROUTE = /^#\/([a-z0-9-]+)(?:\/(.+))?$/;

interface Place {
  readonly page: string;
  readonly anchor: string | null;
}

export interface Shell {
  /** Shows the page of the address, else the one given. */
  start(saved: string | null): Promise<void>;
  go(place: Place): Promise<void>;
}

export function shell(session: Session, main: HTMLElement, arrived: (article: HTMLElement, page: string) => void): Shell {
  const pages = new Map<string, Document>();
  const pageUrl = (page: string) => new URL(`pages/${page}.html`, base);
  const base = new URL(".", window.location.href);
  const courseTitle = main.dataset.courseTitle ?? "";
  const [firstPage] = session.course.pages;
  let current = "";

  function placeOf(link: HTMLAnchorElement): Place | null {
    const url = new URL(link.href);
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return null;
    const file = url.pathname.slice(base.pathname.length);
    const anchor = url.hash.slice(1) || null;
    if (file === "" || file === "index.html") {
      const route = ROUTE.exec(url.hash);
      if (route) return { page: route[1] ?? "", anchor: route[2] ?? null };
      return { page: anchor === null && firstPage ? firstPage.id : current, anchor };
    }
    const page = /^pages\/([^/]+)\.html$/.exec(file)?.[1];
    return page !== undefined && session.course.pageById.has(page) ? { page, anchor } : null;
  }

  async function fetched(page: string): Promise<HTMLElement | null> {
    const kept = pages.get(page);
    const found = kept ?? (await fetchPage(pageUrl(page)));
    if (found) pages.set(page, found);
    const article = found && find(found, ARTICLE);
    return article ? document.importNode(article, true) : null;
  }

  async function display({ page, anchor }: Place): Promise<boolean> {
    if (page !== current) {
      const article = await fetched(page);
      if (!article) {
        notice("trouble", strings.notice.offline);
        return false;
      }
      dropNotice("trouble");
      part(main, ARTICLE).replaceWith(article);
      enter(article, page);
    }
    const target = anchor === null ? null : document.getElementById(anchor);
    if (target) {
      target.closest("details")?.setAttribute("open", "");
      target.scrollIntoView();
      focus(target);
    } else {
      window.scrollTo(0, 0);
      focus(part(main, "h1"));
    }
    return true;
  }

  function enter(article: HTMLElement, page: string): void {
    current = page;
    find(document, partOf.contents)?.hidePopover?.();
    document.title = strings.title(words(find(article, "h1")) || pageTitle(page), courseTitle);
    arrived(article, page);
  }

  async function go(place: Place): Promise<void> {
    if (await display(place)) {
      const route = place.anchor === null ? `#/${place.page}` : `#/${place.page}/${place.anchor}`;
      if (window.location.hash !== route) window.history.pushState(null, "", route);
    }
  }

  function follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || link.target || link.hasAttribute("download")) return;
    const place = placeOf(link);
    if (!place) return;
    event.preventDefault();
    if (place.anchor === main.id) return focus(main); // the skip link
    void go(place);
  }

  const routed = (): Place | null => {
    const route = ROUTE.exec(window.location.hash);
    const page = route?.[1] ?? "";
    return session.course.pageById.has(page) ? { page, anchor: route?.[2] ?? null } : null;
  };

  return {
    go,
    async start(saved) {
      document.addEventListener("click", follow);
      window.addEventListener("popstate", () => {
        const place = routed() ?? (firstPage ? { page: firstPage.id, anchor: null } : null);
        if (place) void display(place);
      });
      const article = part(main, ARTICLE);
      const shown = article.dataset.page ?? "";
      const wanted = routed()?.page ?? saved ?? shown;
      if (wanted === shown || !(await display({ page: wanted, anchor: null }))) enter(article, shown);
      window.history.replaceState(null, "", `#/${current}`);
    },
  };
}

/** A fetched page with its addresses made absolute: it will stand in a document of another folder. */
async function fetchPage(url: URL): Promise<Document | null> {
  const response = await fetch(url, { cache: "no-cache" }).catch(() => null); // a package may be replaced in its place
  if (!response?.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const name of ["src", "href", "poster", "data"])
    for (const element of all(page, `[${name}]`)) {
      const address = element.getAttribute(name) ?? "";
      if (!address.startsWith("#")) element.setAttribute(name, new URL(address, url).href);
    }
  return page;
}
