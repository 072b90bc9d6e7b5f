import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ranked } from "../src/elements/chooser.ts";
import { difference } from "../src/elements/contrast.ts";

interface Golden {
  readonly weighed: Parameters<typeof ranked>[0]["weighed"];
  readonly answers: Readonly<Record<string, string>>;
  readonly ranked: readonly string[];
}

test("recommendations are ranked as in Python", () => {
  const golden = JSON.parse(readFileSync("../../tests/golden/ranking.json", "utf8")) as readonly Golden[];
  assert.equal(golden.length, 60);
  for (const each of golden) assert.deepEqual(ranked({ show: 3, weighed: each.weighed }, each.answers).map(({ id }) => id), each.ranked);
});

test("what is to change, in words", () => {
  assert.deepEqual(
    [difference("2", "7", "Telling", "Asking"), difference("7", "2", "Telling", "Asking"), difference("0", "0", "a", "b"), difference("", "3", "a", "b")],
    ["5 further towards “Asking”", "5 further towards “Telling”", "Where it should be", ""],
  );
});
