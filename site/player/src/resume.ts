/**
 * State ↔ resume string (SCORM suspend data, xAPI State, browser storage), format 1:
 * "1", six characters of lineage, the payload in base64url, and a checksum of four characters.
 * After the answers, in courses with scenarios, the path through each of them; then, in courses with a plan, whether it was made.
 * Slots and letters are the lock file's, so a string of an earlier release still means the same.
 */

import { bitReader, bitWriter, type BitWriter } from "./bits.ts";
import { isKept, CONFIDENCE, fresh, type Answer, type State } from "./progress.ts";
import type { Course, QuestionType } from "./course.ts";
import { known } from "./known.ts";
import { PACKING } from "./packed.ts";
import { plans, scenarios, walk, type Story } from "./story.ts";

const FORMAT = "1";
const LINEAGE_LENGTH = 6;
const CHECK_LENGTH = 4;
const FLAGS = ["completed", "passed", "submitted", "ended"] as const;
const WIDTH = { seed: 32, flags: 8, page: 10, attempt: 8, best: 14, pages: 10, questions: 12, tries: 2, confidence: 2, scenarios: 6, runs: 2, steps: 5, choice: 6 };

function checksum(text: string): string {
  let mixed = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) mixed = Math.imul(mixed ^ byte, 0x01000193) >>> 0;
  const bits = bitWriter();
  bits.put(24, mixed & 0xffffff);
  return bits.text();
}

const slots = (items: readonly { readonly slot: number }[]) => Math.max(-1, ...items.map(({ slot }) => slot)) + 1;

export function encode(course: Course, state: State): string {
  const bits = bitWriter();
  bits.put(WIDTH.seed, state.seed);
  bits.put(WIDTH.flags, FLAGS.reduce((sum, flag, at) => sum + (state[flag] ? 1 << at : 0), 0));
  bits.put(WIDTH.page, state.page === null ? 0 : known(course.pageById.get(state.page)).slot + 1);
  bits.put(WIDTH.attempt, state.attempt);
  bits.put(WIDTH.best, state.best === null ? 0 : Math.round(state.best * 10_000) + 1);

  const pages = new Map(course.pages.map((page) => [page.slot, page.id]));
  const pageSlots = slots(course.pages);
  bits.put(WIDTH.pages, pageSlots);
  for (let slot = 0; slot < pageSlots; slot++) bits.put(1, state.seen.has(pages.get(slot) ?? "") ? 1 : 0);

  const questions = new Map(course.questions.map((question) => [question.slot, question]));
  const questionSlots = slots([...course.questions, ...course.retired]);
  bits.put(WIDTH.questions, questionSlots);
  for (let slot = 0; slot < questionSlots; slot++) {
    const question = questions.get(slot);
    const answer = question && isKept(course, question.id) ? state.answers.get(question.id) : undefined;
    bits.put(1, answer ? 1 : 0);
    if (!question || !answer) continue;
    bits.put(WIDTH.tries, Math.min(answer.tries, 4) - 1);
    bits.put(1, answer.confidence ? 1 : 0);
    if (answer.confidence) bits.put(WIDTH.confidence, CONFIDENCE.indexOf(answer.confidence));
    PACKING[question.type].write(question, answer.response, bits);
  }
  writeStories(course, state, bits);
  writePlans(course, state, bits);
  const text = FORMAT + course.lineage + bits.text();
  return text + checksum(text);
}

/** The state, or null when the string is damaged, of another course, or of a format of the future. */
export function decode(course: Course, text: string): State | null {
  const body = text.slice(0, -CHECK_LENGTH);
  if (!/^[A-Za-z0-9_-]{12,}$/.test(text) || checksum(body) !== text.slice(-CHECK_LENGTH)) return null;
  if (!body.startsWith(FORMAT + course.lineage)) return null;
  const take = bitReader(body.slice(FORMAT.length + LINEAGE_LENGTH));

  const seed = take(WIDTH.seed);
  const flags = take(WIDTH.flags);
  const isSet = (flag: (typeof FLAGS)[number]) => (flags & (1 << FLAGS.indexOf(flag))) !== 0;
  const pageSlot = take(WIDTH.page) - 1;
  const attempt = take(WIDTH.attempt);
  const best = take(WIDTH.best) - 1;
  const pages = new Map(course.pages.map((page) => [page.slot, page.id]));
  const seen = Array.from({ length: take(WIDTH.pages) }, (_, slot) => (take(1) ? pages.get(slot) : undefined));

  return {
    ...fresh(seed),
    completed: isSet("completed"),
    passed: isSet("passed"),
    submitted: isSet("submitted"),
    ended: isSet("ended"),
    page: pages.get(pageSlot) ?? null,
    attempt,
    best: best < 0 ? null : Math.min(best, 10_000) / 10_000,
    seen: new Set(seen.filter((page) => page !== undefined)),
    answers: readAnswers(course, take),
    stories: readStories(course, take),
    plans: readPlans(course, take),
  };
}

