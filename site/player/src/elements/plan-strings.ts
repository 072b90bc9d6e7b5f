/** What a plan says beside its author's words. */

import type { Field } from "../plan-words.ts";

export const planStrings = {
  lacks: {
    if_1: "Write the situation of your first action, after “If”.",
    then_1: "Write what you will do first, after “then I will”.",
    if_2: "Write the situation of your second action, after “If”.",
    then_2: "Write what you will do second, after “then I will”.",
    date: "Choose the day from which your plan holds.",
    witness: "Write who will ask you about it. The name stays in this browser.",
  } satisfies Record<Field, string>,
  made: "Your plan is made. You can still change its words; they stay in this browser.",
  madeElsewhere: "You have made your plan. Its words are not in this browser: they are where you wrote them.",
  take: "Take it with you",
  what: "plan",
  print: "Print this plan",
  text: "Download as text",
  calendar: "Download reminders for my calendar",
  inCalendar: (days: string) => `The calendar file has reminders ${days} days after that day, with your two actions but without the name. Others may be able to see your calendar.`,
  kept: "Your plan, as this browser has kept it:",
  from: (day: string) => `From ${day}.`,
} as const;

export const listed = (days: readonly number[]): string => days.join(", ").replace(/, (\d+)$/, " and $1");
