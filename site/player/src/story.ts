/** Scenarios as pure data: a path is a list of choices' numbers, and everything else follows from it. */

import type { Block, Course } from "./course.ts";

export type Scene = Block["scenes"][number];
export type Choice = Scene["choices"][number];

/** What a learner has done in one scenario. */
export interface Story {
  readonly path: readonly number[];
  /** Counted from 1; the resume string keeps up to four. */
  readonly runs: number;
  /** An ending has been reached in some run. */
  readonly finished: boolean;
}

export interface Step {
  readonly scene: Scene;
  readonly choice: Choice;
}

export interface Walk {
  readonly steps: readonly Step[];
  /** Where the path has led. */
  readonly scene: Scene;
}

/** As many steps as a resume string holds. */
export const MOST_STEPS = 31;
const MOST_RUNS = 4;
export const UNPLAYED: Story = { path: [], runs: 1, finished: false };

export const isEnding = (scene: Scene): boolean => scene.choices.length === 0;
export const scenarios = (course: Course): Block[] => course.blocks.filter(({ type }) => type === "scenario");
export const plans = (course: Course): Block[] => course.blocks.filter(({ type }) => type === "plan");

/** Follows a path as far as the story still has it: a later version may have taken choices out. */
export function walk(block: Block, path: readonly number[]): Walk | null {
  let [scene] = block.scenes;
  const steps: Step[] = [];
  for (const number of path) {
    const choice = scene?.choices.find((each) => each.number === number);
    const next = choice && block.scenes.find(({ id }) => id === choice.to);
    if (!scene || !next) break;
    steps.push({ scene, choice });
    scene = next;
  }
  return scene ? { steps, scene } : null;
}

const numbers = (steps: readonly Step[]): number[] => steps.map(({ choice }) => choice.number);

/** A story may go in circles for ever, a resume string not: past its room the earliest circle is left out. */
function bounded(block: Block, path: readonly number[]): number[] {
  const found = walk(block, path);
  if (!found) return [];
  const steps = [...found.steps];
  while (steps.length > MOST_STEPS) {
    const from = steps.findIndex(({ scene }, at) => steps.some((later, place) => place > at && later.scene === scene));
    if (from < 0) break;
    const to = steps.findIndex((later, place) => place > from && later.scene === steps[from]?.scene);
    steps.splice(from, to - from);
  }
  return numbers(steps).slice(0, MOST_STEPS);
}

/** The story one choice further; itself when the scene has no such choice. */
export function advanced(block: Block, story: Story, number: number): Story {
  const here = walk(block, story.path);
  if (!here?.scene.choices.some((choice) => choice.number === number)) return story;
  const path = bounded(block, [...numbers(here.steps), number]);
  const there = walk(block, path);
  return { ...story, path, finished: story.finished || (there !== null && isEnding(there.scene)) };
}

export const replayed = (story: Story): Story =>
  story.path.length ? { ...story, path: [], runs: Math.min(MOST_RUNS, story.runs + 1) } : story;

/** The same scenario in two tabs: the later run, and in one run the longer path. */
export function further(one: Story, other: Story): Story {
  const ahead = one.runs - other.runs || one.path.length - other.path.length;
  return { ...(ahead > 0 ? one : other), finished: one.finished || other.finished };
}

/** Each gauge after the steps, between 0 and 100. */
export function levels(block: Block, steps: readonly Step[]): ReadonlyMap<string, number> {
  const found = new Map(block.gauges);
  for (const { choice } of steps)
    for (const [gauge, by] of choice.changes) found.set(gauge, Math.max(0, Math.min(100, (found.get(gauge) ?? 0) + by)));
  return found;
}

/** Ids of the scenes that can be reached from one, itself included, with the fewest steps to each. */
export function reach(block: Block, from: string): ReadonlyMap<string, number> {
  const found = new Map([[from, 0]]);
  for (const [id, steps] of found)
    for (const { to } of block.scenes.find((scene) => scene.id === id)?.choices ?? [])
      if (!found.has(to)) found.set(to, steps + 1);
  return found;
}

/** How far along, 0..1, when the shortest way to an ending is taken from here. */
export function share(block: Block, { steps, scene }: Walk): number {
  const ends = [...reach(block, scene.id)].flatMap(([id, away]) => (block.scenes.some((each) => each.id === id && isEnding(each)) ? [away] : []));
  const left = Math.min(...ends);
  return Number.isFinite(left) && steps.length + left > 0 ? steps.length / (steps.length + left) : 0;
}
