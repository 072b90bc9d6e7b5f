import assert from "node:assert/strict";
import { test } from "node:test";
import type { QuestionType } from "../src/course.ts";
import { known } from "../src/known.ts";
import { FORMS } from "../src/responses.ts";
import { interactions } from "../src/interactions.ts";
import { course, RESPONSES, WORDING } from "./fixture.ts";

const demo = course();

/** type → (interaction type, SCORM 1.2 response, 2004 and xAPI response, xAPI pattern) */
const EXPECTED: Record<QuestionType, [string, string, string, string]> = {
  single: ["choice", "b", "codesign", "codesign"],
  multiple: ["choice", "a,c", "a1[,]c3", "a1[,]c3"],
  "true-false": ["true-false", "t", "true", "true"],
  numeric: ["numeric", "0.3", "0.3", "0.25[:]0.35"],
  "short-text": ["fill-in", "named", "named", "named"],
  matching: ["matching", "1.c,2.a", "left_a[.]z[,]left_b[.]x", "left_a[.]z[,]left_b[.]x"],
  ordering: ["sequencing", "b,a,c", "x[,]y[,]z", "x[,]y[,]z"],
  rating: ["likert", "b", "often", ""],
  judgement: ["matching", "1.a,2.c", "best[.]opt[,]worst[.]opt3", "best[.]opt[,]worst[.]opt3"],
};

for (const [type, [interactionType, letters, ids, pattern]] of Object.entries(EXPECTED))
  test(`${type} as ${interactionType}`, () => {
    const { id, right } = RESPONSES[type as QuestionType];
    const question = known(demo.questionById.get(id));
    const form = FORMS[question.type];
    const [key = []] = question.key;
    assert.deepEqual(
      [form.type, form.letters(question, right), form.ids(question, right), pattern && (form.pattern ?? form.ids)(question, key)],
      [interactionType, letters, ids, pattern]);
  });

test("a left item's number follows its letter", () => {
  const question = { ...known(demo.questionById.get("pairs")), options: [["left_b", "b"], ["left_c", "c"]] as const };
  assert.equal(FORMS.matching.letters(question, ["left_b.x", "left_c.y"]), "2.a,3.b");
});

test("confidence is an interaction of its own", () => {
  const given = { question: "one", response: ["consult"], confidence: "low", attempt: 2, latency: 3.5, at: 0 };
  const [answer, confidence, ...more] = interactions(demo, given, WORDING);
  assert.equal(more.length, 0);
  assert.deepEqual([answer?.id, answer?.result, answer?.idPatterns, answer?.components.choices?.[0]], ["one", "incorrect", ["codesign"], { id: "consult", text: "Consultation" }]);
  assert.deepEqual([confidence?.id, confidence?.type, confidence?.letters, confidence?.ids, confidence?.result, confidence?.attempt], ["one.confidence", "likert", "a", "low", "neutral", 2]);
});
