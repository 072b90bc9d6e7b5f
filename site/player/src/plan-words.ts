/** A plan's words. They are kept in this browser and go nowhere else unless the learner takes them there. */

import { daysAfter, type Reminder } from "./calendar.ts";

const FIELDS = ["if_1", "then_1", "if_2", "then_2", "date", "witness"] as const;
export type Field = (typeof FIELDS)[number];
export type PlanWords = Readonly<Record<Field, string>>;

export const NO_WORDS: PlanWords = { if_1: "", then_1: "", if_2: "", then_2: "", date: "", witness: "" };

/** A day to count others from. Browsers let years of six digits be typed, which calendars do not know. */
const isDay = (text: string) => /^[12]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** What was kept, whatever an earlier version or somebody at the keyboard made of it. */
export function wordsIn(text: string | null): PlanWords {
  try {
    const found = JSON.parse(text ?? "{}") as Partial<Record<Field, unknown>> | null;
    const words = Object.fromEntries(FIELDS.map((field) => [field, typeof found?.[field] === "string" ? found[field] : ""])) as Record<Field, string>;
    return isDay(words.date) ? words : { ...words, date: "" };
  } catch {
    return NO_WORDS;
  }
}

export const isEmpty = (plan: PlanWords): boolean => FIELDS.every((field) => !plan[field].trim());

/** The first field that a plan still lacks. */
export const lacking = (plan: PlanWords): Field | null => FIELDS.find((field) => !plan[field].trim()) ?? null;

const clause = (text: string) => text.trim().replace(/\s+/g, " ").replace(/[.,;]+$/, "");

/** "If it rains, then I will go in." for each action with words. */
export const actions = (plan: PlanWords): string[] =>
  ([["if_1", "then_1"], ["if_2", "then_2"]] as const)
    .filter(([when, what]) => plan[when].trim() || plan[what].trim())
    .map(([when, what]) => `If ${clause(plan[when]) || "…"}, then I will ${clause(plan[what]) || "…"}.`.replace(/([?!…])\.$/, "$1"));

export const dayInWords = (day: string, language: string): string =>
  day ? new Date(`${day}T00:00:00Z`).toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }) : "";

export const today = (now: Date): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

export interface Naming {
  readonly title: string;
  readonly course: string;
  readonly language: string;
}

/** Characters that Markdown would take for its own are marked as the learner's. */
const literal = (text: string) => text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&");

export const markdown = (plan: PlanWords, { title, course, language }: Naming): string =>
  [
    `# ${literal(title)}`, "", literal(course), "",
    ...actions(plan).map((action, at) => `${at + 1}. ${literal(action)}`), "",
    ...(plan.date ? [`From: ${dayInWords(plan.date, language)}`, ""] : []),
    ...(plan.witness.trim() ? [`Who will ask me about it: ${literal(plan.witness.trim())}`, ""] : []),
  ].join("\n");

export interface FollowUp {
  readonly title: string;
  readonly after: number;
  readonly url: string;
}

/** Follow-up days where a masterclass has no pages for them. */
export const USUAL: readonly FollowUp[] = [7, 30, 90].map((after) => ({ title: "", after, url: "" }));

/** The witness's name is left out: calendars are seen by others. */
export function reminders(plan: PlanWords, { course }: Naming, pages: readonly FollowUp[], id: string, from: string): Reminder[] {
  return (pages.length ? pages : USUAL).map(({ title, after, url }) => ({
    uid: `${id}-${after}@masterclass`,
    day: daysAfter(from, after),
    summary: `${course}: ${title || "look at your plan"}`,
    description: [...actions(plan), url || (title ? `Open the masterclass “${course}” and go to “${title}”.` : "Did the situation come up? Did you act?")].join("\n\n"),
    url,
  }));
}
