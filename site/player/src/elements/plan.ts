/** A plan written in the page's form: kept here, taken along as paper, text or reminders, and reported as made and nothing more. */

import type { Block } from "../course.ts";
import { calendar } from "../calendar.ts";
import type { PlanMade } from "../interactions.ts";
import { actions, dayInWords, isEmpty, lacking, markdown, reminders, today, USUAL, wordsIn, type FollowUp, type Naming, type PlanWords } from "../plan-words.ts";
import type { Session } from "../session.ts";
import { plans } from "../story.ts";
import { download } from "./download.ts";
import { pageHref, pageTitle } from "./pages.ts";
import { printAlone } from "./paper.ts";
import { button, keeper, privately } from "./private.ts";
import { all, find, make, part, say, show, words } from "./dom.ts";
import { listed, planStrings as strings } from "./plan-strings.ts";
import type { Practice } from "./practice.ts";

const place = (block: string) => `plan.${block}`;
/** The reminders' own number: a calendar that gets them again replaces what it has. */
const number = (block: string) => `plan.${block}.id`;

type Control = HTMLInputElement | HTMLTextAreaElement;

export const plan: Practice = (session, block, root) => {
  const form = part<HTMLFormElement>(root, "form");
  const controls = all<Control>(form, "textarea, input");
  const error = part(form, "[data-error]");
  const verdict = part(form, "[data-verdict]");
  const naming: Naming = { title: words(find(root, "h2")), course: courseTitle(), language: session.course.language };
  const pages = followUps(session);
  const own = privately(session, place(block.id));
  const keeping = keeper(own, strings.what, refresh);
  verdict.after(keeping.element, toolbar());

  const written = (): PlanWords => wordsIn(JSON.stringify(Object.fromEntries(controls.map(({ name, value }) => [name, value]))));

  function keep(): void {
    own.write(JSON.stringify(written()));
    keeping.tell();
    for (const control of controls) mirror(control, naming.language);
  }

  function restore(): void {
    const plan = wordsIn(own.read());
    for (const control of controls) {
      control.value = plan[control.name as keyof PlanWords];
      mirror(control, naming.language);
    }
  }

  function made(): void {
    const fact = (): PlanMade => ({ kind: "plan", block: block.id, page: block.page, title: naming.title, at: Date.now() });
    session.happen({ type: "plan", block: block.id }, () => [fact()]);
    refresh();
    verdict.focus({ preventScroll: true });
  }

  function complain(text: string, control: Control | undefined): void {
    for (const each of controls) each.removeAttribute("aria-invalid");
    show(error, text !== "");
    say(error, text);
    control?.setAttribute("aria-invalid", "true");
    control?.focus();
  }

  form.addEventListener("input", keep);
  session.kept.watch(place(block.id), () => root.isConnected && restore());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = lacking(written());
    complain(field ? strings.lacks[field] : "", controls.find(({ name }) => name === field));
    if (!field) made();
  });
  part(form, "[data-on-paper]").addEventListener("click", () => {
    complain("", undefined);
    made();
  });

  function toolbar(): HTMLElement {
    const days = listed((pages.length ? pages : USUAL).map(({ after }) => after));
    return make("div", { class: "plan-tools", role: "group", "aria-label": strings.take },
      make("p", { class: "question-actions" },
        button(strings.print, "print", () => printAlone(root)),
        button(strings.text, "text", () => download(`${block.id}.md`, "text/markdown", markdown(written(), naming))),
        button(strings.calendar, "calendar", () => download(`${block.id}.ics`, "text/calendar", inCalendar(written())))),
      make("p", { class: "field-note" }, strings.inCalendar(days)));
  }

  function inCalendar(plan: PlanWords): string {
    const now = new Date();
    const kept = privately(session, number(block.id));
    let id = kept.read();
    if (!id) kept.write((id = crypto.getRandomValues(new Uint32Array(3)).join("-")));
    return calendar(reminders(plan, naming, pages, id, plan.date || today(now)), now);
  }

  /** Also after "Clear my work", which leaves nothing of it. */
  function refresh(): void {
    const isMade = session.state().plans.has(block.id);
    const kept = wordsIn(own.read());
    if (isEmpty(kept) && !isEmpty(written())) restore();
    for (const button of all<HTMLButtonElement>(form, "[data-made], [data-on-paper]")) {
      show(button, !isMade);
      button.disabled = session.opening.over; // nobody would hear of it
    }
    say(verdict, isMade ? (isEmpty(kept) ? strings.madeElsewhere : strings.made) : "");
  }
  // Written while this script was still on its way.
  const early = controls.filter(({ value }) => value).map((control) => [control, control.value] as const);
  restore();
  for (const [control, text] of early) control.value ||= text;
  if (early.length) keep();
  refresh();
  return refresh;
};

/** What was typed as text of its own: a control cuts off on paper what does not fit into it. */
function mirror(control: Control, language: string): void {
  const copy = control.nextElementSibling ?? control.parentElement?.appendChild(make("span", { class: "print-only written" }));
  if (copy) copy.textContent = control.type === "date" ? dayInWords(control.value, language) : control.value;
}

const courseTitle = (): string => find(document, "[data-course-title]")?.dataset.courseTitle ?? "";

/** On the site a reminder leads to the page beside this one; from a package to the site, when the build knew where it is. */
function followUps(session: Session): FollowUp[] {
  return session.course.pages
    .filter(({ after }) => after > 0)
    .sort((one, other) => one.after - other.after)
    .map(({ id, after, address }) => ({ title: pageTitle(id), after, url: session.onSite ? pageHref(id) : address }));
}

/** The learner's own plan above the questions about it. */
export const planCheck: Practice = (session, _block, root) => {
  const before = root.previousElementSibling?.closest<HTMLElement>("[data-plan-kept]");
  const shown = make("div", {});

  function refresh(): void {
    const kept = plans(session.course).map((made: Block) => wordsIn(privately(session, place(made.id)).read())).find((each) => !isEmpty(each));
    shown.replaceChildren(
      ...(kept ? [make("p", {}, strings.kept), make("ol", {}, ...actions(kept).map((action) => make("li", {}, action)))] : []),
      ...(kept?.date ? [make("p", {}, strings.from(dayInWords(kept.date, session.course.language)))] : []),
    );
    if (kept) before?.append(shown);
    else shown.remove();
  }
  refresh();
  return refresh;
};
