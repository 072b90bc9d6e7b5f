/** The pathway page: the masterclasses in the order that follows from the answers kept here, with the reasons in words. */

import { all, make, part, say, show } from "../elements/dom.ts";
import { dayInWords } from "../plan-words.ts";
import { byData } from "../schema.ts";
import type { Instrument } from "./instrument.ts";
import { drawer, found } from "./kept.ts";
import { forPeers, pathway, practice, toRaise } from "./scores.ts";
import { strings } from "./strings.ts";

export function way(instrument: Instrument, root: HTMLElement, data: URL): void {
  const { answers, shown } = found(drawer(data));
  if (!shown) return;
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  show(part(root, "[data-none]"), false);
  show(part(root, "[data-found]"), true);
  say(part(root, "[data-found]"), strings.found(dayInWords(shown, language)));

  const titles = new Map(instrument.domains.map(({ id, title }) => [id, title]));
  const list = part(root, "[data-modules]");
  for (const { module, reasons } of pathway(instrument, answers)) {
    const item = part(list, byData("module", module));
    const why = reasons.map((reason) => strings.reason(reason.kind === "gap" ? titles.get(reason.score.domain) ?? "" : "", reason));
    list.append(item); // each in turn to the end: so they stand in order
    item.append(...(why.length
      ? [make("p", { class: "why" }, strings.reasons), make("ul", { "data-reasons": "" }, ...why.map((text) => make("li", {}, text)))]
      : [make("p", { class: "why" }, strings.none)]));
  }

  const least = practice(instrument, answers);
  if (least !== null) only(part(root, "[data-practices]"), "practice", [least]);
  const raise = toRaise(instrument, answers);
  section(root, "sponsor", raise === null ? [] : [raise]);
  section(root, "peer", forPeers(instrument, answers));
}

function only(within: HTMLElement, name: string, ids: readonly string[]): void {
  for (const item of all(within, byData(name))) show(item, ids.includes(item.getAttribute(`data-${name}`) ?? ""));
}

function section(root: HTMLElement, name: string, ids: readonly string[]): void {
  const found = part(root, `[data-${name}s]`);
  show(found, ids.length > 0);
  only(found, name, ids);
}
