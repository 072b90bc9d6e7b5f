import assert from "node:assert/strict";
import { test } from "node:test";
import { clockDuration, isoDuration } from "../src/duration.ts";

for (const [seconds, clock, iso] of [
  [0, "0000:00:00.00", "PT0S"], [5.126, "0000:00:05.13", "PT5.13S"], [59.999, "0000:01:00.00", "PT60S"],
  [3661.5, "0001:01:01.50", "PT3661.5S"], [-4, "0000:00:00.00", "PT0S"], [36_000_000, "9999:00:00.00", "PT36000000S"],
] as const)
  test(`${seconds} seconds`, () => assert.deepEqual([clockDuration(seconds), isoDuration(seconds)], [clock, iso]));
