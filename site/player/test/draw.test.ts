import assert from "node:assert/strict";
import { test } from "node:test";
import { known } from "../src/known.ts";
import { paper, quizQuestions, scrambled, shuffled } from "../src/draw.ts";
import { course } from "./fixture.ts";

const demo = course();
const block = known(demo.finalCheck);
const nobody = () => false;
const drawn = (seed: number, attempt: number, answered: (id: string) => boolean = nobody, from = demo) =>
  paper(from, known(from.finalCheck), { seed, attempt, answered }).map(({ id }) => id);

test("a paper follows the blueprint and is the same every time", () => {
  for (let seed = 0; seed < 200; seed++) {
    const ids = drawn(seed, 1);
    assert.deepEqual(ids, drawn(seed, 1));
    const outcomes = ids.map((id) => known(demo.questionById.get(id)).outcome).sort();
    assert.deepEqual(outcomes, ["duties", "duties", "ladder", "ladder"]);
    assert.ok(ids.includes("b1"), "always in the first attempt");
  }
});

test("attempts and learners differ, and every question has its turn", () => {
  const papers = Array.from({ length: 60 }, (_, seed) => drawn(seed, 2).join());
  assert.ok(new Set(papers).size > 20);
  assert.deepEqual([...new Set(papers.join().split(","))].sort(), block.questions);
});

test("what is answered stays on the paper", () => {
  const answered = (id: string) => ["b3", "b5", "b6"].includes(id);
  for (let seed = 0; seed < 50; seed++) for (const id of ["b3", "b5", "b6"]) assert.ok(drawn(seed, 1, answered).includes(id));
});

test("an inserted question takes at most one place", () => {
  const grown = course((json) => {
    json.questions.push({ id: "new", slot: 30, type: "single", outcome: "ladder", options: [["yes", "a"], ["no", "b"]], key: [["yes"]] });
    (known(json.blocks[1]).questions as string[]).push("new");
  });
  for (let seed = 0; seed < 100; seed++) {
    const kept = drawn(seed, 2).filter((id) => drawn(seed, 2, nobody, grown).includes(id));
    assert.ok(kept.length >= 3);
  }
});

test("a quiz draws once, in the author's order", () => {
  const few = { ...known(demo.blockById.get("practice")), draw: 3 };
  const ids = quizQuestions(demo, few, { seed: 7, answered: (id) => id === "judge" }).map(({ id }) => id);
  assert.equal(ids.length, 3);
  assert.ok(ids.includes("judge"));
  assert.deepEqual(ids, few.questions.filter((id) => ids.includes(id)));
});

test("options are shuffled unless ordered", () => {
  const one = known(demo.questionById.get("one"));
  const orders = new Set(Array.from({ length: 100 }, (_, seed) => shuffled(one, one.options, seed, 0).join()));
  assert.equal(orders.size, 6);
  assert.deepEqual(shuffled({ ...one, ordered: true }, one.options, 5, 0), ["consult", "codesign", "inform"]);
});

test("items to be ordered never start in a right order", () => {
  const row = known(demo.questionById.get("row"));
  for (let seed = 0; seed < 300; seed++)
    assert.ok(!row.key.map((key) => key.join()).includes(scrambled(row, seed, 0).join()));
});
