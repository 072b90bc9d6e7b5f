// Bundles each TypeScript test (Node 20 runs no TypeScript itself) and hands them to Node's own runner.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vocabulary } from "../esbuild-options.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const tests = readdirSync(folder).filter((name) => name.endsWith(".test.ts") && (!wanted.length || wanted.some((part) => name.includes(part))));
// Inside node_modules, so that the bundles resolve packages and git ignores them.
const out = mkdtempSync(join(folder, "../node_modules/.player-tests-"));
await build({
  entryPoints: tests.map((name) => join(folder, name)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  packages: "external",
  sourcemap: "inline",
  plugins: [vocabulary],
  logLevel: "warning",
});
const files = readdirSync(out).map((name) => join(out, name));
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit", cwd: join(folder, "..") });
rmSync(out, { recursive: true });
process.exitCode = run.status ?? 1;
