/** Where a session starts: the LMS's state, the browser's own copy of it, or both put together. */

import type { Opening } from "./adapters/adapter.ts";
import type { Course } from "./course.ts";
import { textHash } from "./draw.ts";
import { fresh, merged, step, type State } from "./progress.ts";
import { decode } from "./resume.ts";
import type { Copy } from "./storage.ts";
import { isFinal, status } from "./status.ts";

export type Start = "fresh" | "resumed" | "finished" | "damaged";

export interface Beginning {
  readonly state: State;
  readonly start: Start;
}

export function begin(course: Course, opening: Opening, copy: Copy | null, random: () => number): Beginning {
  const theirs = opening.resume ? decode(course, opening.resume) : null;
  const ours = copy ? decode(course, copy.resume) : null;
  const found = joined(course, theirs, ours, copy, opening);
  const seed = opening.learner ? textHash(opening.learner) : random();
  const state = anew(remembered(course, found ?? fresh(seed), opening), opening);
  return { state, start: startOf(course, state, found, opening, copy) };
}

/**
 * A copy that the LMS never confirmed is the newer one. Where it was confirmed the LMS may have moved on, elsewhere.
 * Either way nothing is dropped. In review the LMS's record is shown as it is.
 */
function joined(course: Course, theirs: State | null, ours: State | null, copy: Copy | null, opening: Opening): State | null {
  if (!theirs || !ours || opening.mode !== "normal" || opening.resume === copy?.resume) return theirs ?? ours;
  return copy?.confirmed ? merged(course, ours, theirs) : merged(course, theirs, ours);
}

/** Some LMSs keep a result and drop the state behind it. "Completed" alone is no result of a course with a final check. */
function remembered(course: Course, state: State, { recorded }: Opening): State {
  const counts = recorded === "passed" || (recorded === "completed" && !course.finalCheck);
  return counts ? step(course, state, { type: "recorded", passed: recorded === "passed" }) : state;
}

/** Who finished without passing and comes back where the LMS has begun a new attempt wants another go. */
const anew = (state: State, { recorded }: Opening): State => (state.ended && recorded !== "failed" ? { ...state, ended: false } : state);

function startOf(course: Course, state: State, found: State | null, opening: Opening, copy: Copy | null): Start {
  if (isFinal(status(course, state)) && !state.ended) return "finished";
  if (found) return "resumed";
  return opening.resume || copy ? "damaged" : "fresh";
}
