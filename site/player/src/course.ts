/** course.json, read once at the door. Everything behind it relies on these types and checks nothing again. */

import { flag, list, nullable, number, oneOf, pair, record, text, usually, type Read } from "./fields.ts";

const TYPES = [
  "single", "multiple", "true-false", "numeric", "short-text", "matching", "ordering", "rating", "judgement",
] as const;
const type = oneOf(...TYPES);
const options = usually<readonly (readonly [string, string])[]>([], list(pair(text, text)));

const answer = record({
  id: text,
  letter: text,
  correct: flag,
  value: usually("", text),
  tolerance: usually("0", text),
  accept: usually<readonly string[]>([], list(text)),
});

const question = record({
  id: text,
  slot: number,
  type,
  outcome: usually("", text),
  revision: usually(1, number),
  options,
  targets: options,
  answers: usually<readonly Read<typeof answer>[]>([], list(answer)),
  key: usually<readonly (readonly string[])[]>([], list(list(text))),
  choose: usually(1, number),
  ordered: usually(false, flag),
  retries: usually(0, number),
  partial: usually(false, flag),
  confidence: usually(false, flag),
  fold_case: usually(true, flag),
  fold_spaces: usually(true, flag),
  scored: usually(true, flag),
});

const page = record({
  id: text,
  slot: number,
  minutes: usually(0, number),
  counts: usually(true, flag),
  /** A follow-up page: how many days after the plan, and where the site has it, when the build knew. */
  after: usually(0, number),
  address: usually("", text),
});

const choice = record({
  id: text,
  /** In resume strings; of the whole scenario. */
  number,
  letter: text,
  to: text,
  changes: usually<readonly (readonly [string, number])[]>([], list(pair(text, number))),
});

const scene = record({ id: text, choices: list(choice) });

const block = record({
  id: text,
  page: text,
  type: text,
  purpose: oneOf("pre", "practice", "post", "then", "follow-up"),
  draw: usually<number | null>(null, nullable(number)),
  blueprint: usually<readonly (readonly [string, number])[]>([], list(pair(text, number))),
  always: usually<readonly string[]>([], list(text)),
  questions: usually<readonly string[]>([], list(text)),
  /** A scenario's or a plan's place in resume strings; a scenario's gauges at the start, and its scenes; those without choices are endings. */
  slot: usually<number | null>(null, nullable(number)),
  gauges: usually<readonly (readonly [string, number])[]>([], list(pair(text, number))),
  scenes: usually<readonly Read<typeof scene>[]>([], list(scene)),
});

const retired = record({ slot: number, type });

const course = record({
  id: text,
  version: text,
  language: text,
  iri: text,
  lineage: text,
  pass_mark: number,
  complete_when: list(record({ pages: list(text), final_check: flag, scenario: usually(false, flag), plan: usually(false, flag) })),
  outcomes: list(record({ id: text, pages: list(text) })),
  pages: list(page),
  blocks: list(block),
  questions: list(question),
  retired: usually<readonly Read<typeof retired>[]>([], list(retired)),
});

export type QuestionType = (typeof TYPES)[number];
export type Question = Read<typeof question>;
type Page = Read<typeof page>;
export type Block = Read<typeof block>;
type Fields = Read<typeof course>;

export interface Course extends Fields {
  readonly questionById: ReadonlyMap<string, Question>;
  readonly pageById: ReadonlyMap<string, Page>;
  readonly blockById: ReadonlyMap<string, Block>;
  /** The block that asks each question: where its page and purpose come from. */
  readonly blockOf: ReadonlyMap<string, Block>;
  readonly finalCheck: Block | undefined;
}

const byId = <T extends { readonly id: string }>(items: readonly T[]) => new Map(items.map((item) => [item.id, item]));

export function parseCourse(json: unknown): Course {
  const fields = course(json, "course");
  return {
    ...fields,
    questionById: byId(fields.questions),
    pageById: byId(fields.pages),
    blockById: byId(fields.blocks),
    blockOf: new Map(fields.blocks.flatMap((asked) => asked.questions.map((id) => [id, asked] as const))),
    finalCheck: fields.blocks.find((asked) => asked.type === "final-check"),
  };
}
