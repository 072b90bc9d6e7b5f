/** The cards of the home page show a reader's own progress, as this browser keeps it. Nothing is asked of the network. */

import { all, find, make, show } from "./elements/dom.ts";
import { learnerName, remembered } from "./learner.ts";
import { glance } from "./resume.ts";
import { part } from "./schema.ts";
import { readCopy, shelf } from "./storage.ts";

const words = {
  passed: "You have passed.",
  completed: "You have completed it.",
  seen: (number: number, all: number) => `${number} of ${all} parts seen.`,
  goOn: "Go on",
};

function showOwn(place: HTMLElement, learner: string): void {
  const { own = "", course = "", slots = "", lineage = "", goOn = "" } = place.dataset;
  const site = new URL(".", new URL(course, window.location.href)).pathname;
  const copy = readCopy(shelf(window, site, own, learner));
  const kept = copy && glance(copy.resume, lineage);
  if (!kept) return;
  const pages = new Map(slots.split(" ").map((pair) => [Number(pair.split(":")[0]), pair.split(":")[1] ?? ""]));
  const seen = [...pages.keys()].filter((slot) => kept.seen.has(slot)).length;
  if (!seen) return; // opened, or cleared
  const last = pages.get(kept.page);
  const said = kept.passed ? words.passed : kept.completed ? words.completed : words.seen(seen, pages.size);
  find(place, part.ownText)?.replaceChildren(said, ...(last === undefined ? [] : [" ", make("a", { href: goOn.replace("{}", last) }, words.goOn)]));
  find<HTMLProgressElement>(place, "progress")?.setAttribute("value", String(Math.round((seen / pages.size) * 100)));
  show(place, true);
}

const learner = learnerName(remembered(window));
for (const place of all(document, part.own)) showOwn(place, learner);
