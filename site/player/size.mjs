// A launch on a slow line should fetch little: each bundle's gzip size has a budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGETS = {
  "dist/player.js": 30_000, "dist/practice.js": 15_000, "dist/tools.js": 8_000, "dist/self-check.js": 8_000, "dist/cards.js": 4_000,
};
for (const [file, budget] of Object.entries(BUDGETS)) {
  const bytes = gzipSync(readFileSync(file), { level: 9 }).length;
  console.log(`${file}: ${bytes} bytes gzipped of ${budget}`);
  if (bytes > budget) process.exitCode = 1;
}
