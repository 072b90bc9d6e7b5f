/** A job aid to fill in. What is written stays in this browser, and leaves it on paper or as a file, by the learner's hand. */

import { ARTICLE, byData } from "../schema.ts";
import { FORMAT, html, markdown, saved, type Saved } from "../sheet.ts";
import { all, find, focus, make, part, say, show, words } from "./dom.ts";
import { download } from "./download.ts";
import { beforePrint, printAlone } from "./paper.ts";
import type { Practice } from "./practice.ts";
import { ask, button, keeper, privately } from "./private.ts";
import { controls, fill, filled, grow, labelOf, takes, valueOf, written, type Control } from "./worksheet-form.ts";
import { worksheetStrings as text } from "./worksheet-strings.ts";

/** After the last key, so that typing never waits for it. */
const PAUSE = 400;
/** Of a copy that is opened: a hundred answers of 10,000 characters, and room to spare. */
const LARGEST = 5_000_000;

export const worksheet: Practice = (session, block, root) => {
  const own = privately(session, `own.${block.id}`);
  const title = words(find(root, "h2"));
  const { course } = session;
  let answers = new Map<string, string>();
  let timer: number | undefined;
  /** Whether there is something that no file of the learner's has. */
  let unsaved = false;

  const parts = () => filled(root);
  const sheet = () => ({ title, from: text.from(courseTitle(), course.version), language: course.language, parts: parts() });
  const name = (ending: string) => `${course.id}-${block.id}.${ending}`;
  const offer = make("div", { class: "leaving", "data-leaving": "", role: "group", "aria-label": text.offer, tabindex: "-1" });
  const report = make("div", { class: "private-status", role: "status", "data-report": "" });
  const keeping = keeper(own, text.what, () => load());

  function keep(): void {
    window.clearTimeout(timer);
    timer = undefined;
    if (answers.size) own.write(JSON.stringify([...answers]));
    else own.remove();
    keeping.tell();
  }

  function changed(control: Control): void {
    const value = valueOf(control);
    if (value) answers.set(control.dataset.key ?? "", value);
    else answers.delete(control.dataset.key ?? "");
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE);
    unsaved = answers.size > 0;
    settle();
  }

  const settle = () => {
    say(find(offer, "p"), own.fleeting() ? text.fleeting : text.offer);
    show(offer, unsaved);
  };

  function load(): void {
    window.clearTimeout(timer);
    timer = undefined;
    answers = read(own.read());
    fill(root, answers);
    unsaved = answers.size > 0;
    settle();
  }

  /** Gives a file; `whole` ones hold all that is needed to go on. */
  function give(ending: string, type: string, content: string): void {
    download(name(ending), type, content);
    unsaved = false;
    settle();
  }
  const giveSaved = () => give("json", "application/json", JSON.stringify(asFile(), null, 1));
  const giveWord = () => give("html", "text/html", html(sheet()));

  function asFile(): Saved {
    const kept = controls(root).filter(({ dataset }) => answers.has(dataset.key ?? ""));
    const list = kept.map((control) => ({ key: control.dataset.key ?? "", label: labelOf(control), value: valueOf(control) }));
    return { format: FORMAT, course: course.id, worksheet: block.id, title, version: course.version, answers: list };
  }

  function take(file: Saved): void {
    const taken = new Map(file.answers.filter(({ key, value }) => takes(root, key, value)).map(({ key, value }) => [key, value]));
    const left = file.answers.filter(({ key, value }) => value && !taken.has(key));
    answers = taken;
    fill(root, answers);
    keep();
    unsaved = false;
    settle();
    report.replaceChildren(make("p", {}, text.taken(taken.size, file.version, course.version)),
      ...(left.length ? [make("p", {}, text.left), make("ul", {}, ...left.map(({ label, value }) => make("li", {}, text.was(label, value))))] : []));
  }

  async function open(chosen: File): Promise<void> {
    const file = chosen.size > LARGEST ? null : saved(await chosen.text());
    if (!file) return say(report, text.unreadable);
    if (file.course !== course.id || file.worksheet !== block.id) return say(report, text.other(file.title));
    if (!answers.size) return take(file);
    ask(opener, text.replace, text.replaceYes, () => take(file));
  }

  // A file input of the browser's own words would be a control in another style; the button stands for it.
  const chooser = make("input", { type: "file", accept: ".json,application/json", hidden: "", "data-open": "" });
  chooser.addEventListener("change", () => {
    const [chosen] = chooser.files ?? [];
    if (chosen) void open(chosen);
    chooser.value = "";
  });
  const opener = button(text.open, "open", () => chooser.click());

  const print = (blank: boolean) => {
    root.toggleAttribute("data-blank", blank);
    printAlone(root, () => root.removeAttribute("data-blank"));
  };
  const bar = make("div", { class: "sheet-bar", "data-bar": "" }, keeping.element,
    make("div", { class: "sheet-ways" }, button(text.print, "print", () => print(false)), button(text.blank, "blank", () => print(true)),
      button(text.word, "word", giveWord), button(text.markdown, "markdown", () => give("md", "text/markdown", markdown(sheet()))),
      button(text.save, "save", giveSaved), opener, chooser), report);
  root.append(bar);
  offer.append(make("p", {}), button(text.save, "save", giveSaved), " ", button(text.word, "word", giveWord));
  const end = root.closest(ARTICLE) && find(root.closest(ARTICLE) as HTMLElement, byData("page-end"));
  if (end) end.before(offer);

  for (const rows of all(root, "[data-rows]")) {
    const more = button(text.add, "add", () => {
      const added = grow(rows);
      if (added) focus(part(added, "[data-key]"));
      if (!added || all(rows, "tr").length >= Number(rows.dataset.rows)) more.replaceWith(make("p", { class: "field-hint" }, text.full));
    });
    if (find(rows, "[data-blank]") && all(rows, "tr").length < Number(rows.dataset.rows)) rows.closest(".table-frame")?.after(more);
  }
  root.addEventListener("input", (event) => {
    const control = (event.target as HTMLElement).closest<Control>("[data-key]");
    if (control) changed(control);
  });
  const leave = () => timer !== undefined && keep();
  root.addEventListener("change", leave);
  window.addEventListener("pagehide", leave);
  warnOnce(root, offer, () => unsaved && own.fleeting());
  beforePrint(root, () => written(root));
  session.kept.watch(`own.${block.id}`, () => root.isConnected && timer === undefined && load());
  root.dataset.live = "";
  const early = controls(root).filter(valueOf);
  const typed = new Map(early.map((control) => [control.dataset.key ?? "", valueOf(control)]));
  load();
  if (early.length) {
    // Written while this script was still on its way.
    answers = new Map([...typed, ...answers]);
    unsaved = true;
    fill(root, answers);
    keep();
    settle();
  }

  let clears = session.kept.clears();
  return () => {
    if (clears === session.kept.clears()) return;
    clears = session.kept.clears();
    load();
  };
};

function read(text: string | null): Map<string, string> {
  try {
    return new Map(JSON.parse(text ?? "[]") as [string, string][]);
  } catch {
    return new Map(); // cut short by a crash while it was written
  }
}

/** Where leaving loses what is written, the first link chosen leads to the offer; the second leads on. */
function warnOnce(root: HTMLElement, offer: HTMLElement, lost: () => boolean): void {
  let warned = false;
  const leaving = (event: MouseEvent) => {
    if (!root.isConnected) return document.removeEventListener("click", leaving, true);
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || link.target || link.hasAttribute("download") || link.pathname === window.location.pathname || warned || !lost()) return;
    event.preventDefault();
    warned = true;
    focus(offer);
  };
  document.addEventListener("click", leaving, true);
}

const courseTitle = () => find(document, "[data-course-title]")?.dataset.courseTitle ?? "";
