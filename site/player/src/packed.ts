/** A response ↔ bits of the resume string, by type. Letters, never positions: options may come, go and move. */

import type { BitWriter } from "./bits.ts";
import type { Question, QuestionType } from "./course.ts";
import type { Response } from "./grade.ts";

type Take = (width: number) => number;
/** Numbers read without knowing the question (it may be retired); `null` inside means "nothing chosen". */
type Numbers = readonly (number | null)[];

interface Packing {
  write(question: Question, response: Response, bits: BitWriter): void;
  /** Always reads all of its bits: the next answer begins behind them. */
  read(take: Take): Numbers | string;
  /** Null when the course no longer has what the numbers name. */
  response(question: Question, read: Numbers | string): Response | null;
}

type Lettered = readonly (readonly [id: string, letter: string])[];
const NONE = 31;
const OTHER = 31;

const indexOf = (options: Lettered, id: string | undefined): number => {
  const letter = options.find(([option]) => option === id)?.[1];
  return letter === undefined ? NONE : letter.charCodeAt(0) - 97;
};
const idAt = (options: Lettered, index: number | null | undefined): string | null =>
  options.find(([, letter]) => letter.charCodeAt(0) - 97 === index)?.[0] ?? null;
const whole = (ids: readonly (string | null)[]): Response | null =>
  ids.some((id) => id === null) ? null : (ids as readonly string[]);
const numbers = (read: Numbers | string) => read as Numbers;
const letters = (answers: Question["answers"]): Lettered => answers.map(({ id, letter }) => [id, letter]);

const one = (options: (question: Question) => Lettered, extra: Lettered = []): Packing => ({
  write: (question, [id], bits) => bits.put(5, indexOf([...options(question), ...extra], id)),
  read: (take) => [take(5)],
  response: (question, read) => whole([idAt([...options(question), ...extra], numbers(read)[0])]),
});

const option = one((question) => question.options);

const several: Packing = {
  write(question, response, bits) {
    const chosen = response.map((id) => indexOf(question.options, id));
    const highest = Math.max(0, ...chosen);
    bits.put(5, highest);
    for (let index = 0; index <= highest; index++) bits.put(1, chosen.includes(index) ? 1 : 0);
  },
  read: (take) => Array.from({ length: take(5) + 1 }, () => take(1)).flatMap((bit, index) => (bit ? [index] : [])),
  response: (question, read) => whole(numbers(read).map((index) => idAt(question.options, index))),
};

const pairs: Packing = {
  write(question, response, bits) {
    const chosen = new Map(response.map((token) => {
      const [left, right] = token.split(".");
      return [indexOf(question.options, left), indexOf(question.targets, right)] as const;
    }));
    const highest = Math.max(0, ...chosen.keys());
    bits.put(5, highest);
    for (let index = 0; index <= highest; index++) bits.put(5, chosen.get(index) ?? NONE);
  },
  read: (take) => Array.from({ length: take(5) + 1 }, () => take(5)).map((right) => (right === NONE ? null : right)),
  response: (question, read) =>
    whole(numbers(read).flatMap((right, left) => {
      if (right === null) return [];
      const [item, target] = [idAt(question.options, left), idAt(question.targets, right)];
      return [item !== null && target !== null ? `${item}.${target}` : null];
    })),
};

const sequence: Packing = {
  write(question, response, bits) {
    bits.put(5, response.length);
    for (const id of response) bits.put(5, indexOf(question.options, id));
  },
  read: (take) => Array.from({ length: take(5) }, () => take(5)),
  response(question, read) {
    const order = numbers(read).map((index) => idAt(question.options, index));
    // An order that lacks a new item is no response to the question as it is now.
    return order.length === question.options.length ? whole(order) : null;
  },
};

const ROLES = ["best", "worst"];
const bestAndWorst: Packing = {
  write(question, response, bits) {
    for (const role of ROLES) {
      const token = response.find((given) => given.startsWith(`${role}.`));
      bits.put(5, indexOf(question.options, token?.slice(role.length + 1)));
    }
  },
  read: (take) => [take(5), take(5)].map((index) => (index === NONE ? null : index)),
  response: (question, read) =>
    whole(numbers(read).flatMap((index, at) => {
      if (index === null) return [];
      const id = idAt(question.options, index);
      return [id === null ? null : `${ROLES[at]}.${id}`];
    })),
};

const NIBBLES = "0123456789.-";
const END = 15;
const typed: Packing = {
  write(_question, [number = ""], bits) {
    for (const character of number) bits.put(4, NIBBLES.indexOf(character));
    bits.put(4, END);
  },
  read(take) {
    let number = "";
    // A number has at most 12 characters; anything longer is a damaged string, whose zeros must not go on for ever.
    for (let nibble = take(4); nibble !== END && number.length < 12; nibble = take(4)) number += NIBBLES.charAt(nibble);
    return number;
  },
  response: (_question, read) => (/^-?\d+(\.\d+)?$/.test(String(read)) ? [String(read)] : null),
};

export const PACKING: Record<QuestionType, Packing> = {
  single: option,
  "true-false": option,
  rating: option,
  "short-text": one((question) => letters(question.answers), [["other", String.fromCharCode(97 + OTHER)]]),
  multiple: several,
  matching: pairs,
  ordering: sequence,
  judgement: bestAndWorst,
  numeric: typed,
};
