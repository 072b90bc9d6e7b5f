/** One answer as it is reported, the same in every format. Plain data: it waits in browser storage when it must. */

import type { Json } from "./json.ts";
import type { Course, QuestionType } from "./course.ts";
import { known } from "./known.ts";
import { grade, verdict, type Response, type Verdict } from "./grade.ts";
import { CONFIDENCE_FORM, FORMS, type Form, type InteractionType } from "./responses.ts";

/** What the page's HTML says: course.json holds no words. */
export interface Wording {
  readonly prompt: string;
  /** By id: options, targets, and a judgement's `best` and `worst`. */
  readonly parts: Readonly<Record<string, string>>;
  readonly confidence: string;
  readonly levels: Readonly<Record<string, string>>;
}

export interface Interaction {
  readonly kind: "interaction";
  readonly id: string;
  readonly question: string;
  readonly page: string;
  readonly type: InteractionType;
  readonly prompt: string;
  readonly outcome: string;
  readonly purpose: string;
  readonly attempt: number;
  readonly revision: number;
  readonly letters: string;
  readonly ids: string;
  readonly letterPatterns: readonly string[];
  readonly idPatterns: readonly string[];
  readonly components: Readonly<Record<string, readonly { readonly id: string; readonly text: string }[]>>;
  readonly result: Verdict;
  readonly score: number | null;
  /** Seconds. */
  readonly latency: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A page read to its end. */
export interface PageRead {
  readonly kind: "page";
  readonly page: string;
  readonly title: string;
  readonly progress: number;
  readonly at: number;
}

/** A step in a scenario; `progress` is how far along the story is. */
export interface StepTaken {
  readonly kind: "step";
  readonly page: string;
  readonly title: string;
  readonly progress: number;
  readonly at: number;
}

/** A plan was made. What it says is nobody's business but the learner's. */
export interface PlanMade {
  readonly kind: "plan";
  readonly block: string;
  readonly page: string;
  readonly title: string;
  readonly at: number;
}

/** Something that a recording did, in the words of the video profile. */
export interface Played {
  readonly kind: "media";
  readonly verb: string;
  readonly block: string;
  readonly page: string;
  readonly title: string;
  readonly result: Json;
  readonly extensions: Json;
  readonly at: number;
}

/** With the id of its statement, so that what has to be said again is known to be the same. */
export type Fact = (Interaction | PageRead | StepTaken | PlanMade | Played) & { readonly statement?: string };

interface Given {
  readonly question: string;
  readonly response: Response;
  readonly confidence: string | null;
  readonly attempt: number;
  readonly latency: number;
  readonly at: number;
}

/** Reports tell apart what was said before, so more than one right pattern per form never repeats. */
const unique = (patterns: readonly string[]) => [...new Set(patterns)];

/** The question's own interaction and, when the learner said how sure they were, a second one. */
export function interactions(course: Course, given: Given, wording: Wording): Interaction[] {
  const question = known(course.questionById.get(given.question));
  const block = known(course.blockOf.get(question.id));
  const score = grade(question, given.response);
  const common = {
    kind: "interaction", question: question.id, page: block.page, outcome: question.outcome, purpose: block.purpose,
    attempt: given.attempt, revision: question.revision, latency: given.latency, at: given.at,
  } as const;
  const named = (form: Form, texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(form.components(question)).map(([list, ids]) => [list, ids.map((id) => ({ id, text: texts[id] ?? id }))]),
    );
  const form = FORMS[question.type as QuestionType];
  const answer: Interaction = {
    ...common,
    id: question.id,
    type: form.type,
    prompt: wording.prompt,
    letters: form.letters(question, given.response),
    ids: form.ids(question, given.response),
    letterPatterns: unique(question.key.map((key) => form.letters(question, key))),
    idPatterns: unique(question.key.map((key) => (form.pattern ?? form.ids)(question, key))),
    components: named(form, wording.parts),
    result: verdict(score),
    score,
  };
  if (given.confidence === null) return [answer];
  const level = [given.confidence];
  const confidence: Interaction = {
    ...common,
    id: `${question.id}.confidence`,
    type: CONFIDENCE_FORM.type,
    prompt: wording.confidence,
    letters: CONFIDENCE_FORM.letters(question, level),
    ids: CONFIDENCE_FORM.ids(question, level),
    letterPatterns: [],
    idPatterns: [],
    components: named(CONFIDENCE_FORM, wording.levels),
    result: "neutral",
    score: null,
  };
  return [answer, confidence];
}
