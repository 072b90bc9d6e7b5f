import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { exact, Impossible, near, reckon, shown, type Ratio, type Shown, type Tree, type Value } from "../src/reckoning.ts";

interface Golden {
  readonly values: Readonly<Record<string, string>>;
  readonly unit: Shown;
  readonly reckoned: readonly { readonly tree: Tree; readonly rule: string; readonly is: string; readonly shown: string }[];
}
const { values, unit, reckoned } = JSON.parse(readFileSync("../../tests/golden/reckoning.json", "utf8")) as Golden;

function came(tree: Tree, rule: string): [string, string] {
  const given = new Map<string, Value>([...Object.entries(values).map(([name, digits]) => [name, exact(digits)] as const), ["rule", rule]]);
  try {
    const value = reckon(tree, given) as Ratio;
    return [value.join("/"), shown(value, unit)];
  } catch (problem) {
    if (problem instanceof Impossible) return [problem.why, ""];
    throw problem;
  }
}

test("every formula comes to what it comes to in Python, and is shown in the same words", () => {
  assert.ok(reckoned.length > 400);
  for (const { tree, rule, is, shown: said } of reckoned) assert.deepEqual(came(tree, rule), [is, said], JSON.stringify(tree));
});

test("money as it is shown", () => {
  const said = (digits: string, decimals: number) => shown(exact(digits), ["1", "£", "", decimals]);
  assert.deepEqual(
    [said("-0.004", 2), said("-0.005", 2), said("0.995", 2), said("12.5", 2), said("-1234567.5", 0)],
    ["£0", "−£0.01", "£1", "£12.50", "−£1,234,568"],
  );
});

test("places on a chart are near enough", () => assert.equal(near(exact("-1234.5")), -1234.5));
