/** What an LMS may be told about a state. A status goes out only when all that it claims is true. */

import type { Course } from "./course.ts";
import { unplanned, unplayed, type State } from "./progress.ts";

export interface Status {
  readonly complete: boolean;
  readonly success: "passed" | "failed" | null;
}

/** With a final check nothing is said before both hold: some LMSs never take a tick back, others stop restoring work. */
export function status(course: Course, state: State): Status {
  if (!course.finalCheck) return { complete: state.completed, success: null };
  if (state.completed && state.passed) return { complete: true, success: "passed" };
  if (state.ended) return { complete: state.completed, success: "failed" };
  return { complete: false, success: null };
}

export const isFinal = ({ complete, success }: Status): boolean => complete || success !== null;

/** How far the nearest way to completion has been gone, 0..1. */
export function progress(course: Course, state: State): number {
  if (state.completed) return 1;
  const shares = course.complete_when.map((way) => {
    const steps = [...way.pages.map((page) => state.seen.has(page)), ...(way.final_check ? [state.passed] : []), ...(way.scenario ? [!unplayed(course, state).length] : []), ...(way.plan ? [!unplanned(course, state).length] : [])];
    return steps.filter(Boolean).length / steps.length;
  });
  return Math.max(0, ...shares);
}

/** Pages still to see, or with a scenario still to play or a plan still to make, on the nearest way to completion. */
export function missingPages(course: Course, state: State): readonly string[] {
  if (state.completed) return [];
  const ways = course.complete_when.map((way) => {
    const open = new Set([...way.pages.filter((page) => !state.seen.has(page)), ...(way.scenario ? unplayed(course, state) : []), ...(way.plan ? unplanned(course, state) : [])]);
    return course.pages.map(({ id }) => id).filter((page) => open.has(page));
  });
  return ways.sort((one, other) => one.length - other.length)[0] ?? [];
}
