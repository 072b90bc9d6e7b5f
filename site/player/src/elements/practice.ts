/** Blocks whose code comes in bundles of their own. Until it is there, or should it never come, the page reads without. */

import type { Block } from "../course.ts";
import type { Session } from "../session.ts";
import { strings } from "../strings.ts";
import { notice } from "./notice.ts";

/** Starts a block; the result brings it up to date after a change from elsewhere. */
export type Practice = (session: Session, block: Block, root: HTMLElement) => () => void;

const TOOLS = ["calculator", "chooser", "contrast", "media"];

// Beside player.js, whatever the page's address: esbuild leaves these imports to the browser.
const bundle = async (type: string) => (TOOLS.includes(type) ? (await import("../tools.js")).TOOLS : (await import("../practice.js")).PRACTICE);

export const practice: Practice = (session, block, root) => {
  let refresh = () => {};
  bundle(block.type)
    .then((blocks) => {
      const start = blocks[block.type];
      if (start && root.isConnected) refresh = start(session, block, root);
    })
    .catch((problem: unknown) => {
      console.error(problem);
      notice("trouble", strings.notice.broken);
    });
  return () => refresh();
};
