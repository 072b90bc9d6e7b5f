import assert from "node:assert/strict";
import { test } from "node:test";
import { bounds, normalised, within } from "../src/decimal.ts";

const TYPED: [typed: string, number: string | null][] = [
  ["23.5", "23.5"], [" 23.50 ", "23.50"], ["£1,234", "1234"], ["12,345,678", "12345678"], ["-0", "0"], ["007", "7"],
  [".5", "0.5"], ["5.", "5"], ["−3", "-3"], ["+4", "4"], ["12 %", "12"], ["1,5", null], ["12e3", null], ["", null],
  ["-", null], ["1.2.3", null], ["1234567890123", null], ["half", null],
];
for (const [typed, number] of TYPED)
  test(`"${typed}" is read as ${number}`, () => assert.equal(normalised(typed), number));

test("tolerance has no binary fractions", () => {
  assert.ok(within("0.3", "0.1", "0.2"));
  assert.ok(!within("0.31", "0.1", "0.2"));
  assert.ok(within("-1", "-1.00", "0"));
  assert.deepEqual(bounds("0.3", "0.2"), ["0.1", "0.5"]);
  assert.deepEqual(bounds("0.1", "0.25"), ["-0.15", "0.35"]);
  assert.deepEqual(bounds("23", "0"), ["23", "23"]);
});
