/** Who is asked what, in which order: reproducible per learner and attempt, and calm when a question comes or goes. */

import type { Block, Course, Question } from "./course.ts";
import { known } from "./known.ts";

const PAPER_ORDER = 0x5eed;

/** Two rounds of a multiply-xorshift mix over the three numbers: cheap, well spread, the same in every browser. */
export function hash(seed: number, slot: number, salt: number): number {
  let mixed = seed ^ Math.imul(slot + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca77);
  for (const factor of [0x21f0aaad, 0x735a2d97]) {
    mixed ^= mixed >>> 16;
    mixed = Math.imul(mixed, factor);
    mixed ^= mixed >>> 15;
  }
  return mixed >>> 0;
}

/** Text → 32 bits, for seeds and storage keys (FNV-1a over UTF-16 units). */
export function textHash(text: string): number {
  let mixed = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  return mixed >>> 0;
}

interface Drawing {
  readonly seed: number;
  readonly attempt: number;
  readonly answered: (question: string) => boolean;
}

const lowest = <T>(items: readonly T[], rank: (item: T) => readonly number[]): T[] =>
  items
    .map((item) => ({ item, order: rank(item) }))
    .sort((one, other) => one.order.map((value, at) => value - (other.order[at] ?? 0)).find((gap) => gap !== 0) ?? 0)
    .map(({ item }) => item);

function chosen(questions: readonly Question[], count: number, { seed, attempt, answered }: Drawing, always: readonly string[] = []) {
  return lowest(questions, (question) => [
    answered(question.id) ? 0 : 1,
    attempt === 1 && always.includes(question.id) ? 0 : 1,
    hash(seed, question.slot, attempt),
  ]).slice(0, count);
}

const questionsOf = (course: Course, block: Block) => block.questions.map((id) => known(course.questionById.get(id)));

/** A quiz's questions in the author's order. They are drawn once, whatever the final check's attempt is. */
export function quizQuestions(course: Course, block: Block, drawing: Omit<Drawing, "attempt">): Question[] {
  const all = questionsOf(course, block);
  if (block.draw === null) return all;
  const drawn = new Set(chosen(all, block.draw, { ...drawing, attempt: 0 }));
  return all.filter((question) => drawn.has(question));
}

/** A final check's paper for one attempt. */
export function paper(course: Course, block: Block, drawing: Drawing): Question[] {
  const all = questionsOf(course, block);
  const drawn = block.blueprint.length
    ? block.blueprint.flatMap(([outcome, count]) =>
        chosen(all.filter((question) => question.outcome === outcome), count, drawing, block.always))
    : chosen(all, block.draw ?? all.length, drawing, block.always);
  return lowest(drawn, (question) => [hash(drawing.seed, question.slot, drawing.attempt + PAPER_ORDER)]);
}

type Lettered = readonly [id: string, letter: string];

/** Option ids in the order to show them. */
export function shuffled(question: Question, options: readonly Lettered[], seed: number, attempt: number): string[] {
  if (question.ordered) return options.map(([id]) => id);
  const rank = ([, letter]: Lettered) => [hash(seed, question.slot * 32 + letter.charCodeAt(0) - 97, attempt)];
  return lowest(options, rank).map(([id]) => id);
}

/** Items to put in order, never shown in an order that is already right (unless every order is). */
export function scrambled(question: Question, seed: number, attempt: number): string[] {
  let order = shuffled({ ...question, ordered: false }, question.options, seed, attempt);
  const isRight = () => question.key.some((key) => key.every((item, place) => item === order[place]));
  for (let turns = order.length; turns > 0 && isRight(); turns--) order = [...order.slice(1), ...order.slice(0, 1)];
  return order;
}
