/**
 * A calculator's formulas, reckoned with exact fractions: nothing is rounded but where a formula says `round`.
 * pipeline/practice/reckoning.py does the same with the same limits; tests/golden/reckoning.json is read by both.
 */

/** Numerator and denominator, shortened; the denominator is above zero. */
export type Ratio = readonly [bigint, bigint];
/** A choice's value is the id of the option taken. */
export type Value = Ratio | boolean | string;
/** A name, a number in digits, or what to do and with what. */
export type Tree = string | readonly [string, ...Tree[]];
export type Why = "zero" | "large" | "root";

export class Impossible extends Error {
  constructor(readonly why: Why) {
    super(why);
  }
}

const LARGEST = 10n ** 15n;
const FINEST = 10n ** 300n;
const ROOT = 10n ** 20n;

const size = (value: bigint) => (value < 0n ? -value : value);
const sign = (value: boolean) => (value ? -1n : 1n);

function ratio(top: bigint, bottom: bigint): Ratio {
  let [a, b] = [size(top), size(bottom)];
  while (b) [a, b] = [b, a % b];
  const by = a * sign(bottom < 0n);
  return [top / by, bottom / by];
}

function kept(top: bigint, bottom: bigint): Ratio {
  const value = ratio(top, bottom);
  if (size(value[0]) >= LARGEST * value[1] || value[1] >= FINEST) throw new Impossible("large");
  return value;
}

/** Of digits with or without a point. */
export function exact(digits: string): Ratio {
  const [whole = "", fraction = ""] = digits.split(".");
  return ratio(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

export const times = ([a, b]: Ratio, [c, d]: Ratio): Ratio => ratio(a * c, b * d);

const floor = ([a, b]: Ratio): bigint => (a < 0n ? -((b - 1n - a) / b) : a / b);
const less = ([a, b]: Ratio, [c, d]: Ratio) => a * d < c * b;
const same = ([a, b]: Ratio, [c, d]: Ratio) => a === c && b === d;

/** As on paper: half away from zero. In grains of so many decimals. */
function grains([a, b]: Ratio, decimals: number): bigint {
  return sign(a < 0n) * ((2n * size(a) * 10n ** BigInt(decimals) + b) / (2n * b));
}

function root([a, b]: Ratio): Ratio {
  if (a < 0n) throw new Impossible("root");
  const of = (a * ROOT * ROOT) / b;
  let guess = of;
  for (let next = (guess + 1n) / 2n; next < guess; next = (guess + of / guess) / 2n) guess = next;
  return ratio(guess, ROOT);
}

const DOES: Readonly<Record<string, (a: Ratio, b: Ratio, ...more: Ratio[]) => Value>> = {
  "+": ([a, b], [c, d]) => kept(a * d + c * b, b * d),
  "-": ([a, b], [c, d]) => kept(a * d - c * b, b * d),
  "*": ([a, b], [c, d]) => kept(a * c, b * d),
  "/": ([a, b], [c, d]) => {
    if (!c) throw new Impossible("zero");
    return kept(a * d, b * c);
  },
  neg: ([a, b]) => [-a, b],
  "<": less,
  "<=": (a, b) => !less(b, a),
  ">": (a, b) => less(b, a),
  ">=": (a, b) => !less(a, b),
  "==": same,
  "!=": (a, b) => !same(a, b),
  min: (...all) => all.reduce((a, b) => (less(b, a) ? b : a)),
  max: (...all) => all.reduce((a, b) => (less(a, b) ? b : a)),
  abs: ([a, b]) => [size(a), b],
  round: (a, [places]) => ratio(grains(a, Number(places)), 10n ** places),
  floor: (a) => [floor(a), 1n],
  ceil: ([a, b]) => [-floor([-a, b]), 1n],
  sqrt: root,
};

export function reckon(tree: Tree, values: ReadonlyMap<string, Value>): Value {
  if (typeof tree === "string") {
    const value = /^[a-z]/.test(tree) ? values.get(tree) : exact(tree);
    if (value === undefined) throw new Error(`no ${tree}`);
    return value;
  }
  const [what, ...parts] = tree;
  const of = (at: number) => reckon(parts[at] ?? "", values);
  switch (what) {
    case "is": return values.get(parts[0] as string) === parts[1];
    case "if": return of(of(0) ? 1 : 2);
    case "and": return parts.every((_, at) => of(at));
    case "or": return parts.some((_, at) => of(at));
    case "not": return !of(0);
  }
  const given = parts.map((_, at) => of(at)) as [Ratio, Ratio];
  return (DOES[what] as (...all: Ratio[]) => Value)(...given);
}

/** What 1 of it counts as in formulas, what stands before and after the number, and how many decimals it has. */
export type Shown = readonly [scale: string, before: string, after: string, decimals: number];

/** `−£1,250.50`, and whole pounds as `£1,250`; the build's `shown` says the same. */
export function shown([a, b]: Ratio, [scale, before, after, places]: Shown): string {
  const [up, down] = exact(scale);
  const of: Ratio = [a * down, b * up];
  const round = before && scale === "1" && grains(of, places) % 10n ** BigInt(places) === 0n;
  const decimals = round ? 0 : places;
  const near = grains(of, decimals);
  const digits = size(near).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${near < 0n ? "−" : ""}${before}${whole}${decimals ? `.${digits.slice(-decimals)}` : ""}${after}`;
}

/** Near enough to draw with. */
export const near = (value: Ratio): number => Number(grains(value, 6)) / 1e6;
