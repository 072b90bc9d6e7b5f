/** The self-check's form: kept while it is filled in, and its result below it, as a table first. */

import { all, find, focus, make, part, say, show, words } from "../elements/dom.ts";
import { button, keeper } from "../elements/private.ts";
import { today } from "../plan-words.ts";
import { drawer, found, keep } from "./kept.ts";
import type { Instrument } from "./instrument.ts";
import { radar } from "./radar.ts";
import { bands, isHere, isMine, ratings, scores, type Answers, type Score } from "./scores.ts";
import { strings } from "./strings.ts";

type Control = HTMLInputElement | HTMLSelectElement;

/** `aggregate` is where the quarters can be given, on a site that takes them; `others` in which quarter the middle of all lies. */
export function form(instrument: Instrument, root: HTMLElement, data: URL, aggregate: string | null, others: ReadonlyMap<string, number>): void {
  const sheet = part<HTMLFormElement>(root, "form");
  const controls = all<Control>(sheet, "[name]");
  const result = part(root, "[data-result]");
  const error = part(sheet, "[data-error]");
  const own = drawer(data);
  const keeping = keeper(own, strings.what, () => {
    sheet.reset();
    slides.forEach((follow) => follow());
    show(result, false);
  });
  const slides = sliders();
  part(sheet, "[data-keeping]").append(keeping.element);
  show(part(sheet, "[data-actions]"), true);

  /** Beside each number, for those who point: the number is what is kept, and what a screen reader finds. */
  function sliders(): (() => void)[] {
    return all<HTMLInputElement>(sheet, "input[type=number]").map((entry) => {
      const slide = make("input", { type: "range", class: "slide", min: entry.min, max: entry.max, tabindex: "-1", "aria-hidden": "true" });
      const follow = () => {
        slide.value = entry.value || "5";
        slide.classList.toggle("unset", !entry.value);
      };
      slide.addEventListener("input", () => {
        entry.value = slide.value;
        follow();
      });
      entry.addEventListener("input", follow);
      entry.before(slide);
      return follow;
    });
  }

  function answers(): Answers {
    const given = new FormData(sheet);
    return Object.fromEntries([...given].map(([name, value]) => [name, String(value)]));
  }

  function restore(early: Answers): void {
    const { answers: kept, shown } = found(own);
    const given = { ...early, ...kept };
    for (const control of controls) {
      const value = given[control.name];
      if (control instanceof HTMLInputElement && control.type !== "number") control.checked = value === control.value;
      else if (value !== undefined) control.value = value;
    }
    slides.forEach((follow) => follow());
    for (const details of all<HTMLDetailsElement>(sheet, "details")) details.open = controls.some((control) => details.contains(control) && given[control.name]);
    if (shown) tell();
  }

  function changed(): void {
    keep(own, { ...found(own), answers: answers() });
    keeping.tell();
    if (!result.hidden) tell();
  }

  /** False when there is nothing to tell yet. */
  function tell(): boolean {
    const given = answers();
    const all = scores(instrument, given);
    if (all.every(({ now }) => now === null)) return false;
    show(result, true);
    const widest = [...all].sort((one, other) => other.gap - one.gap)[0];
    say(part(result, "[data-summary]"), strings.summary(widest?.gap ? title(widest) : null));
    part(result, "[data-shown]").replaceChildren(
      scoreTable(all),
      make("figure", { class: "radar-frame" }, radar(all.map((score) => ({ ...score, title: title(score), others: others.get(score.domain) ?? null })))),
      ...(others.size ? [make("p", { class: "field-note" }, strings.others)] : []),
      ...pairs(given), ...surroundings(given), ...giving(given),
      ...(own.shared() ? [make("p", {}, strings.shared)] : []));
    show(part(result, "[data-onward]"), root.dataset.pathwayPage !== undefined && !own.shared());
    return true;
  }

  const title = ({ domain }: Score) => instrument.domains.find(({ id }) => id === domain)?.title ?? domain;

  const scoreTable = (all: readonly Score[]) => table("scores", strings.caption, [...strings.columns, ...(others.size ? [strings.legend.others] : [])], all.map((score) => [
    title(score), score.now === null ? strings.unscored : String(score.now), String(score.aim),
    score.now === null ? "" : score.gap ? String(score.gap) : strings.there,
    ...(others.size ? [strings.quarter(others.get(score.domain) ?? null)] : []),
  ]));

  function pairs(given: Answers): HTMLElement[] {
    const rated = ratings(instrument, given);
    const poles = (pair: string) => find(sheet, `[name="c.${pair}.now"]`)?.closest("fieldset") ?? null;
    const named = (pair: string) => strings.pair(words(poles(pair)?.querySelector("[data-left]") ?? null), words(poles(pair)?.querySelector("[data-right]") ?? null));
    return rated.length ? [table("pairs", strings.pairs, strings.pairColumns, rated.map(({ pair, now, need }) => [named(pair), String(now), String(need)]))] : [];
  }

  /** What was ticked in part B, under the form's own headings. */
  function surroundings(given: Answers): HTMLElement[] {
    return all(sheet, "table.ticks").flatMap((ticks) => {
      const here = all(ticks, "tbody tr").flatMap((row) => {
        const id = part<HTMLInputElement>(row, "input").name.split(".")[1] ?? "";
        return isHere(given, id) ? [make("li", {}, words(find(row, "th")), isMine(given, id) ? ` ${strings.mine}` : "")] : [];
      });
      return here.length ? [make("h3", {}, words(find(ticks, "th"))), make("ul", { class: "surroundings" }, ...here)] : [];
    });
  }

  function giving(given: Answers): HTMLElement[] {
    if (aggregate === null) return [];
    if (found(own).given) return [make("p", { class: "give" }, strings.given2)];
    const quarters = bands(instrument, given);
    const said = instrument.domains.flatMap(({ id, title: name }) => (quarters[id] === undefined ? [] : [strings.band(name, quarters[id])]));
    const status = make("p", { role: "status" });
    const agree = button(strings.agree, "give", () => void give());
    return [make("div", { class: "give", role: "group", "aria-label": strings.giveTitle },
      make("h3", {}, strings.giveTitle), make("p", {}, strings.give(said.join(", "))), agree, status)];

    async function give(): Promise<void> {
      agree.disabled = true;
      const sent = await fetch(aggregate ?? "", {
        method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ bands: quarters }),
      }).then(({ ok }) => ok, () => false);
      agree.disabled = false;
      say(status, sent ? strings.given : strings.away);
      if (!sent) return;
      agree.remove();
      keep(own, { ...found(own), given: true });
    }
  }

  sheet.addEventListener("input", changed);
  sheet.addEventListener("change", changed); // also after the choice for shared computers has been made
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    const told = tell();
    show(error, !told);
    say(error, told ? "" : strings.few);
    if (!told) return;
    keep(own, { ...found(own), answers: answers(), shown: today(new Date()) });
    focus(result);
  });
  // Given while this script was still on its way.
  const early = answers();
  sheet.reset();
  const isNew = JSON.stringify(early) !== JSON.stringify(answers());
  restore(early);
  if (isNew) changed();
}

function table(name: string, caption: string, columns: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const made = make("table", { class: name }, make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, column)))),
    make("tbody", {}, ...rows.map(([first = "", ...rest]) => make("tr", {}, make("th", { scope: "row" }, first), ...rest.map((cell) => make("td", {}, cell))))));
  return make("div", { class: "table-frame", role: "region", tabindex: "0", "aria-label": caption }, made);
}
