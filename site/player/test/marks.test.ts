import assert from "node:assert/strict";
import { test } from "node:test";
import { known } from "../src/known.ts";
import { dueFeedback, marks } from "../src/elements/marks.ts";
import { course } from "./fixture.ts";

const demo = course();
const shown = (id: string, response: string[], reveal: boolean, parts = { x: "Board", z: "Trust" }) =>
  [...marks(known(demo.questionById.get(id)), response, reveal, parts)].map(([item, { kind, text }]) => [item, kind, text]);

test("while tries are left only what was chosen is judged", () => {
  assert.deepEqual(shown("one", ["inform"], false), [["inform", "wrong", "Not right."]]);
  assert.deepEqual(shown("some", ["a1", "b2"], false), [["a1", "right", "Right."], ["b2", "wrong", "Not right."]]);
});

test("then what would have been right is shown too", () => {
  assert.deepEqual(shown("one", ["inform"], true), [["inform", "wrong", "Not right."], ["codesign", "missed", "This was right."]]);
  assert.deepEqual(shown("pairs", ["left_a.z", "left_b.y"], true), [["left_a", "right", "Right."], ["left_b", "wrong", "Not right. Right answer: Board."]]);
  assert.deepEqual(shown("row", ["y", "z", "x"], true), [["y", "right", "Right."], ["z", "wrong", "Not right. Right place: 3."], ["x", "wrong", "Not right. Right place: 2."]]);
  assert.deepEqual(shown("judge", ["best.opt", "worst.opt2"], true), [["opt", "right", "Right."], ["opt2", "wrong", "Not right."], ["opt3", "missed", "The worst here."]]);
});

test("typed answers are marked at the reply they get", () => {
  assert.deepEqual(shown("sum", ["0.28"], true), [["exact", "right", "Right."]]);
  assert.deepEqual(shown("sum", ["3"], true), [["tenfold", "wrong", "Not right."], ["exact", "missed", "Right answer: 0.3."]]);
  assert.deepEqual(shown("word", ["other"], true), [["named", "missed", "Right answer: co-production."]]);
  assert.deepEqual(shown("word", ["other"], false), []);
});

test("an opinion is neither right nor wrong", () => assert.deepEqual(shown("often", ["never"], true), []));

test("feedback is due to what was chosen, and at the end to the key", () => {
  const due = (id: string, response: string[], reveal: boolean) => [...dueFeedback(known(demo.questionById.get(id)), response, reveal)];
  assert.deepEqual(due("one", ["inform"], false), ["inform"]);
  assert.deepEqual(due("one", ["inform"], true), ["inform", "codesign"]);
  assert.deepEqual(due("often", ["never"], true), ["never"]);
  assert.deepEqual(due("sum", ["0.35"], false), ["exact"]);
});
