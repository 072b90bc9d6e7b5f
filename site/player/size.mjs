// A launch on a slow line should fetch little: the bundle's gzip size has a budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 30_000;
const bytes = gzipSync(readFileSync("dist/player.js"), { level: 9 }).length;
console.log(`dist/player.js: ${bytes} bytes gzipped of ${BUDGET}`);
process.exitCode = bytes > BUDGET ? 1 : 0;
