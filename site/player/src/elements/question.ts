/** One question on the page, in a quiz or on a final check's paper. */

import type { Question } from "../course.ts";
import { grade, verdict, type Response } from "../grade.ts";
import type { Wording } from "../interactions.ts";
import type { Answer, Confidence } from "../progress.ts";
import { byData, control, part } from "../schema.ts";
import { strings } from "../strings.ts";
import { CONTROLS, type Reading } from "./controls.ts";
import { all, find, make, say, show } from "./dom.ts";
import { dueFeedback, marks, typedKey } from "./marks.ts";
import { wording } from "./wording.ts";

export interface QuestionView {
  readonly question: Question;
  readonly root: HTMLElement;
  readonly wording: Wording;
  read(): Reading;
  confidence(): Confidence | null;
  write(answer: Answer): void;
  complain(problem: string | null): void;
  /** Takes a complaint back but keeps its place: were the page to move now, a click under way would miss its target. */
  settle(): void;
  /** Shows the verdict and feedback; with `reveal` also what would have been right. */
  judge(answer: Answer, reveal: boolean, after?: string): void;
  /** Open for (another) answer. */
  reopen(): void;
  focusFirst(): void;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLButtonElement;
const FIELDS = "input, select, [data-move]";
const WORD = "feedback-word";

export function questionView(question: Question, root: HTMLElement, seed: number, attempt: number): QuestionView {
  const controls = CONTROLS[question.type];
  const text = wording(question, root);
  controls.arrange?.(question, root, seed, attempt);
  const fields = () => all<Field>(root, FIELDS);

  function lock(locked: boolean): void {
    for (const field of fields()) field.disabled = locked;
  }

  /** Ties the message to the group of fields, so that it is read out on coming back to them. */
  function describe(error: HTMLElement | null): void {
    const group = find(root, "fieldset");
    if (!error) return group?.removeAttribute("aria-describedby");
    error.id = control.error(question.id);
    group?.setAttribute("aria-describedby", error.id);
  }

  function unmark(): void {
    for (const word of all(root, `.${WORD}`)) word.remove();
    for (const added of all(root, "[data-added]")) added.remove();
    for (const marked of all(root, "[data-mark]")) delete marked.dataset.mark;
    for (const feedback of all(root, `${part.feedback}, ${part.feedbackCorrect}, ${part.feedbackIncorrect}, ${part.source}`))
      show(feedback, false);
  }

  function showMarks(response: Response, reveal: boolean): void {
    for (const [id, { kind, text: words }] of marks(question, response, reveal, text.parts)) {
      const answer = find(root, byData("feedback", id));
      const option = find(root, byData("option", id)) ?? answer;
      if (!option) continue;
      option.dataset.mark = kind;
      let feedback = answer;
      if (!feedback) option.append((feedback = make("div", { class: "feedback", "data-added": "" })));
      // Before the text itself: `<p>Because …</p>` in a block of its own would push the word onto a line alone.
      const first = feedback.firstElementChild;
      (first?.tagName === "P" ? first : feedback).prepend(make("strong", { class: WORD }, words), " ");
      show(feedback, true);
    }
    for (const id of dueFeedback(question, response, reveal)) show(find(root, byData("feedback", id)), true);
  }

  function showGeneral(response: Response, right: boolean): void {
    show(find(root, right ? part.feedbackCorrect : part.feedbackIncorrect), question.scored && (right || !recognisedWrong(response)));
    show(find(root, part.source), true);
  }

  /** Typed answers with a reply of their own need no general one. */
  const recognisedWrong = (response: Response) =>
    question.answers.length > 0 && [...dueFeedback(question, response, false)].some((id) => find(root, byData("feedback", id)) !== null);

  function verdictText(score: number | null): string {
    if (score === null) return strings.answer.neutral;
    if (score === 1) return strings.answer.correct;
    return score > 0 ? strings.answer.partial(score) : strings.answer.incorrect;
  }

  return {
    question, root,
    wording: text,
    read: () => controls.read(question, root),
    confidence() {
      const chosen = find<HTMLInputElement>(root, `input[name="${control.confidence(question.id)}"]:checked`);
      return (chosen?.value as Confidence | undefined) ?? null;
    },
    write({ response, confidence }) {
      controls.write(question, root, response);
      for (const input of all<HTMLInputElement>(root, `input[name="${control.confidence(question.id)}"]`))
        input.checked = input.value === confidence;
    },
    complain(problem) {
      const error = find(root, part.error);
      if (error) delete error.dataset.settled;
      say(error, problem ?? "");
      show(error, problem !== null);
      describe(problem === null ? null : error);
      for (const field of fields()) {
        if (field instanceof HTMLButtonElement) continue;
        if (problem === null) field.removeAttribute("aria-invalid");
        else if (field.type !== "radio" && field.type !== "checkbox") field.setAttribute("aria-invalid", "true");
      }
    },
    settle() {
      const error = find(root, part.error);
      if (!error || error.hidden) return;
      const words = error.textContent ?? "";
      this.complain(null);
      error.dataset.settled = ""; // invisible to everybody, and as large as it was
      say(error, words);
      show(error, true);
    },
    judge({ response }, reveal, after = "") {
      const score = grade(question, response);
      this.complain(null);
      unmark();
      lock(true);
      root.dataset.result = score !== null && score > 0 && score < 1 ? "partial" : verdict(score);
      showMarks(response, reveal);
      showGeneral(response, score === 1);
      const unsaid = question.answers.some(({ id, correct }) => correct && !find(root, byData("feedback", id)));
      const answer = unsaid && reveal && score !== 1 ? strings.answer.right(typedKey(question)) : "";
      say(find(root, part.verdict), [verdictText(score), answer, after].filter(Boolean).join(". ").replace(/\.\. /g, ". "));
    },
    reopen() {
      unmark();
      lock(false);
      delete root.dataset.result;
      say(find(root, part.verdict), "");
    },
    focusFirst: () => fields()[0]?.focus(),
  };
}