/** What can be told without the course: how far somebody is, by the slots of pages. Null for a string of another lineage. */
export function glance(text: string, lineage: string): { completed: boolean; passed: boolean; page: number; seen: ReadonlySet<number> } | null {
  const body = text.slice(0, -CHECK_LENGTH);
  if (!body.startsWith(FORMAT + lineage) || checksum(body) !== text.slice(-CHECK_LENGTH)) return null;
  const take = bitReader(body.slice(FORMAT.length + LINEAGE_LENGTH));
  take(WIDTH.seed);
  const flags = take(WIDTH.flags);
  const isSet = (flag: (typeof FLAGS)[number]) => (flags & (1 << FLAGS.indexOf(flag))) !== 0;
  const page = take(WIDTH.page) - 1;
  take(WIDTH.attempt);
  take(WIDTH.best);
  const seen = Array.from({ length: take(WIDTH.pages) }, (_, slot) => slot).filter(() => take(1) === 1);
  return { completed: isSet("completed"), passed: isSet("passed"), page, seen: new Set(seen) };
}

/** After everything else: earlier players ignore what follows the answers. The number is written where anything follows it. */
function writeStories(course: Course, state: State, bits: BitWriter): void {
  const blocks = new Map(scenarios(course).map((block) => [block.slot, block.id]));
  const count = Math.max(-1, ...[...blocks.keys()].map(Number)) + 1;
  if (!count && !plans(course).length) return;
  bits.put(WIDTH.scenarios, count);
  for (let slot = 0; slot < count; slot++) {
    const story = state.stories.get(blocks.get(slot) ?? "");
    bits.put(1, story ? 1 : 0);
    if (!story) continue;
    bits.put(1, story.finished ? 1 : 0);
    bits.put(WIDTH.runs, story.runs - 1);
    bits.put(WIDTH.steps, story.path.length);
    for (const number of story.path) bits.put(WIDTH.choice, number);
  }
}

/** A bit a slot; scenarios' slots among them stay empty. */
function writePlans(course: Course, state: State, bits: BitWriter): void {
  const blocks = new Map(plans(course).map((block) => [block.slot, block.id]));
  const count = Math.max(-1, ...[...blocks.keys()].map(Number)) + 1;
  if (!count) return;
  bits.put(WIDTH.scenarios, count);
  for (let slot = 0; slot < count; slot++) bits.put(1, state.plans.has(blocks.get(slot) ?? "") ? 1 : 0);
}

function readPlans(course: Course, take: (width: number) => number): Set<string> {
  const made = Array.from({ length: take(WIDTH.scenarios) }, () => take(1));
  return new Set(plans(course).flatMap(({ id, slot }) => (made[slot ?? -1] ? [id] : [])));
}

function readStories(course: Course, take: (width: number) => number): Map<string, Story> {
  const blocks = new Map(scenarios(course).map((block) => [block.slot, block]));
  const stories = new Map<string, Story>();
  const count = take(WIDTH.scenarios);
  for (let slot = 0; slot < count; slot++) {
    if (!take(1)) continue;
    const finished = take(1) === 1;
    const runs = take(WIDTH.runs) + 1;
    const path = Array.from({ length: take(WIDTH.steps) }, () => take(WIDTH.choice));
    const block = blocks.get(slot);
    if (block) stories.set(block.id, { path: known(walk(block, path) ?? undefined).steps.map(({ choice }) => choice.number), runs, finished });
  }
  return stories;
}

function readAnswers(course: Course, take: (width: number) => number): Map<string, Answer> {
  const questions = new Map(course.questions.map((question) => [question.slot, question]));
  const types = new Map<number, QuestionType>([...course.questions, ...course.retired].map(({ slot, type }) => [slot, type]));
  const answers = new Map<string, Answer>();
  const count = take(WIDTH.questions);
  for (let slot = 0; slot < count; slot++) {
    if (!take(1)) continue;
    const type = types.get(slot);
    // A string of a later release than this one: how wide the answer is nobody can tell, so the rest is left.
    if (type === undefined) break;
    const tries = take(WIDTH.tries) + 1;
    const confidence = take(1) ? CONFIDENCE[take(WIDTH.confidence)] ?? null : null;
    const read = PACKING[type].read(take);
    const question = questions.get(slot);
    const response = question ? PACKING[type].response(question, read) : null;
    if (question && response?.length) answers.set(question.id, { response, tries, confidence });
  }
  return answers;
}
