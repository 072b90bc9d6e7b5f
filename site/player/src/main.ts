/** Starts the player on a page of the site or in a package. */

import type { AdapterFactory } from "./adapters/adapter.ts";
import { beside } from "./adapters/beside.ts";
import { cmi5 } from "./adapters/cmi5.ts";
import { followed } from "./adapters/followed.ts";
import { local } from "./adapters/local.ts";
import { scorm12 } from "./adapters/scorm12.ts";
import { scorm2004 } from "./adapters/scorm2004.ts";
import { xapi } from "./adapters/xapi.ts";
import { parseCourse } from "./course.ts";
import { clearControl } from "./elements/clear.ts";
import { showContents, showProgress, showSaving } from "./elements/contents.ts";
import { find, focus, make, part } from "./elements/dom.ts";
import { followControl } from "./elements/follow.ts";
import { dropNotice, notice } from "./elements/notice.ts";
import { showOverdue } from "./elements/overdue.ts";
import { pageOf, startPage } from "./elements/page.ts";
import { pageTitle } from "./elements/pages.ts";
import { shell } from "./elements/shell.ts";
import { ARTICLE, COURSE_COPY, WRAPPER } from "./schema.ts";
import { askLearner, HEADER } from "./learner.ts";
import { openSession, type Session } from "./session.ts";
import { courseUrl } from "./site.ts";
import { strings } from "./strings.ts";

const ADAPTERS: Readonly<Record<string, AdapterFactory>> = { local, scorm12, scorm2004, cmi5, xapi };

/** A package may be replaced in its place: a browser then asks whether what it has is still good. */
const freshness = (main: HTMLElement): RequestInit => (main.dataset.shell === undefined ? {} : { cache: "no-cache" });

/** A package's page carries a copy: LMSs on older IIS servers hand out no file whose name ends in .json. */
const courseInPage = (): unknown => JSON.parse(find<HTMLTemplateElement>(document, COURSE_COPY)?.content.textContent ?? "null");

async function start(main: HTMLElement): Promise<void> {
  const response = await fetch(courseUrl(window), freshness(main)).catch(() => null);
  const course = parseCourse((response?.ok && (await response.json().catch(() => null))) || courseInPage());
  const factory = ADAPTERS[main.dataset.adapter ?? "local"] ?? local;
  const endpoint = factory === local ? (response?.headers.get(HEADER) ?? null) : null;
  const learner = endpoint === null ? null : await askLearner(window, endpoint);
  const { lrs: side, lrsKey: key = "", lrsHome: homePage = "", adapter: platform = "" } = main.dataset;
  const alone = learner?.actor ? followed(window, course, learner.endpoint, learner.actor) : factory(window, course);
  const adapter = side === undefined ? alone : beside(window, course, alone, { endpoint: side, key, homePage, platform });
  const session = await openSession(window, course, adapter, pageTitle);

  let page = "";
  let refresh = () => {};
  const update = () => {
    showContents(session, page);
    showProgress(session, page);
    showSaving(session);
    refresh();
    if (session.saving() === "saved") dropNotice("lms");
    troubles(session);
  };
  const arrived = (article: HTMLElement, id: string) => {
    if (page && page !== id) dropNotice("resume");
    page = id;
    refresh = startPage(session, article, id);
    showOverdue(article);
    update();
  };
  session.subscribe(update);
  clearControl(session, learner?.actor ? learner.stop : null);
  if (learner) followControl(session, learner);
  window.addEventListener("pagehide", () => session.leave());

  // A page that comes back from the browser's back-forward cache knows nothing of other tabs, and its session is over.
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());

  if (main.dataset.shell === undefined) {
    const article = part(main, ARTICLE);
    arrived(article, pageOf(course, article));
    if (session.start === "damaged") notice("resume", strings.notice.damaged);
    return;
  }
  const saved = session.state().page;
  const pages = shell(session, main, arrived);
  await pages.start(saved);
  welcome(session, saved, () => {
    const [first] = course.pages;
    if (first) void pages.go({ page: first.id, anchor: null });
  });
  leaveControl(session, main);
}

function welcome(session: Session, saved: string | null, goFirst: () => void): void {
  const { opening, start: begun } = session;
  if (opening.over) return void notice("session", strings.notice.over);
  if (!opening.connected) notice("lms", strings.notice.unconnected);
  if (opening.mode !== "normal") return void notice("review", strings.notice.reviewMode);
  if (begun === "finished") return void notice("review", strings.notice.review);
  if (begun === "damaged") return void notice("resume", strings.notice.damaged);
  if (begun === "resumed" && saved !== null && saved !== session.course.pages[0]?.id) {
    const again = make("button", { type: "button" }, strings.notice.first);
    again.addEventListener("click", goFirst);
    notice("resume", strings.notice.resumed(pageTitle(saved)), again);
  }
}

function troubles(session: Session): void {
  const storage = session.storage();
  // An LMS keeps the work in any case.
  if (storage === "lasting" || (storage === "blocked" && session.reports)) return;
  if (!find(document, '[data-about="storage"]')) notice("storage", strings.notice[storage]);
}

/** cmi5's way back: the LMS's page takes the place of this one. */
function leaveControl(session: Session, main: HTMLElement): void {
  const { returnUrl } = session.opening;
  const finished = () => {
    if (returnUrl !== null) window.location.assign(returnUrl);
    else focus(notice("session", strings.notice.closed));
  };
  session.onFinish(finished);
  if (returnUrl === null) return;
  const leave = make("button", { type: "button", class: "leave", "data-leave": "" }, strings.leave);
  leave.addEventListener("click", () => void session.finish());
  main.append(leave);
}

const submit = (form: HTMLFormElement): boolean => form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

/**
 * In frames whose LMS allows no forms (`sandbox` without `allow-forms`) browsers never say "submit": the click on the
 * button, which Enter makes too, is taken for it. None of these forms is sent anywhere.
 */
document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>(`${WRAPPER} button[type="submit"]`);
  if (event.defaultPrevented || !button?.form) return;
  event.preventDefault();
  submit(button.form);
});

/**
 * Until the session is open no form may be sent nor, in a package, a page left: the next document would not know the
 * launch. What was asked for last happens once the player is ready.
 */
function hold(main: HTMLElement): () => void {
  let wanted = () => {};
  const submitted = (event: SubmitEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = event.target as HTMLFormElement;
    wanted = () => form.isConnected && submit(form);
  };
  const clicked = (event: MouseEvent) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || link.target || main.dataset.shell === undefined) return;
    event.preventDefault();
    wanted = () => link.isConnected && link.click();
  };
  document.addEventListener("submit", submitted, true);
  document.addEventListener("click", clicked, true);
  return () => {
    document.removeEventListener("submit", submitted, true);
    document.removeEventListener("click", clicked, true);
    main.dataset.ready = "";
    wanted();
  };
}

const main = find(document, WRAPPER);
if (main) {
  const release = hold(main);
  start(main)
    .catch((problem: unknown) => {
      console.error(problem);
      notice("trouble", strings.notice.broken);
    })
    .finally(release);
}
// Whether or not a course can be started.
showOverdue(document);
