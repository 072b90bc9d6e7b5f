/** Everything the player itself says to a learner. */

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;

export const strings = {
  saving: {
    saving: "Saving…",
    saved: "Saved",
    here: "Saved in this browser",
    unanswered: "Saved here; your LMS has not answered yet",
    unkept: "Not saved: this browser keeps nothing. Leave this page open until you have finished.",
    review: "Looking back: nothing you do here changes your record",
    over: "This session has ended. Your work is kept: close this window and open the masterclass again from your LMS to go on.",
  },
  notice: {
    resumed: (page: string) => `Welcome back: you were on “${page}”.`,
    first: "Start from the beginning",
    review: "You have finished this masterclass, and that is on record. You can look through it again.",
    reviewMode: "Your LMS has opened this masterclass for looking back. Nothing you do here changes your record.",
    damaged: "Your earlier answers could not be read, so this masterclass starts afresh.",
    unconnected: "No LMS has answered. You can read and answer; what you do is kept in this browser and sent when your LMS answers.",
    over: "This session has ended. Close this window and open the masterclass again from your LMS to go on.",
    wiped: "This browser has deleted work that was kept here. What you do from now on is saved again while it allows that.",
    blocked: "This browser does not allow work to be kept. Leave this page open until you have finished.",
    offline: "That page could not be fetched. Check your connection and try again.",
    broken: "The questions on this page could not be started. The text can still be read.",
    closed: "You have finished. You can close this window now.",
  },
  progress: (part: number, parts: number, minutes: number) =>
    `Part ${part} of ${parts}${minutes > 0 ? ` · about ${plural(minutes, "minute", "minutes")} left` : ""}`,
  seen: "done",
  title: (page: string, course: string) => `${page} – ${course}`,
  answer: {
    correct: "Correct",
    incorrect: "Not right",
    partial: (share: number) => `Partly right (${percent(share)})`,
    neutral: "Your answer is saved",
    right: (answer: string) => `The right answer is ${answer}.`,
    triesLeft: (count: number) => (count === 1 ? "You can try once more." : `You can try ${count} more times.`),
    kept: "Your answer is kept",
  },
  mark: {
    right: "Right.",
    wrong: "Not right.",
    missed: "This was right.",
    target: (text: string) => `Right answer: ${text}.`,
    place: (place: number) => `Right place: ${place}.`,
    best: "The best here.",
    worst: "The worst here.",
  },
  role: { best: "Best", worst: "Worst" },
  error: {
    one: "Choose an answer",
    some: "Choose at least one answer",
    count: (count: number) => `Choose ${count} answers`,
    number: "Enter a number of at most 12 characters, like 23.5",
    text: "Enter an answer",
    pairs: "Choose an answer in every row",
    judgement: "Choose one best and one worst",
    distinct: "The best and the worst cannot be the same",
    question: (number: number, problem: string) => `Question ${number}: ${problem}`,
  },
  moved: (item: string, place: number, places: number) => `${item}: now ${place} of ${places}`,
  unanswered: (count: number) =>
    count === 0 ? "All questions are answered" : plural(count, "question still to answer", "questions still to answer"),
  result: {
    passed: "You have passed",
    passedEarlier: "You have passed already",
    failed: "Not passed this time",
    score: (score: number, mastery: number) => `You scored ${percent(score)}; ${percent(mastery)} is needed to pass.`,
    best: (score: number) => `Your best score so far is ${percent(score)}.`,
    complete: "This masterclass is complete.",
    recorded: "This masterclass is complete and your LMS has been told.",
    ended: "You chose to finish without passing. You can still try again.",
    outcome: (points: number, of: number) => `${Math.round(points * 100) / 100} of ${of}`,
  },
  leave: "Finish and return to your LMS",
  clear: {
    ask: "Clear my work from this computer",
    done: "Your work has been cleared from this computer.",
    doneLms: "Your work has been cleared from this computer. Your LMS keeps what it was told.",
  },
} as const;
