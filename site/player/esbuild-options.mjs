// What the bundle and the tests share: the vocabulary is read from xapi/profile.jsonld, its only list.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const PROFILE = fileURLToPath(new URL("../../xapi/profile.jsonld", import.meta.url));

/** `{"…/verbs/completed", type Verb}` is imported as `verbCompleted`: only the names in use reach the bundle. */
function exportName({ id, type }) {
  const kind = { Verb: "verb", ActivityType: "type", ContextExtension: "context", ResultExtension: "result", Activity: "activity" }[type];
  const words = id.split("/").at(-1).split(/[^A-Za-z0-9]+/);
  // The video profile has a progress of its own.
  const of = id.includes("/xapi/video/extensions/") ? "Video" : "";
  return kind + of + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

export const vocabulary = {
  name: "vocabulary",
  setup(build) {
    build.onResolve({ filter: /^vocabulary$/ }, () => ({ path: PROFILE, namespace: "vocabulary" }));
    build.onLoad({ filter: /.*/, namespace: "vocabulary" }, async () => {
      const profile = JSON.parse(await readFile(PROFILE, "utf8"));
      const names = profile.concepts.map((concept) => `export const ${exportName(concept)} = ${JSON.stringify(concept.id)};`);
      return {
        contents: [...names, `export const profileVersion = ${JSON.stringify(profile.versions[0].id)};`].join("\n"),
        watchFiles: [PROFILE],
      };
    });
  },
};
