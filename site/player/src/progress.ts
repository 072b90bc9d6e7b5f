/** What a learner has done, and (state, event) → state. Nothing here knows of pages' HTML or of an LMS. */

import type { Block, Course, Question } from "./course.ts";
import { known } from "./known.ts";
import { paper } from "./draw.ts";
import { grade, type Response } from "./grade.ts";
import { advanced, further, plans, replayed, scenarios, UNPLAYED, type Story } from "./story.ts";

export const CONFIDENCE = ["low", "medium", "high"] as const;
export type Confidence = (typeof CONFIDENCE)[number];

export interface Answer {
  readonly response: Response;
  readonly tries: number;
  readonly confidence: Confidence | null;
}

export interface State {
  readonly seed: number;
  readonly completed: boolean;
  readonly passed: boolean;
  /** The final check's present attempt has been handed in. */
  readonly submitted: boolean;
  /** The learner chose to finish without passing. */
  readonly ended: boolean;
  readonly page: string | null;
  /** The final check's attempt, from 1; 0 before its first answer. */
  readonly attempt: number;
  /** Best final check, 0..1 in steps of a ten-thousandth; null before the first. */
  readonly best: number | null;
  readonly seen: ReadonlySet<string>;
  readonly answers: ReadonlyMap<string, Answer>;
  /** By block. */
  readonly stories: ReadonlyMap<string, Story>;
  /** Blocks in which a plan was made; its words are nowhere in the state. */
  readonly plans: ReadonlySet<string>;
}

export type Event =
  | { readonly type: "open"; readonly page: string }
  | { readonly type: "seen"; readonly page: string }
  | { readonly type: "answer"; readonly question: string; readonly response: Response; readonly confidence: Confidence | null }
  | { readonly type: "draft"; readonly question: string; readonly response: Response; readonly confidence: Confidence | null }
  | { readonly type: "choose"; readonly block: string; readonly choice: number }
  | { readonly type: "replay"; readonly block: string }
  | { readonly type: "plan"; readonly block: string }
  | { readonly type: "submit"; readonly mastery: number }
  | { readonly type: "again" }
  | { readonly type: "end" }
  /** The LMS remembers a result that this state may have lost. */
  | { readonly type: "recorded"; readonly passed: boolean };

const LAST_ATTEMPT = 255;

export const fresh = (seed: number): State => ({
  seed, completed: false, passed: false, submitted: false, ended: false,
  page: null, attempt: 0, best: null, seen: new Set(), answers: new Map(), stories: new Map(), plans: new Set(),
});

/** Pages that do not count save nothing, nor do the questions on them. */
export const isKept = (course: Course, question: string): boolean =>
  course.pageById.get(course.blockOf.get(question)?.page ?? "")?.counts ?? false;

const inFinalCheck = (course: Course, question: string): boolean =>
  course.finalCheck?.questions.includes(question) ?? false;

/** The questions of the final check's present attempt; once handed in, those that were answered. */
export function presentPaper(course: Course, state: State): Question[] {
  const block = known(course.finalCheck);
  const attempt = Math.max(1, state.attempt);
  const answered = (id: string) => state.answers.has(id);
  const drawn = paper(course, state.submitted ? { ...block, blueprint: [], draw: null } : block, { seed: state.seed, attempt, answered });
  return state.submitted ? drawn.filter((question) => answered(question.id)) : drawn;
}

const rounded = (score: number) => Math.round(score * 10_000) / 10_000;

export function paperScore(course: Course, state: State): number {
  const scores = presentPaper(course, state).flatMap((question) => {
    const score = grade(question, state.answers.get(question.id)?.response ?? []);
    return score === null ? [] : [score];
  });
  return scores.length ? rounded(scores.reduce((sum, score) => sum + score, 0) / scores.length) : 0;
}

function withAnswer(state: State, question: string, answer: Answer): State {
  const answers = new Map(state.answers);
  if (answer.response.length) answers.set(question, answer);
  else answers.delete(question);
  return { ...state, answers };
}

const started = (course: Course, state: State, question: string): State =>
  inFinalCheck(course, question) && state.attempt === 0 ? { ...state, attempt: 1 } : state;

function submitted(course: Course, state: State, mastery: number): State {
  const score = paperScore(course, state);
  return {
    ...seenAlso(course, state, known(course.finalCheck).page),
    submitted: true,
    best: Math.max(score, state.best ?? 0),
    passed: state.passed || score >= rounded(mastery),
  };
}

function seenAlso(course: Course, state: State, page: string): State {
  if (!course.pageById.get(page)?.counts || state.seen.has(page)) return state;
  return { ...state, seen: new Set(state.seen).add(page) };
}

