/** The answers, in this browser only, for the two pages that use them. */

import { privately, textsIn, type Private } from "../elements/private.ts";
import { SELF_CHECK, shelf } from "../storage.ts";
import type { Answers } from "./scores.ts";

export interface Kept {
  readonly answers: Answers;
  /** The day on which the result was last asked for; nothing before. */
  readonly shown: string;
  /** Whether the quarters were given away. */
  readonly given: boolean;
}

const NOTHING: Kept = { answers: {}, shown: "", given: false };

/** The same place seen from both pages: they have the instrument's address in common. */
export function drawer(data: URL): Private {
  const kept = shelf(window, new URL(".", data).pathname, SELF_CHECK, SELF_CHECK);
  return privately({ kept, onSite: true, opening: { learner: "" } }, "answers");
}

export function found(own: Private): Kept {
  try {
    const { answers, shown, given } = JSON.parse(own.read() ?? "{}") as { readonly [K in keyof Kept]?: unknown };
    return { answers: textsIn(answers), shown: typeof shown === "string" ? shown : "", given: given === true };
  } catch {
    return NOTHING; // somebody wrote into the browser's storage
  }
}

export const keep = (own: Private, kept: Kept): void => own.write(JSON.stringify(kept));
