/** What a handed-in final check says: the score, what is still missing, and by outcome where to look again. */

import { grade } from "../grade.ts";
import { paperScore, presentPaper } from "../progress.ts";
import { part } from "../schema.ts";
import type { Session } from "../session.ts";
import { missingPages } from "../status.ts";
import { strings } from "../strings.ts";
import { all, find, make, part as required, say, show } from "./dom.ts";
import { pageHref, pageTitle } from "./pages.ts";

export function showResult(session: Session, root: HTMLElement): void {
  const { course, mastery } = session;
  const state = session.state();
  show(root, state.submitted);
  if (!state.submitted) return;
  const score = paperScore(course, state);
  const passedNow = score >= mastery;
  root.dataset.result = state.passed ? "passed" : "failed";
  const heading = state.passed ? (passedNow ? strings.result.passed : strings.result.passedEarlier) : strings.result.failed;
  say(find(root, part.resultHeading), heading);
  const complete = state.completed && state.passed;
  const sentences = [
    strings.result.score(score, mastery),
    state.best !== null && state.best > score ? strings.result.best(state.best) : "",
    complete ? (session.reports && session.saving() === "saved" ? strings.result.recorded : strings.result.complete) : "",
    state.ended ? strings.result.ended : "",
  ];
  say(find(root, part.resultText), sentences.filter(Boolean).join(" "));
  showMissing(session, root);
  showOutcomes(session, root);
  show(find(root, part.again), !state.passed);
  show(find(root, part.end), !state.passed && !state.ended && session.reports && session.saving() !== "review");
}

function showMissing(session: Session, root: HTMLElement): void {
  const pages = missingPages(session.course, session.state());
  const box = required(root, part.missing);
  show(box, pages.length > 0);
  const links = pages.map((page) => make("li", {}, make("a", { href: pageHref(page) }, pageTitle(page))));
  required(box, "ul").replaceChildren(...links);
}

function showOutcomes(session: Session, root: HTMLElement): void {
  const state = session.state();
  const questions = presentPaper(session.course, state).filter((question) => question.scored);
  for (const row of all(root, part.outcomeRow)) {
    const asked = questions.filter((question) => question.outcome === row.dataset.outcome);
    const points = asked.map((question) => grade(question, state.answers.get(question.id)?.response ?? []) ?? 0);
    const sum = points.reduce((total, point) => total + point, 0);
    show(row, asked.length > 0);
    say(find(row, part.outcomeScore), strings.result.outcome(sum, asked.length));
    show(find(row, part.outcomePages), sum < asked.length);
  }
}