function nextAttempt(course: Course, state: State): State {
  const kept = [...state.answers].filter(([question]) => !inFinalCheck(course, question));
  return {
    ...state, submitted: false, ended: false, answers: new Map(kept), attempt: Math.min(LAST_ATTEMPT, state.attempt + 1),
  };
}

function withStory(course: Course, state: State, id: string, change: (block: Block, story: Story) => Story): State {
  const block = known(course.blockById.get(id));
  const before = state.stories.get(id) ?? UNPLAYED;
  const after = change(block, before);
  return after === before || !course.pageById.get(block.page)?.counts ? state : { ...state, stories: new Map(state.stories).set(id, after) };
}

function withPlan(course: Course, state: State, id: string): State {
  const counts = course.pageById.get(known(course.blockById.get(id)).page)?.counts;
  return counts && !state.plans.has(id) ? { ...state, plans: new Set(state.plans).add(id) } : state;
}

/** Pages with a plan that has not been made. */
export const unplanned = (course: Course, state: State): string[] =>
  plans(course).filter(({ id }) => !state.plans.has(id)).map(({ page }) => page);

/** Pages with a scenario that has not been played to an ending. */
export const unplayed = (course: Course, state: State): string[] =>
  scenarios(course).filter(({ id }) => !state.stories.get(id)?.finished).map(({ page }) => page);

function changed(course: Course, state: State, event: Event): State {
  switch (event.type) {
    case "open":
      return course.pageById.get(event.page)?.counts && state.page !== event.page ? { ...state, page: event.page } : state;
    case "seen":
      return seenAlso(course, state, event.page);
    case "answer": {
      if (!isKept(course, event.question)) return state;
      const tries = (state.answers.get(event.question)?.tries ?? 0) + 1;
      return withAnswer(state, event.question, { response: event.response, confidence: event.confidence, tries });
    }
    case "draft":
      if (state.submitted) return state;
      return withAnswer(started(course, state, event.question), event.question, {
        response: event.response, confidence: event.confidence, tries: 1,
      });
    case "choose":
      return withStory(course, state, event.block, (block, story) => advanced(block, story, event.choice));
    case "replay":
      return withStory(course, state, event.block, (_block, story) => replayed(story));
    case "plan":
      return withPlan(course, state, event.block);
    case "submit":
      return state.submitted ? state : submitted(course, state, event.mastery);
    case "again":
      return state.passed ? state : nextAttempt(course, state);
    case "end":
      return state.passed ? state : { ...state, ended: true };
    case "recorded":
      return { ...state, completed: true, passed: state.passed || event.passed };
  }
}

/** `completed` and `passed` stay, whatever a later version of the course asks for. */
export function step(course: Course, state: State, event: Event): State {
  const next = changed(course, state, event);
  return next.completed || !isComplete(course, next) ? next : { ...next, completed: true };
}

const isComplete = (course: Course, state: State): boolean =>
  course.complete_when.some((way) => way.pages.every((page) => state.seen.has(page)) && (!way.final_check || state.passed) && (!way.scenario || !unplayed(course, state).length) && (!way.plan || !unplanned(course, state).length));

/** The work of two tabs, or of an LMS and a browser, put together; `later` wins where they differ. */
export function merged(course: Course, earlier: State, later: State): State {
  const older = earlier.attempt > later.attempt ? later : earlier;
  const newer = older === later ? earlier : later;
  const best = Math.max(earlier.best ?? -1, later.best ?? -1);
  const answers = new Map(later.answers);
  for (const [question, answer] of earlier.answers)
    if (answer.tries > (answers.get(question)?.tries ?? 0)) answers.set(question, answer);
  for (const question of course.finalCheck?.questions ?? []) {
    const drafted = newer.answers.get(question) ?? (older.attempt === newer.attempt && !newer.submitted ? older.answers.get(question) : undefined);
    if (drafted) answers.set(question, drafted);
    else answers.delete(question);
  }
  const stories = new Map(later.stories);
  for (const [block, story] of earlier.stories) {
    const other = stories.get(block);
    stories.set(block, other ? further(story, other) : story);
  }
  return {
    ...later,
    answers,
    stories,
    plans: new Set([...earlier.plans, ...later.plans]),
    completed: earlier.completed || later.completed,
    passed: earlier.passed || later.passed,
    submitted: newer.submitted || (older.attempt === newer.attempt && older.submitted),
    ended: later.ended,
    attempt: newer.attempt,
    best: best < 0 ? null : best,
    seen: new Set([...earlier.seen, ...later.seen]),
  };
}
