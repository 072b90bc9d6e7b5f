/** SCORM 2004, 4th edition (and the 3rd, which takes the same values). */

import { isoDuration } from "../duration.ts";
import type { Interaction } from "../interactions.ts";
import type { AdapterFactory, Snapshot } from "./adapter.ts";
import { oneOf, percent, scorm, share, type Dialect, type Values } from "./scorm.ts";

const TEXT = 250;
/** The fewest patterns the standard makes every LMS keep. */
const PATTERNS = 5;

/** One decimal: three, as `toISOString` writes them, are refused by ADL's data model. */
const timestamp = (at: number) => `${new Date(at).toISOString().slice(0, 19)}.0Z`;

function interaction(given: Interaction, index: number): Values {
  const at = `cmi.interactions.${index}.`;
  return [
    [`${at}id`, given.id],
    [`${at}type`, given.type],
    ...(given.outcome ? [[`${at}objectives.0.id`, given.outcome] as const] : []),
    [`${at}timestamp`, timestamp(given.at)],
    ...given.idPatterns.slice(0, PATTERNS).map((pattern, n) => [`${at}correct_responses.${n}.pattern`, pattern] as const),
    [`${at}learner_response`, given.ids],
    [`${at}result`, given.result],
    [`${at}latency`, isoDuration(given.latency)],
    [`${at}description`, given.prompt.slice(0, TEXT)],
  ];
}

const score = ({ score }: Snapshot): Values =>
  score === null
    ? []
    : [["cmi.score.scaled", String(score)], ["cmi.score.raw", percent(score)], ["cmi.score.min", "0"], ["cmi.score.max", "100"]];

function dialect(): Dialect {
  let completed = false;
  return {
    api: "API_1484_11",
    calls: {
      initialize: "Initialize", terminate: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit", error: "GetLastError",
    },
    alreadyOpen: "103",
    ended: ["104"],
    notOpen: ["122", "132", "142"],
    opening(get) {
      completed = get("cmi.completion_status") === "completed";
      return {
        learner: get("cmi.learner_id") || null,
        resume: get("cmi.suspend_data") || null,
        mode: oneOf(get("cmi.mode"), "browse", "review") ?? "normal",
        mastery: share(get("cmi.scaled_passing_score"), 1) || null,
        recorded: oneOf(get("cmi.success_status"), "passed", "failed") ?? (completed ? "completed" : null),
      };
    },
    interaction,
    snapshot: (snapshot, seconds) => [
      // What an LMS has on record as achieved is not taken back.
      ...(completed && !snapshot.status.complete
        ? []
        : [["cmi.completion_status", snapshot.status.complete ? "completed" : "incomplete"] as const]),
      ["cmi.success_status", snapshot.status.success ?? "unknown"],
      ["cmi.suspend_data", snapshot.resume],
      ...(snapshot.page === null ? [] : [["cmi.location", snapshot.page] as const]),
      ...score(snapshot),
      // All of it is done only when the LMS hears so; 1 says "completed".
      ["cmi.progress_measure", String(Math.min(Math.round(snapshot.progress * 100) / 100, snapshot.status.complete ? 1 : 0.99))],
      // An attempt that is ended starts empty the next time, and what was achieved in it is no longer on record.
      ["cmi.exit", snapshot.status.success === "failed" ? "normal" : "suspend"],
      ["cmi.session_time", isoDuration(seconds)],
    ],
  };
}

export const scorm2004: AdapterFactory = (window) => scorm(window, dialect());
