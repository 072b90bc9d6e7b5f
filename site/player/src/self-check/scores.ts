/** Answers → scores, and the pathway: the same for everybody who answers the same, with its reasons. Whole numbers throughout. */

import type { Barrier, Instrument } from "./instrument.ts";

/** A form's controls by name: a.ID, aim.DOMAIN, matters.DOMAIN, b.ID.here, b.ID.mine, c.ID.now, c.ID.need. */
export type Answers = Readonly<Record<string, string>>;

/** Of a domain's six statements, as many must be answered before it has a score. */
const ENOUGH = 4;
const USUAL_AIM = 75;
const USUAL_MATTERS = 2;
const PER_BARRIER = 500;
const MOST_FROM_BARRIERS = 5 * PER_BARRIER;
const REASONS = 3;

export interface Score {
  readonly domain: string;
  /** 0 to 100; null when too little was answered. */
  readonly now: number | null;
  readonly aim: number;
  /** 1 to 3. */
  readonly matters: number;
  readonly gap: number;
}

const whole = (text: string | undefined, least: number, most: number): number | null => {
  const value = Number(text);
  return text && Number.isInteger(value) && value >= least && value <= most ? value : null;
};

export function scores(instrument: Instrument, answers: Answers): Score[] {
  return instrument.domains.map(({ id }) => {
    const given = instrument.statements.filter(({ domain }) => domain === id).flatMap((statement) => whole(answers[`a.${statement.id}`], 1, 5) ?? []);
    const mean = given.reduce((sum, value) => sum + value, 0) / given.length;
    const now = given.length >= ENOUGH ? Math.round(mean * 25 - 25) : null;
    const aim = whole(answers[`aim.${id}`], 0, 100) ?? USUAL_AIM;
    return { domain: id, now, aim, matters: whole(answers[`matters.${id}`], 1, 3) ?? USUAL_MATTERS, gap: now === null ? 0 : Math.max(0, aim - now) };
  });
}

export const isHere = (answers: Answers, id: string): boolean => answers[`b.${id}.here`] === "on";
export const isMine = (answers: Answers, id: string): boolean => isHere(answers, id) && answers[`b.${id}.mine`] === "on";

export type Reason =
  | { readonly kind: "gap"; readonly score: Score; readonly weight: number; readonly counts: number }
  | { readonly kind: "barrier"; readonly barrier: Barrier; readonly counts: number };

export interface Recommendation {
  readonly module: string;
  /** In ten-thousandths: weight × gap × how much it matters, and a twentieth for each barrier. */
  readonly need: number;
  readonly reasons: readonly Reason[];
}

/** Sorted by need; of two with the same, the one the instrument names first. */
export function pathway(instrument: Instrument, answers: Answers): Recommendation[] {
  const found = scores(instrument, answers);
  return instrument.modules
    .map(({ id, weights }) => {
      const gaps = found.map((score): Reason => {
        const weight = Math.round((weights[score.domain] ?? 0) * 100);
        return { kind: "gap", score, weight, counts: weight * score.gap * score.matters };
      });
      const barriers = instrument.barriers
        .filter((barrier) => barrier.modules.includes(id) && isMine(answers, barrier.id))
        .map((barrier): Reason => ({ kind: "barrier", barrier, counts: PER_BARRIER }));
      const need = total(gaps) + Math.min(MOST_FROM_BARRIERS, total(barriers));
      const widest = gaps.filter(({ counts }) => counts > 0).sort((one, other) => other.counts - one.counts);
      // A barrier says more about somebody's own place than a third domain does.
      const reasons = [...widest.slice(0, REASONS - Math.min(1, barriers.length)), ...barriers];
      return { module: id, need, reasons: reasons.slice(0, REASONS) };
    })
    .sort((one, other) => other.need - one.need);
}

const total = (reasons: readonly Reason[]) => reasons.reduce((sum, { counts }) => sum + counts, 0);

/** The practice of what is done least, of those answered; of two done as seldom, the first. */
export function practice(instrument: Instrument, answers: Answers): string | null {
  const least = instrument.statements
    .flatMap(({ id, practice: has }) => (has ? [{ id, value: whole(answers[`a.${id}`], 1, 5) ?? 6 }] : []))
    .sort((one, other) => one.value - other.value)[0];
  return least && least.value <= 5 ? least.id : null;
}

/**
 * The barrier to raise with a sponsor, which learning does not mend: best one out of the learner's own reach, in the domain
 * with the widest gap.
 */
export function toRaise(instrument: Instrument, answers: Answers): string | null {
  const gaps = new Map(scores(instrument, answers).map(({ domain, gap }) => [domain, gap]));
  const here = instrument.barriers.filter(({ id, sponsor }) => sponsor && isHere(answers, id));
  const rank = ({ id, domain }: Barrier) => (isMine(answers, id) ? 0 : 1000) + (gaps.get(domain) ?? 0);
  return here.sort((one, other) => rank(other) - rank(one))[0]?.id ?? null;
}

/** Barriers that peers help with more than a masterclass does. */
export const forPeers = (instrument: Instrument, answers: Answers): string[] =>
  instrument.barriers.filter(({ id, peers }) => peers && isHere(answers, id)).map(({ id }) => id);

/** What a learner may give away: for each domain with a score, its quarter from 0 to 3. */
export const bands = (instrument: Instrument, answers: Answers): Readonly<Record<string, number>> =>
  Object.fromEntries(scores(instrument, answers).flatMap(({ domain, now }) => (now === null ? [] : [[domain, Math.min(3, Math.floor(now / 25))]])));

export interface Rating {
  readonly pair: string;
  readonly now: number;
  readonly need: number;
}

/** Pairs rated twice, those furthest apart first. There is no total: needs differ by issue. */
export const ratings = (instrument: Instrument, answers: Answers): Rating[] =>
  instrument.pairs
    .flatMap((pair) => {
      const [now, need] = [whole(answers[`c.${pair}.now`], 0, 10), whole(answers[`c.${pair}.need`], 0, 10)];
      return now === null || need === null ? [] : [{ pair, now, need }];
    })
    .sort((one, other) => Math.abs(other.need - other.now) - Math.abs(one.need - one.now));
