// Bundles the player. Browsers: the last two versions of Edge, Chrome, Firefox and Safari are what learners are promised;
// the floor is lower because managed NHS and council PCs and older iPads lag by years. These are the first releases with
// everything the player uses untranslated: `Array.prototype.at`, BigInt, `??`, requests that outlive their page.
import { build } from "esbuild";
import { vocabulary } from "./esbuild-options.mjs";

await build({
  entryPoints: ["src/main.ts"],
  outfile: "dist/player.js",
  bundle: true,
  format: "iife",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  target: ["chrome92", "edge92", "firefox90", "safari15.4"],
  plugins: [vocabulary],
  logLevel: "warning",
});
