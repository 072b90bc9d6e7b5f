// Bundles the player and the practice blocks. Browsers: the last two versions of Edge, Chrome, Firefox and Safari are what learners are promised;
// the floor is lower because managed NHS and council PCs and older iPads lag by years. These are the first releases with
// everything the player uses untranslated: `Array.prototype.at`, BigInt, `??`, requests that outlive their page.
import { build } from "esbuild";
import { vocabulary } from "./esbuild-options.mjs";

// player.js fetches the others from beside itself, and only where a page needs one.
const beside = {
  name: "beside",
  setup(build) {
    build.onResolve({ filter: /\/(practice|tools)\.js$/ }, ({ path }) => ({ path: `.${path.slice(path.lastIndexOf("/"))}`, external: true }));
  },
};

const shared = {
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  target: ["chrome92", "edge92", "firefox90", "safari15.4"],
  plugins: [vocabulary, beside],
  logLevel: "warning",
};
await build({ ...shared, entryPoints: ["src/self-check.ts"], outfile: "dist/self-check.js", format: "iife" });
// player.js last: its time says that all are made.
await build({ ...shared, entryPoints: ["src/practice.ts", "src/tools.ts"], outdir: "dist", format: "esm" });
await build({ ...shared, entryPoints: ["src/cards.ts"], outfile: "dist/cards.js", format: "iife" });
await build({ ...shared, entryPoints: ["src/main.ts"], outfile: "dist/player.js", format: "iife" });
