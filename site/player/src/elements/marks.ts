/** What an answered question shows beside each option: what was chosen, and what would have been right. */

import type { Question, QuestionType } from "../course.ts";
import { grade, matched, type Response } from "../grade.ts";
import { strings } from "../strings.ts";

export interface Mark {
  readonly kind: "right" | "wrong" | "missed";
  readonly text: string;
}

interface About {
  /** The option (or typed answer) a token of a response is about. */
  item(token: string, question: Question): string | null;
  /** What the key's token says once it may be shown. */
  note(token: string, place: number, parts: Readonly<Record<string, string>>, question: Question): string;
  /** Whether a token's place in the response matters. */
  placed?: boolean;
}

const choice: About = { item: (token) => token, note: () => strings.mark.missed };
const typed: About = {
  item: (token, question) => matched(question, [token]),
  note: (_token, _place, _parts, question) => strings.mark.target(typedKey(question)),
};
/** A right answer as one would type it. */
export function typedKey(question: Question): string {
  const answer = question.answers.find(({ correct }) => correct);
  return answer?.value || answer?.accept[0] || "";
}
const after = (token: string) => token.slice(token.indexOf(".") + 1);
const before = (token: string) => token.slice(0, token.indexOf("."));

const ABOUT: Record<QuestionType, About> = {
  single: choice,
  multiple: choice,
  "true-false": choice,
  rating: choice,
  numeric: typed,
  "short-text": typed,
  matching: { item: before, note: (token, _place, parts) => strings.mark.target(parts[after(token)] ?? "") },
  ordering: { item: (token) => token, note: (_token, place) => strings.mark.place(place + 1), placed: true },
  judgement: { item: after, note: (token) => (before(token) === "best" ? strings.mark.best : strings.mark.worst) },
};

/** The accepted answer that is nearest to what was given. */
function nearestKey(question: Question, response: Response): Response {
  const shared = (key: Response) => key.filter((token, place) => response.includes(token) && (!ABOUT[question.type].placed || response[place] === token)).length;
  return [...question.key].sort((one, other) => shared(other) - shared(one))[0] ?? [];
}

export function marks(
  question: Question, response: Response, reveal: boolean, parts: Readonly<Record<string, string>>,
): ReadonlyMap<string, Mark> {
  const about = ABOUT[question.type];
  const found = new Map<string, Mark>();
  if (!question.scored) return found;
  const key = nearestKey(question, response);
  const isRight = (token: string, place: number) => {
    if (question.answers.length) return grade(question, [token]) === 1;
    return about.placed ? key[place] === token : key.includes(token);
  };
  response.forEach((token, place) => {
    const item = about.item(token, question);
    if (item === null) return;
    const kind = isRight(token, place) ? "right" : "wrong";
    found.set(item, { kind, text: strings.mark[kind] });
  });
  if (!reveal) return found;
  key.forEach((token, place) => {
    const item = about.item(token, question);
    if (item === null || response.some((given, at) => isRight(given, at) && about.item(given, question) === item)) return;
    const text = about.note(token, place, parts, question);
    const chosen = found.get(item);
    found.set(item, chosen ? { ...chosen, text: `${chosen.text} ${text}` } : { kind: "missed", text });
  });
  return found;
}

/** The options and typed answers whose feedback is due. */
export function dueFeedback(question: Question, response: Response, reveal: boolean): ReadonlySet<string> {
  const tokens = reveal && question.scored ? [...response, ...question.key.flat()] : response;
  return new Set(tokens.flatMap((token) => ABOUT[question.type].item(token, question) ?? []));
}
