/** A scenario played scene by scene, from the words of the gamebook that stands in the page. */

import type { Block } from "../course.ts";
import type { Interaction, StepTaken } from "../interactions.ts";
import { byData } from "../schema.ts";
import type { Session } from "../session.ts";
import { advanced, isEnding, levels, share, UNPLAYED, walk, type Choice, type Scene, type Story, type Walk } from "../story.ts";
import { debrief } from "./debrief.ts";
import { find, focus, make, part, show, words } from "./dom.ts";
import type { Practice } from "./practice.ts";
import { scenarioStrings as say } from "./scenario-strings.ts";

/** The gamebook's own elements, by scene and choice. */
export interface Book {
  readonly root: HTMLElement;
  scene(id: string): HTMLElement;
  choice(scene: string, choice: string): HTMLElement;
  /** A scene's heading, without its number. */
  title(id: string): string;
}

function book(root: HTMLElement): Book {
  const scene = (id: string) => part(root, byData("scene", id));
  return {
    root, scene,
    choice: (id, choice) => part(scene(id), byData("choice", choice)),
    title: (id) => [words(find(scene(id), "[data-when]")), words(find(scene(id), "[data-title]"))].filter(Boolean).join(": "),
  };
}

/** A part of the gamebook to be shown elsewhere. */
export function copy(from: HTMLElement, selector: string): Node[] {
  const found = find(from, selector);
  return found ? [...(found.cloneNode(true) as HTMLElement).childNodes] : [];
}

export const scenario: Practice = (session, block, root) => {
  const pages = book(root);
  const stage = make("div", { class: "stage", "data-stage": "" });
  part(root, "[data-scenes]").before(stage);
  for (const name of ["scenes", "scenes-note"]) show(find(root, byData(name)), false);
  const story = (): Story => session.state().stories.get(block.id) ?? UNPLAYED;
  let shown: readonly number[] | null = null;

  function choose(scene: Scene, choice: Choice): void {
    const next = walk(block, advanced(block, story(), choice.number).path);
    session.watch.lap(`${block.id}.${scene.id}`);
    session.happen({ type: "choose", block: block.id, choice: choice.number }, () =>
      next ? [interaction(session, block, pages, scene, choice, story().runs), stepTaken(block, pages, next)] : []);
    refresh();
    focus(part(stage, "[data-happened]"));
  }

  function again(): void {
    session.happen({ type: "replay", block: block.id });
    refresh();
    focus(part(stage, "h3"));
  }

  function draw(): void {
    const here = walk(block, story().path);
    if (!here) return;
    shown = story().path;
    const { scene, steps } = here;
    const last = steps.at(-1);
    stage.replaceChildren(
      ...(last ? [happened(pages, last.scene, last.choice)] : []),
      make("h3", { tabindex: "-1" }, pages.title(scene.id)),
      ...copy(pages.scene(scene.id), "[data-scene-text]"),
      ...(isEnding(scene) ? debrief(block, pages, here, again) : [choices(scene)]),
    );
    gauges(block, root, here);
  }

  function choices(scene: Scene): HTMLElement {
    const group = make("div", { class: "choices", role: "group", "aria-label": say.choose }, make("p", { class: "what-now" }, say.choose));
    for (const choice of scene.choices) {
      const button = make("button", { type: "button", "data-choose": choice.id }, ...copy(pages.choice(scene.id, choice.id), "[data-choice-text]"));
      button.disabled = session.opening.over;
      button.addEventListener("click", () => choose(scene, choice));
      group.append(button);
    }
    return group;
  }

  /** Another tab may have gone on. */
  function refresh(): void {
    if (shown?.join() !== story().path.join()) draw();
  }
  refresh();
  return refresh;
};

/** What the last choice brought: read out, and where the focus goes, like a verdict. */
function happened(pages: Book, scene: Scene, choice: Choice): HTMLElement {
  const from = pages.choice(scene.id, choice.id);
  const changes = find(from, "[data-changes]");
  return make("div", { class: "happened", "data-happened": "", role: "group", "aria-label": say.happened, tabindex: "-1" },
    make("p", { class: "side-title" }, say.chose(words(find(from, "[data-choice-text]")))),
    ...copy(from, "[data-consequence]"), ...(changes ? [changes.cloneNode(true)] : []));
}

function gauges(block: Block, root: HTMLElement, { steps }: Walk): void {
  const now = levels(block, steps);
  const before = levels(block, steps.slice(0, -1));
  for (const [id] of block.gauges) {
    const entry = part(root, byData("gauge", id));
    const value = now.get(id) ?? 0;
    const name = words(find(entry, "dt"));
    const bar = make("progress", { max: "100", value: String(value), "aria-label": name });
    const moved = value - (before.get(id) ?? value);
    part(entry, "dd").replaceChildren(bar, " ", say.level(value), ...(moved ? [", ", make("span", { class: "moved" }, say.moved(moved))] : []));
  }
}

function interaction(session: Session, block: Block, pages: Book, scene: Scene, choice: Choice, run: number): Interaction {
  const id = `${block.id}.${scene.id}`;
  return {
    kind: "interaction", id, question: id, page: block.page, type: "choice",
    prompt: pages.title(scene.id), outcome: "", purpose: block.purpose, attempt: run, revision: 1,
    letters: choice.letter, ids: choice.id, letterPatterns: [], idPatterns: [],
    components: {
      choices: scene.choices.map((each) => ({ id: each.id, text: words(find(pages.choice(scene.id, each.id), "[data-choice-text]")) })),
    },
    result: "neutral", score: null, latency: session.watch.take(id), at: Date.now(),
  };
}

const stepTaken = (block: Block, pages: Book, next: Walk): StepTaken => ({
  kind: "step", page: block.page, title: words(find(pages.root, "h2")), progress: share(block, next), at: Date.now(),
});
