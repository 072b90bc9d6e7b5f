import assert from "node:assert/strict";
import { test } from "node:test";
import type { QuestionType } from "../src/course.ts";
import { known } from "../src/known.ts";
import { grade, matched, recognised, verdict } from "../src/grade.ts";
import { course, RESPONSES } from "./fixture.ts";

const demo = course();
const question = (id: string) => known(demo.questionById.get(id));

const PART: Record<QuestionType, number | null> = {
  single: 0, multiple: 0, "true-false": 0, numeric: 0, "short-text": 0, matching: 0.5, ordering: 1 / 3, rating: null, judgement: 0.5,
};
for (const [type, { id, right, other }] of Object.entries(RESPONSES)) {
  test(`${type}: right and otherwise`, () => {
    assert.equal(grade(question(id), right), type === "rating" ? null : 1);
    assert.equal(grade(question(id), other), PART[type as QuestionType]);
    if (type !== "rating") assert.equal(grade(question(id), []), 0);
  });
}

test("partial credit never falls below nothing, nor counts without the author's leave", () => {
  assert.equal(grade(question("some"), ["b2"]), 0);
  assert.equal(grade(question("some"), ["a1"]), 0.5);
  assert.equal(grade({ ...question("pairs"), partial: false }, ["left_a.z", "left_b.y"]), 0);
});

test("every accepted order is right, and credit is by the nearest", () => {
  assert.equal(grade(question("row"), ["y", "x", "z"]), 1);
  assert.equal(grade(question("row"), ["y", "z", "x"]), 1 / 3);
});

test("numbers within the tolerance are right, and a known wrong one is recognised", () => {
  assert.equal(grade(question("sum"), ["0.35"]), 1);
  assert.equal(grade(question("sum"), ["0.351"]), 0);
  assert.equal(matched(question("sum"), ["3.0"]), "tenfold");
  assert.equal(matched(question("sum"), ["9"]), null);
});

test("words are folded as the author said", () => {
  assert.equal(recognised(question("word"), "  Co–Production "), "named");
  assert.equal(recognised(question("word"), "CONSULTATION"), "close");
  assert.equal(recognised(question("word"), "my neighbour's name"), "other");
  assert.equal(recognised({ ...question("word"), fold_case: false }, "Coproduction"), "other");
});

test("verdicts", () => assert.deepEqual([1, 0.99, 0, null].map(verdict), ["correct", "incorrect", "incorrect", "neutral"]));
