import assert from "node:assert/strict";
import { test } from "node:test";
import type { Course, QuestionType } from "../src/course.ts";
import { known } from "../src/known.ts";
import { CONFIDENCE, fresh, isKept, type Answer, type State } from "../src/progress.ts";
import { decode, encode } from "../src/resume.ts";
import { course, dice, golden, RESPONSES } from "./fixture.ts";

const demo = course();

function randomResponse(from: Course, id: string, roll: (below: number) => number): string[] {
  const question = known(from.questionById.get(id));
  const any = <T>(items: readonly T[]) => known(items[roll(items.length)]);
  const ids = question.options.map(([option]) => option);
  const some = () => {
    const chosen = ids.filter(() => roll(2));
    return chosen.length ? chosen : [known(ids[0])];
  };
  const makers: Record<QuestionType, () => string[]> = {
    single: () => [any(ids)],
    "true-false": () => [any(ids)],
    rating: () => [any(ids)],
    "short-text": () => [any([...question.answers.map((answer) => answer.id), "other"])],
    numeric: () => [`${roll(2) ? "-" : ""}${roll(9999)}${roll(2) ? `.${roll(99999)}` : ""}`],
    multiple: some,
    matching: () => some().map((left) => `${left}.${any(question.targets)[0]}`),
    ordering: () => (roll(2) ? [...ids] : [...ids].reverse()),
    judgement: () => [`best.${any(ids)}`, `worst.${any(ids)}`].slice(0, 1 + roll(2)),
  };
  return makers[question.type]();
}

function randomState(from: Course, roll: (below: number) => number): State {
  const counted = from.pages.filter(({ counts }) => counts);
  const answers = from.questions.flatMap(({ id }) => {
    if (!isKept(from, id) || roll(2)) return [];
    const answer: Answer = {
      response: randomResponse(from, id, roll), tries: 1 + roll(4), confidence: [...CONFIDENCE, null][roll(4)] ?? null,
    };
    return [[id, answer] as const];
  });
  return {
    ...fresh(roll(2 ** 32)),
    completed: roll(2) === 1, passed: roll(2) === 1, submitted: roll(2) === 1, ended: roll(2) === 1,
    page: roll(3) ? known(counted[roll(counted.length)]).id : null,
    attempt: roll(256),
    best: roll(2) ? roll(10_001) / 10_000 : null,
    seen: new Set(counted.filter(() => roll(2)).map(({ id }) => id)),
    answers: new Map(answers),
  };
}

for (const [name, from] of [["the fixture", demo], ["the golden course", golden()]] as const)
  test(`1,000 random states of ${name} come back as they were`, { skip: from === null }, () => {
    const roll = dice(2024);
    for (let count = 0; count < 1_000; count++) {
      const state = randomState(known(from ?? undefined), roll);
      const text = encode(known(from ?? undefined), state);
      assert.match(text, /^1[A-Za-z0-9_-]{6}[A-Za-z0-9_-]+$/);
      assert.deepEqual(decode(known(from ?? undefined), text), state);
    }
  });

test("a string, character by character: the format is a promise to every release", () => {
  const state: State = {
    ...fresh(1), page: "ladder", attempt: 1, best: 0.5, seen: new Set(["start"]),
    answers: new Map([["one", { response: ["codesign"], tries: 1, confidence: "high" }]]),
  };
  assert.equal(encode(demo, state), "1Ab3_xZAAAAAQAAgFOJASAFZggAAAi4Cl");
});

const everything = (from: Course): State => ({
  ...fresh(99), seen: new Set(["start", "ladder"]), page: "ladder",
  answers: new Map(Object.values(RESPONSES).filter(({ id }) => from.questionById.has(id)).map(({ id, right }) => [id, { response: right, tries: 2, confidence: null }])),
});

test("a damaged string starts afresh, never an exception", () => {
  const text = encode(demo, everything(demo));
  for (const broken of ["", "1", "nonsense", "{}", text.slice(0, -1), text.slice(1), `2${text.slice(1)}`, text.replace("Ab3_xZ", "Zx_3bA"), `${text}A`, "\u0000".repeat(40)])
    assert.equal(decode(demo, broken), null);
  const roll = dice(5);
  for (let count = 0; count < 500; count++) {
    const at = roll(text.length);
    const changed = text.slice(0, at) + "-_AZ09"[roll(6)] + text.slice(at + 1);
    if (changed !== text) assert.equal(decode(demo, changed), null);
  }
});

test("an inserted question and page cost nothing", () => {
  const grown = course((json) => {
    json.pages.splice(1, 0, { id: "new-page", slot: 4, minutes: 1, counts: true });
    json.questions.unshift({ id: "new", slot: 21, type: "ordering", outcome: "ladder", options: [["p", "a"], ["q", "b"]], key: [["p", "q"]] });
  });
  assert.deepEqual(decode(grown, encode(demo, everything(demo))), everything(demo));
});

test("a retired question loses its own answer only", () => {
  for (const { id } of Object.values(RESPONSES)) {
    const smaller = course((json) => {
      const [gone] = json.questions.splice(json.questions.findIndex((question) => question.id === id), 1);
      json.retired.push({ slot: gone?.slot, type: gone?.type });
      for (const block of json.blocks) block.questions = (block.questions as string[]).filter((each) => each !== id);
    });
    const expected = new Map(everything(demo).answers);
    expected.delete(id);
    assert.deepEqual(decode(smaller, encode(demo, everything(demo)))?.answers, expected);
  }
});

test("reordered, re-keyed and extended questions keep their answers", () => {
  const changed = course((json) => {
    json.questions.reverse();
    for (const question of json.questions) {
      question.revision = 2;
      if (question.id === "one") {
        question.options = [["later", "d"], ["inform", "c"], ["consult", "a"], ["codesign", "b"]];
        question.key = [["later"]];
      }
    }
  });
  assert.deepEqual(decode(changed, encode(demo, everything(demo)))?.answers, everything(demo).answers);
});

test("an answer that names an option the course no longer has is dropped", () => {
  const changed = course((json) => {
    for (const question of json.questions) {
      if (question.id === "one") question.options = [["consult", "a"], ["inform", "c"]];
      if (question.id === "row") question.options = [["x", "b"], ["y", "a"]];
    }
  });
  const kept = decode(changed, encode(demo, everything(demo)))?.answers;
  assert.deepEqual([kept?.has("one"), kept?.has("row"), kept?.has("some")], [false, false, true]);
});

test("a string of a later release is read as far as it can be", () => {
  const later = course((json) => json.questions.push({ id: "new", slot: 19, type: "numeric", outcome: "", answers: [], key: [] }, { id: "last", slot: 22, type: "single", outcome: "ladder", options: [["yes", "a"]], key: [["yes"]] }));
  const state = everything(later);
  assert.deepEqual(decode(demo, encode(later, state))?.answers, state.answers);
});

test("pages that do not count save nothing", () => {
  const state = { ...fresh(1), answers: new Map([["extra", { response: ["yes"], tries: 1, confidence: null }]]) };
  assert.equal(decode(demo, encode(demo, state))?.answers.size, 0);
});
