/** A course with every type of question, as the compiler writes it; and the compiler's own golden one when it is there. */

import { existsSync, readFileSync } from "node:fs";
import { parseCourse, type Course, type QuestionType } from "../src/course.ts";
import type { Wording } from "../src/interactions.ts";
import type { Response } from "../src/grade.ts";

const GOLDEN = "../../tests/golden/course.json";

type Json = Record<string, unknown>;
export type CourseJson = Json & { questions: Json[]; blocks: Json[]; pages: Json[]; retired: Json[] };

const bank = ["b1", "b2", "b3", "b4", "b5", "b6"];

export const demo = (): CourseJson => ({
  format: 1, id: "demo", version: "1.0.0", language: "en-GB", iri: "https://example.org/masterclasses/demo",
  lineage: "Ab3_xZ", pass_mark: 0.7,
  complete_when: [{ pages: ["start", "ladder", "check"], final_check: true }],
  outcomes: [{ id: "ladder", pages: ["ladder"] }, { id: "duties", pages: ["start"] }],
  pages: [
    { id: "start", slot: 0, minutes: 5, counts: true },
    { id: "ladder", slot: 1, minutes: 10, counts: true },
    { id: "check", slot: 2, minutes: 15, counts: true },
    { id: "after", slot: 3, minutes: 5, counts: false },
  ],
  blocks: [
    {
      id: "practice", page: "ladder", type: "quiz", purpose: "practice", draw: null, blueprint: [], always: [],
      questions: ["one", "some", "truth", "sum", "word", "pairs", "row", "often", "judge"],
    },
    {
      id: "final-check", page: "check", type: "final-check", purpose: "post", draw: null,
      blueprint: [["ladder", 2], ["duties", 2]], always: ["b1"], questions: bank,
    },
    { id: "later", page: "after", type: "quiz", purpose: "follow-up", draw: null, blueprint: [], always: [], questions: ["extra"] },
  ],
  questions: [
    { id: "one", slot: 0, type: "single", outcome: "ladder", options: [["consult", "a"], ["codesign", "b"], ["inform", "c"]],
      key: [["codesign"]], retries: 1, confidence: true },
    { id: "some", slot: 1, type: "multiple", outcome: "ladder", options: [["a1", "a"], ["b2", "b"], ["c3", "c"]],
      key: [["a1", "c3"]], choose: 2, partial: true },
    { id: "truth", slot: 2, type: "true-false", outcome: "ladder", options: [["true", "a"], ["false", "b"]], key: [["true"]], ordered: true },
    { id: "sum", slot: 3, type: "numeric", outcome: "duties",
      answers: [{ id: "exact", letter: "a", correct: true, value: "0.3", tolerance: "0.05", accept: [] },
        { id: "tenfold", letter: "b", correct: false, value: "3", tolerance: "0", accept: [] }], key: [["0.3"]] },
    { id: "word", slot: 4, type: "short-text", outcome: "duties",
      answers: [{ id: "named", letter: "a", correct: true, value: "", tolerance: "0", accept: ["co-production", "coproduction"] },
        { id: "close", letter: "b", correct: false, value: "", tolerance: "0", accept: ["consultation"] }], key: [["named"]] },
    { id: "pairs", slot: 5, type: "matching", outcome: "duties", options: [["left_a", "a"], ["left_b", "b"]],
      targets: [["x", "a"], ["y", "b"], ["z", "c"]], key: [["left_a.z", "left_b.x"]], partial: true },
    { id: "row", slot: 6, type: "ordering", outcome: "duties", options: [["x", "b"], ["y", "a"], ["z", "c"]],
      key: [["x", "y", "z"], ["y", "x", "z"]], partial: true },
    { id: "often", slot: 7, type: "rating", outcome: "", options: [["never", "a"], ["often", "b"]], scored: false, ordered: true, key: [] },
    { id: "judge", slot: 8, type: "judgement", outcome: "ladder", options: [["opt", "a"], ["opt2", "b"], ["opt3", "c"]],
      key: [["best.opt", "worst.opt3"]], partial: true },
    ...bank.map((id, at) => ({ id, slot: 10 + at, type: "single", outcome: at % 2 ? "duties" : "ladder",
      options: [["yes", "a"], ["no", "b"]], key: [["yes"]] })),
    { id: "extra", slot: 20, type: "single", outcome: "ladder", options: [["yes", "a"], ["no", "b"]], key: [["yes"]] },
  ],
  retired: [{ slot: 9, type: "multiple" }],
});

export const course = (change: (json: CourseJson) => void = () => {}): Course => {
  const json = demo();
  change(json);
  return parseCourse(json);
};

export const golden = (): Course | null =>
  existsSync(GOLDEN) ? parseCourse(JSON.parse(readFileSync(GOLDEN, "utf8"))) : null;

/** One answer of each type, right or partly so. */
export const RESPONSES: Record<QuestionType, { id: string; right: Response; other: Response }> = {
  single: { id: "one", right: ["codesign"], other: ["inform"] },
  multiple: { id: "some", right: ["a1", "c3"], other: ["a1", "b2"] },
  "true-false": { id: "truth", right: ["true"], other: ["false"] },
  numeric: { id: "sum", right: ["0.3"], other: ["-3.75"] },
  "short-text": { id: "word", right: ["named"], other: ["other"] },
  matching: { id: "pairs", right: ["left_a.z", "left_b.x"], other: ["left_a.z", "left_b.y"] },
  ordering: { id: "row", right: ["x", "y", "z"], other: ["z", "y", "x"] },
  rating: { id: "often", right: ["often"], other: ["never"] },
  judgement: { id: "judge", right: ["best.opt", "worst.opt3"], other: ["best.opt", "worst.opt2"] },
};

export const WORDING: Wording = {
  prompt: "Which rung is this?", parts: { consult: "Consultation" }, confidence: "How sure are you?", levels: { low: "Guessing" },
};

/** Random numbers that are the same in every run. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
