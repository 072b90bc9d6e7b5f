/**
 * A response in the forms that standards want: one row per type.
 * `letters`: SCORM 1.2 (single characters, `a,c`, `1.a,2.b`). `ids`: SCORM 2004 and xAPI (`[,]` and `[.]`).
 */

import type { Question, QuestionType } from "./course.ts";
import { bounds } from "./decimal.ts";
import { CONFIDENCE } from "./progress.ts";
import type { Response } from "./grade.ts";

export type InteractionType = "choice" | "true-false" | "fill-in" | "numeric" | "matching" | "sequencing" | "likert";

/** The lists of named things an xAPI definition carries for its type. */
export type Components = Readonly<Partial<Record<"choices" | "scale" | "source" | "target", readonly string[]>>>;

export interface Form {
  readonly type: InteractionType;
  letters(question: Question, response: Response): string;
  ids(question: Question, response: Response): string;
  /** Patterns of the right responses where they differ from a response's own form. */
  pattern?(question: Question, key: Response): string;
  components(question: Question): Components;
}

type Lettered = readonly (readonly [id: string, letter: string])[];

const letterOf = (options: Lettered, id: string) => options.find(([option]) => option === id)?.[1] ?? "";
const idsOf = (options: Lettered) => options.map(([id]) => id);
const joined = (_question: Question, response: Response) => response.join("[,]");
const first = (_question: Question, [token = ""]: Response) => token;
const dotted = (_question: Question, response: Response) => response.map((token) => token.replace(".", "[.]")).join("[,]");
const optionLetters = (question: Question, response: Response) =>
  response.map((id) => letterOf(question.options, id)).join(",");
const noComponents = (): Components => ({});
const choices = (question: Question): Components => ({ choices: idsOf(question.options) });

const choice: Form = { type: "choice", letters: optionLetters, ids: joined, components: choices };

/** Left and right of each pair as single characters: the left one counted from 1, the right one a letter. */
const numbered = (lefts: readonly string[], rights: Lettered, response: Response) =>
  response
    .map((token) => {
      const [left = "", right = ""] = token.split(".");
      return `${lefts.indexOf(left) + 1}.${letterOf(rights, right)}`;
    })
    .join(",");

const ROLES = ["best", "worst"];
const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
/** A left item's number follows its letter, so that it stays when another item goes. */
const byLetter = (options: Lettered) => Array.from(ALPHABET, (letter) => options.find((option) => option[1] === letter)?.[0] ?? "");

export const FORMS: Record<QuestionType, Form> = {
  single: choice,
  multiple: choice,
  "true-false": { type: "true-false", letters: (_question, [token = ""]) => token.charAt(0), ids: first, components: noComponents },
  numeric: {
    type: "numeric",
    letters: first,
    ids: first,
    pattern(question, [value = ""]) {
      const tolerance = question.answers.find((answer) => answer.correct && answer.value === value)?.tolerance ?? "0";
      return bounds(value, tolerance).join("[:]");
    },
    components: noComponents,
  },
  "short-text": { type: "fill-in", letters: first, ids: first, components: noComponents },
  matching: {
    type: "matching",
    letters: (question, response) => numbered(byLetter(question.options), question.targets, response),
    ids: dotted,
    components: (question) => ({ source: idsOf(question.options), target: idsOf(question.targets) }),
  },
  ordering: { type: "sequencing", letters: optionLetters, ids: joined, components: choices },
  rating: { type: "likert", letters: optionLetters, ids: first, components: (question) => ({ scale: idsOf(question.options) }) },
  judgement: {
    type: "matching",
    letters: (question, response) => numbered(ROLES, question.options, response),
    ids: dotted,
    components: (question) => ({ source: ROLES, target: idsOf(question.options) }),
  },
};

const CONFIDENCE_LETTERS: Lettered = CONFIDENCE.map((level, at) => [level, ALPHABET.charAt(at)]);

/** How sure a learner was: a scale of its own beside the question. */
export const CONFIDENCE_FORM: Form = {
  type: "likert",
  letters: (_question, [level = ""]) => letterOf(CONFIDENCE_LETTERS, level),
  ids: first,
  components: () => ({ scale: CONFIDENCE }),
};
