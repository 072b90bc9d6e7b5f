/** (question, response) → score from 0 to 1. One row per type; partial credit only where the author allows it. */

import type { Question, QuestionType } from "./course.ts";
import { within } from "./decimal.ts";

export type Response = readonly string[];
export type Verdict = "correct" | "incorrect" | "neutral";
type Measure = (question: Question, response: Response) => number;

const same = (one: Response, other: Response) => one.length === other.length && one.every((token, at) => token === other[at]);
const shared = (key: Response, response: Response) => response.filter((token) => key.includes(token)).length;
const best = (question: Question, measure: (key: Response) => number) => Math.max(0, ...question.key.map(measure));

const nothing: Measure = () => 0;
const share: Measure = (question, response) => best(question, (key) => shared(key, response) / key.length);

const PARTIAL: Record<QuestionType, Measure> = {
  single: nothing,
  "true-false": nothing,
  numeric: nothing,
  "short-text": nothing,
  rating: nothing,
  multiple: (question, response) =>
    best(question, (key) => (2 * shared(key, response) - response.length) / key.length),
  matching: share,
  judgement: share,
  ordering: (question, response) =>
    best(question, (key) => key.filter((item, place) => item === response[place]).length / key.length),
};

const isRight: Measure = (question, response) => (question.key.some((key) => same(key, response)) ? 1 : 0);

const WHOLE: { readonly [type in QuestionType]?: Measure } = {
  numeric: (question, [typed = ""]) =>
    question.answers.some((answer) => answer.correct && within(typed, answer.value, answer.tolerance)) ? 1 : 0,
  "short-text": (question, [id]) => (question.answers.some((answer) => answer.correct && answer.id === id) ? 1 : 0),
};


/** The score, or null for a question that is not scored. */
export function grade(question: Question, response: Response): number | null {
  if (!question.scored) return null;
  if (response.length === 0) return 0;
  const whole = (WHOLE[question.type] ?? isRight)(question, response);
  return whole || !question.partial ? whole : PARTIAL[question.type](question, response);
}

export function verdict(score: number | null): Verdict {
  if (score === null) return "neutral";
  return score === 1 ? "correct" : "incorrect";
}

const folded = (question: Question, typed: string): string => {
  let words = typed.normalize("NFKC").trim().replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/[\u2010-\u2015]/g, "-");
  if (question.fold_spaces) words = words.replace(/\s+/g, " ");
  return question.fold_case ? words.toLowerCase() : words;
};

/** The id of the accepted answer that was typed, or `other`: the words themselves are never kept. */
export function recognised(question: Question, typed: string): string {
  const words = folded(question, typed);
  return question.answers.find((answer) => answer.accept.some((form) => folded(question, form) === words))?.id ?? "other";
}

/** The `answers` entry that a typed response hits, for its feedback: the first in the author's order. */
export function matched(question: Question, [typed = ""]: Response): string | null {
  const hit = question.answers.find((answer) =>
    question.type === "numeric" ? within(typed, answer.value, answer.tolerance) : answer.id === typed,
  );
  return hit?.id ?? null;
}
