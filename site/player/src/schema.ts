/** The names that pages and the player share. The templates in site/blocks and site/package write them. */

export const WRAPPER = "[data-masterclass]";
export const ARTICLE = "article[data-page]";
export const COURSE_COPY = "template[data-course-copy]";

export const byData = (name: string, value?: string): string =>
  value === undefined ? `[data-${name}]` : `[data-${name}="${value}"]`;

/** Marked pure: the second bundle takes none of these along. */
export const part = /* @__PURE__ */ (() => ({
  contents: byData("contents"),
  pageItem: (page: string) => byData("page-item", page),
  progress: byData("progress"),
  progressText: byData("progress-text"),
  saving: byData("saving"),
  pageEnd: byData("page-end"),
  block: byData("block"),
  question: byData("question"),
  questionTemplate: (id: string) => byData("question-template", id),
  prompt: byData("prompt"),
  options: byData("options"),
  option: byData("option"),
  optionText: byData("text"),
  input: byData("input"),
  confidence: byData("confidence"),
  error: byData("error"),
  check: byData("check"),
  retry: byData("retry"),
  verdict: byData("verdict"),
  feedback: byData("feedback"),
  feedbackCorrect: byData("feedback-correct"),
  feedbackIncorrect: byData("feedback-incorrect"),
  source: byData("source"),
  paper: byData("paper"),
  questions: byData("questions"),
  errorSummary: byData("error-summary"),
  unanswered: byData("unanswered"),
  submit: byData("submit"),
  result: `section${byData("result")}`,
  resultHeading: byData("result-heading"),
  resultText: byData("result-text"),
  missing: byData("missing"),
  outcomeRow: byData("outcome"),
  outcomeScore: byData("outcome-score"),
  outcomePages: byData("outcome-pages"),
  again: byData("again"),
  end: byData("end"),
  notices: byData("notice"),
  clear: byData("clear"),
  reviewBy: byData("review-by"),
  own: byData("own"),
  ownText: byData("own-text"),
}) as const)();

/** The template's own names for a question's controls. */
export const control = {
  of: (question: string, item: string) => `${question}--${item}`,
  confidence: (question: string) => `${question}.confidence`,
  /** With a dot: an option may be called `error`. */
  error: (question: string) => `${question}.error`,
} as const;
