/** SCORM 1.2: the format of the NHS Learning Hub, and of everything else. */

import { clockDuration } from "../duration.ts";
import type { Interaction } from "../interactions.ts";
import { isFinal } from "../status.ts";
import type { AdapterFactory, Snapshot } from "./adapter.ts";
import { oneOf, percent, scorm, share, type Dialect, type Values } from "./scorm.ts";

const TEXT = 255;
const two = (number: number) => String(number).padStart(2, "0");
const clock = (at: number) => {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":");
};
const RESULTS = { correct: "correct", incorrect: "wrong", neutral: "neutral" } as const;

function interaction(given: Interaction, index: number): Values {
  const at = `cmi.interactions.${index}.`;
  return [
    [`${at}id`, given.id],
    ...(given.outcome ? [[`${at}objectives.0.id`, given.outcome] as const] : []),
    [`${at}time`, clock(given.at)],
    [`${at}type`, given.type],
    ...given.letterPatterns.map((pattern, n) => [`${at}correct_responses.${n}.pattern`, pattern.slice(0, TEXT)] as const),
    [`${at}student_response`, given.letters.slice(0, TEXT)],
    [`${at}result`, RESULTS[given.result]],
    [`${at}latency`, clockDuration(given.latency)],
  ];
}

/** One word for both: passed or failed where there is a final check, completed where there is none. */
const lessonStatus = ({ status }: Snapshot) => status.success ?? (status.complete ? "completed" : "incomplete");

/** Moodle turns a score into passed or failed by itself where it has a mastery score: it then hears of it at the end. */
const mayTellScore = (snapshot: Snapshot, masteryGiven: boolean) =>
  snapshot.score !== null && (isFinal(snapshot.status) || !masteryGiven);

function dialect(): Dialect {
  let masteryGiven = false;
  let achieved = false;
  return {
    api: "API",
    calls: {
      initialize: "LMSInitialize", terminate: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit",
      error: "LMSGetLastError",
    },
    alreadyOpen: "101",
    ended: ["101", "301"],
    notOpen: ["301"],
    opening(get) {
      const mastery = share(get("cmi.student_data.mastery_score"), 100);
      const recorded = oneOf(get("cmi.core.lesson_status"), "passed", "completed", "failed");
      masteryGiven = mastery !== null;
      achieved = recorded === "passed" || recorded === "completed";
      return {
        learner: get("cmi.core.student_id") || null,
        resume: get("cmi.suspend_data") || null,
        mode: oneOf(get("cmi.core.lesson_mode"), "browse", "review") ?? "normal",
        // Nought is how some LMSs write "none".
        mastery: mastery || null,
        recorded,
      };
    },
    interaction,
    snapshot: (snapshot, seconds) => [
      // First, so that an LMS which counts a silent session as completed never gets the chance.
      // What an LMS has on record as achieved is not taken back.
      ...(achieved && !isFinal(snapshot.status) ? [] : [["cmi.core.lesson_status", lessonStatus(snapshot)] as const]),
      ["cmi.suspend_data", snapshot.resume],
      ...(snapshot.page === null ? [] : [["cmi.core.lesson_location", snapshot.page] as const]),
      ...(mayTellScore(snapshot, masteryGiven)
        ? ([["cmi.core.score.raw", percent(snapshot.score ?? 0)], ["cmi.core.score.min", "0"], ["cmi.core.score.max", "100"]] as const)
        : []),
      ["cmi.core.exit", isFinal(snapshot.status) ? "" : "suspend"],
      ["cmi.core.session_time", clockDuration(seconds)],
    ],
  };
}

export const scorm12: AdapterFactory = (window) => scorm(window, dialect());
