/** A quiz: each question is checked on its own, with further tries where the author allows them. */

import type { Block } from "../course.ts";
import { quizQuestions } from "../draw.ts";
import { grade } from "../grade.ts";
import type { Answer } from "../progress.ts";
import { byData, part } from "../schema.ts";
import type { Session } from "../session.ts";
import { strings } from "../strings.ts";
import { all, find, part as required, show } from "./dom.ts";
import { questionView, type QuestionView } from "./question.ts";

export function quiz(session: Session, block: Block, root: HTMLElement): () => void {
  const { seed } = session.state();
  const asked = quizQuestions(session.course, block, { seed, answered: (id) => session.answer(id) !== undefined });
  for (const form of all(root, part.question)) show(form, asked.some(({ id }) => id === form.dataset.question));
  const refreshers = asked.map((question) => {
    const form = required<HTMLFormElement>(root, byData("question", question.id));
    return oneQuestion(session, block, questionView(question, form, seed, 0));
  });
  return () => refreshers.forEach((refresh) => refresh());
}

function oneQuestion(session: Session, block: Block, view: QuestionView): () => void {
  const { question, root } = view;
  const check = required<HTMLButtonElement>(root, part.check);
  const retry = find<HTMLButtonElement>(root, part.retry);
  let shown: Answer | undefined;

  /** What is asked before the learning is asked once: it measures, it does not teach. */
  const triesLeft = ({ response, tries }: Answer) =>
    block.purpose === "pre" || (grade(question, response) ?? 1) === 1 ? 0 : Math.max(0, question.retries + 1 - tries);

  function showAnswer(answer: Answer): void {
    shown = answer;
    const left = triesLeft(answer);
    view.judge(answer, left === 0, left ? strings.answer.triesLeft(left) : "");
    show(check, false);
    show(retry, left > 0);
  }

  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const { response, problem } = view.read();
    view.complain(problem);
    if (problem !== null) return view.focusFirst();
    session.watch.lap(question.id);
    const confidence = view.confidence();
    session.happen({ type: "answer", question: question.id, response, confidence }, () =>
      session.answered(question.id, view.wording, session.answer(question.id)?.tries ?? 1));
    refresh();
    const verdict = required(root, part.verdict);
    verdict.focus({ preventScroll: true }); // the feedback stands above it and is to be read first
    verdict.scrollIntoView({ block: "nearest" });
  });

  retry?.addEventListener("click", () => {
    view.reopen();
    show(check, true);
    show(retry, false);
    view.focusFirst();
  });

  /** The answer may also have been given in another tab. */
  function refresh(): void {
    const answer = session.answer(question.id);
    if (!answer || answer === shown || answer.tries === shown?.tries) return;
    view.write(answer);
    showAnswer(answer);
  }
  refresh();
  return refresh;
}
