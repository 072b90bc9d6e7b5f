/** What the self-check says beside its instrument. */

import type { Reason } from "./scores.ts";

const QUARTERS = ["0–24", "25–49", "50–74", "75–100"];
const MATTERS = ["a little", "quite a lot", "very much"] as const;

export const strings = {
  few: "Answer at least four of the six statements of one domain. As yet there is nothing to show.",
  what: "self-check",
  summary: (widest: string | null) =>
    widest === null ? "You are where you aim to be, as far as you answered." : `You are furthest from your aim in ${widest}.`,
  caption: "Your scores, from 0 to 100",
  columns: ["Domain", "Now", "Aim", "Still to go"],
  unscored: "fewer than four answers",
  there: "there",
  radar: (rows: readonly string[]) => `The same as a figure. ${rows.join(" ")}`,
  row: (domain: string, now: number | null, aim: number, others: number | null) =>
    `${domain}: ${now === null ? "no score" : `now ${now}`}, aim ${aim}${others === null ? "" : `, others ${QUARTERS[others]}`}.`,
  legend: { now: "Now", aim: "Aim", others: "Others" },
  others: "Others: the quarter in which the middle score lies, of all who gave theirs up to last month. They chose to, and do not stand for all leaders.",
  quarter: (quarter: number | null) => (quarter === null ? "" : (QUARTERS[quarter] ?? "")),
  pairs: "What your issue needs, furthest from how you act first",
  pairColumns: ["Pair", "Now", "Needed"],
  pair: (left: string, right: string) => `${left} (0) or ${right} (10)`,
  shared: "On a shared computer nothing is kept, so the page with your pathway could not know this result.",
  mine: "(you can influence this)",
  giveTitle: "Help to complete the picture",
  give: (bands: string) =>
    `If you agree, this site is sent nothing but the quarter of the scale that each score falls in: ${bands}. Not who you are, not your answers, and not the time: it adds one to a count for this month. It cannot be taken back, because nobody could find it.`,
  band: (title: string, band: number) => `${title} ${QUARTERS[band] ?? ""}`,
  agree: "Yes, send these quarters",
  given: "Sent. Thank you.",
  given2: "You have sent your quarters from this browser.",
  away: "The site does not answer. Nothing was sent.",
  found: (date: string) => `This follows from the self-check that you filled in on ${date}, in this browser.`,
  reasons: "Why this one for you:",
  none: "Nothing that you answered speaks for or against it.",
  reason: (title: string, reason: Reason) =>
    reason.kind === "gap"
      ? `${title}: you are at ${reason.score.now} and aim for ${reason.score.aim}; it matters to you ${MATTERS[reason.score.matters - 1]}. ${reason.weight}% of this masterclass is about it.`
      : `It helps with something that stands in your way and that you can influence: ${reason.barrier.text}`,
} as const;
