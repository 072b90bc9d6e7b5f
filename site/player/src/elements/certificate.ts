/** A certificate, made on the page once the masterclass is complete. The name on it is known to this browser only. */

import type { Course } from "../course.ts";
import type { State } from "../progress.ts";
import { missingPages } from "../status.ts";
import { certificateStrings as text } from "./certificate-strings.ts";
import { pageHref, pageTitle } from "./pages.ts";
import { make, part, say, show } from "./dom.ts";
import { printAlone } from "./paper.ts";
import type { Practice } from "./practice.ts";
import { button, keeper, privately } from "./private.ts";

interface Made {
  readonly name: string;
  readonly hours: string;
  /** The day it was first made, of this browser's clock. */
  readonly on: string;
}

export const certificate: Practice = (session, block, root) => {
  const own = privately(session, `own.${block.id}`);
  const paper = part(root, "[data-certificate]");
  const open = make("div", { "data-certificate-open": "" });
  const name = field("name", text.name, text.nameHint, "name");
  const hours = field("hours", text.hours, text.hoursHint, "off");
  const keeping = keeper(own, text.what, () => load());
  paper.prepend(make("div", { class: "certificate-form", "data-bar": "" }, name.element, hours.element, keeping.element));
  paper.append(make("p", { class: "sheet-ways", "data-bar": "" }, button(text.print, "print", () => printAlone(part(root, "[data-certificate-paper]")))));
  paper.before(open);

  function field(id: string, label: string, hint: string, autocomplete: "name" | "off") {
    const ident = `${block.id}--${id}`;
    const input = make("input", { id: ident, type: "text", autocomplete, maxlength: "200", "aria-describedby": `${ident}--hint` });
    input.addEventListener("input", () => {
      own.write(JSON.stringify({ ...read(own.read()), [id]: input.value }));
      keeping.tell();
      draw();
    });
    const element = make("div", { class: "field" }, make("label", { class: "field-label", for: ident }, label), make("p", { class: "field-hint", id: `${ident}--hint` }, hint), input);
    return { element, input };
  }

  function load(): void {
    const made = read(own.read());
    name.input.value = made.name;
    hours.input.value = made.hours;
    draw();
  }

  function draw(): void {
    say(part(root, "[data-certificate-name]"), name.input.value.trim());
    say(part(root, "[data-certificate-hours]"), hours.input.value.trim());
    const day = new Date(read(own.read()).on);
    say(part(root, "[data-certificate-date]"), day.toLocaleDateString(session.course.language, { day: "numeric", month: "long", year: "numeric" }));
  }

  const read = (kept: string | null): Made => {
    const fresh = { name: "", hours: root.dataset.hours ?? "", on: new Date().toISOString() };
    try {
      return { ...fresh, ...(JSON.parse(kept ?? "{}") as Partial<Made>) };
    } catch {
      return fresh; // cut short by a crash while it was written
    }
  };

  let clears = session.kept.clears();
  function refresh(): void {
    const state = session.state();
    const missing = stillOpen(session.course, state);
    show(paper, !missing.length);
    show(open, missing.length > 0);
    const items = missing.map(([page, what]) => make("li", {}, what, ": ", make("a", { href: pageHref(page) }, pageTitle(page))));
    open.replaceChildren(make("p", {}, text.notYet), make("ul", {}, ...items));
    if (clears !== session.kept.clears()) load();
    clears = session.kept.clears();
  }
  load();
  refresh();
  return refresh;
};

/** What has to be done before there is a certificate: pages, and in words what for. */
function stillOpen(course: Course, state: State): [string, string][] {
  const pages = missingPages(course, state).map((page): [string, string] => [page, text.page]);
  const { finalCheck } = course;
  return finalCheck && !state.passed ? [...pages, [finalCheck.page, text.check]] : pages;
}
