/** The end of a story: what to take from it, the path as a tree in words, and what other paths would have brought. */

import type { Block } from "../course.ts";
import { isEnding, levels, reach, type Choice, type Scene, type Step, type Walk } from "../story.ts";
import { all, find, make, part, words } from "./dom.ts";
import { copy, type Book } from "./scenario.ts";
import { scenarioStrings as say } from "./scenario-strings.ts";

export function debrief(block: Block, pages: Book, { steps, scene }: Walk, again: () => void): HTMLElement[] {
  const button = make("button", { type: "button", "data-replay": "" }, say.again);
  button.addEventListener("click", again);
  const from = find(pages.scene(scene.id), "[data-debrief]");
  return [
    make("div", { class: "status-now", "data-debriefing": "" }, ...(from ? copy(pages.scene(scene.id), "[data-debrief]") : [])),
    make("h4", {}, say.path),
    make("ol", { class: "path", "data-path": "" }, ...steps.map((step, at) => taken(block, pages, step, steps.slice(0, at + 1))),
      make("li", {}, make("p", {}, make("strong", {}, pages.title(scene.id)), ` ${say.ending}`))),
    ...wayBack(pages, steps),
    make("h4", {}, say.endings),
    endings(block, pages, scene),
    make("p", { class: "question-actions" }, button),
  ];
}

function taken(block: Block, pages: Book, { scene, choice }: Step, sofar: readonly Step[]): HTMLElement {
  const now = levels(block, sofar);
  const standing = block.gauges.map(([id]) => say.standing(words(find(part(pages.root, `[data-gauge="${id}"]`), "dt")), now.get(id) ?? 0));
  const others = scene.choices.filter((each) => each !== choice);
  return make("li", {},
    make("p", {}, make("strong", {}, pages.title(scene.id)), " ", say.chose(said(pages, scene, choice)), make("span", { class: "standing" }, ` ${standing.join(", ")}.`)),
    ...(others.length
      ? [make("details", {}, make("summary", {}, say.others(others.length)), make("ul", {}, ...others.map((other) => untaken(block, pages, scene, other))))]
      : []));
}

const said = (pages: Book, scene: Scene, choice: Choice) => words(find(pages.choice(scene.id, choice.id), "[data-choice-text]"));

function untaken(block: Block, pages: Book, scene: Scene, choice: Choice): HTMLElement {
  const from = pages.choice(scene.id, choice.id);
  const changes = all(from, "[data-changes] li").map(words).join(" ");
  const ends = endingsFrom(block, choice.to).map((id) => `“${pages.title(id)}”`);
  return make("li", {}, make("p", {}, said(pages, scene, choice)), ...copy(from, "[data-consequence]"),
    make("p", { class: "standing" }, `${changes} ${say.leads(ends)}`.trim()));
}

const endingsFrom = (block: Block, from: string): string[] => {
  const there = reach(block, from);
  return block.scenes.filter((scene) => isEnding(scene) && there.has(scene.id)).map(({ id }) => id);
};

/** Whether the learner found a way back from a mistake, or where one was. */
function wayBack(pages: Book, steps: readonly Step[]): HTMLElement[] {
  const isRecovery = (scene: Scene, choice: Choice) => pages.choice(scene.id, choice.id).dataset.recovery !== undefined;
  const found = steps.find(({ scene, choice }) => isRecovery(scene, choice));
  if (found) return [make("p", {}, say.recovered(pages.title(found.scene.id)))];
  const missed = steps.find(({ scene }) => scene.choices.some((choice) => isRecovery(scene, choice)));
  const choice = missed?.scene.choices.find((each) => isRecovery(missed.scene, each));
  return missed && choice ? [make("p", {}, say.recovery(pages.title(missed.scene.id), said(pages, missed.scene, choice)))] : [];
}

function endings(block: Block, pages: Book, reached: Scene): HTMLElement {
  const items = block.scenes.filter(isEnding).map((scene) =>
    make("li", {}, pages.title(scene.id), ...(scene === reached ? [make("strong", {}, ` ${say.here}`)] : [])));
  return make("ul", { class: "endings" }, ...items);
}
