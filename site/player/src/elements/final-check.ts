/** The final check: one paper, handed in as a whole; then the result, by outcome. */

import { presentPaper } from "../progress.ts";
import { byData, part } from "../schema.ts";
import type { Session } from "../session.ts";
import { strings } from "../strings.ts";
import { find, focus, make, part as required, say, show } from "./dom.ts";
import { questionView, type QuestionView } from "./question.ts";
import { showResult } from "./result.ts";

const PAUSE = 1_000;

export function finalCheck(session: Session, root: HTMLElement): () => void {
  const form = required<HTMLFormElement>(root, part.paper);
  const list = required(form, part.questions);
  const summary = required(form, part.errorSummary);
  const counter = find(form, part.unanswered);
  const result = required(root, part.result);
  let views: readonly QuestionView[] = [];
  let pause: number | undefined;
  let shown = { attempt: 0, submitted: false };

  function lay(): void {
    const state = session.state();
    shown = { attempt: Math.max(1, state.attempt), submitted: state.submitted };
    list.replaceChildren();
    views = presentPaper(session.course, state).map((question) => {
      const template = required<HTMLTemplateElement>(root, part.questionTemplate(question.id));
      list.append(make("li", {}, template.content.cloneNode(true)));
      const element = required(list, byData("question", question.id));
      const view = questionView(question, element, state.seed, Math.max(1, state.attempt));
      const draft = state.answers.get(question.id);
      if (draft) view.write(draft);
      element.addEventListener("change", () => keepDraft(view));
      element.addEventListener("input", (event) => {
        if ((event.target as Element).matches(part.input)) soon(() => keepDraft(view));
      });
      return view;
    });
    session.watch.restart();
    showState();
  }

  /** Words are typed letter by letter, and a tab may be closed before the field is left: a pause counts as an answer. */
  function soon(keep: () => void): void {
    window.clearTimeout(pause);
    pause = window.setTimeout(keep, PAUSE);
  }

  const open = () => views.filter((view) => view.read().problem !== null);

  function keepDraft(view: QuestionView): void {
    window.clearTimeout(pause);
    if (session.state().submitted) return;
    const { response, problem } = view.read();
    if (problem === null) view.settle();
    session.watch.lap(view.question.id);
    session.happen({ type: "draft", question: view.question.id, response, confidence: view.confidence() });
    say(counter, strings.unanswered(open().length));
  }

  function showState(): void {
    const state = session.state();
    say(counter, state.submitted ? "" : strings.unanswered(open().length));
    show(find(form, part.submit), !state.submitted);
    show(summary, false);
    if (state.submitted)
      for (const view of views) {
        const answer = state.answers.get(view.question.id);
        if (answer) view.judge(answer, true);
      }
    showResult(session, result);
  }

  function complain(missing: readonly QuestionView[]): void {
    for (const view of views) view.complain(view.read().problem);
    const entries = missing.map((view) => {
      const text = strings.error.question(views.indexOf(view) + 1, view.read().problem ?? "");
      const link = make("a", { href: `#question-${view.question.id}` }, text);
      link.addEventListener("click", (event) => {
        event.preventDefault(); // the address belongs to the pages
        event.stopPropagation();
        view.root.scrollIntoView();
        view.focusFirst();
      });
      return make("li", {}, link);
    });
    required(summary, "ul").replaceChildren(...entries);
    show(summary, true);
    focus(summary);
    summary.scrollIntoView(); // its first line, where the whole of it is taller than the window
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const missing = open();
    if (missing.length) return complain(missing);
    handIn();
    focus(result);
  });

  /** Fields that have not lost the focus yet, such as a number just typed, are drafts nobody has heard of. */
  function handIn(): void {
    for (const view of views) {
      const given = session.state().answers.get(view.question.id);
      if (given?.response.join() !== view.read().response.join()) keepDraft(view);
    }
    session.happen({ type: "submit", mastery: session.mastery }, () =>
      views.flatMap((view) => session.answered(view.question.id, view.wording, session.state().attempt)));

  }

  find(root, part.again)?.addEventListener("click", () => {
    session.happen({ type: "again" });
    lay();
    focus(required(root, part.paper));
  });
  find(root, part.end)?.addEventListener("click", () => {
    session.happen({ type: "end" });
    void session.finish();
  });

  lay();
  /** Another tab may have begun a new attempt, or handed this one in. */
  return () => {
    const { attempt, submitted } = session.state();
    if (Math.max(1, attempt) !== shown.attempt || submitted !== shown.submitted) lay();
    else showResult(session, result);
  };
}
