/** Bars and lines as SVG in the page's own ink, labelled directly. The same numbers stand in a table beside each. */

import { near, type Ratio } from "../reckoning.ts";
import { picture, svg, text, WIDTH } from "./svg.ts";

export interface Drawn {
  readonly name: string;
  /** The value as it is shown. */
  readonly words: string;
  /** Null where it cannot be worked out. */
  readonly value: Ratio | null;
}
interface Point {
  readonly along: Ratio;
  readonly words: string;
  readonly at: readonly Drawn[];
}

/** From numbers to places, zero included. */
function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const low = Math.min(0, ...values);
  const wide = Math.max(0, ...values) - low || 1;
  return (value) => from + ((value - low) / wide) * (to - from);
}

/** All filled alike: each has its name above it, and another filling would seem to mean something. */
export function bars(title: string, drawn: readonly Drawn[]): SVGElement {
  const values = drawn.map(({ value }) => (value ? near(value) : 0));
  const x = scale(values, 0, 220);
  const rows = drawn.flatMap(({ name, words }, at) => {
    const [zero, end, y] = [x(0), x(values[at] ?? 0), at * 46];
    return [
      text(0, y + 14, name),
      svg("rect", { class: "bar", x: Math.min(zero, end), y: y + 20, width: Math.abs(end - zero), height: 18 }),
      text(WIDTH, y + 34, words, "end"),
    ];
  });
  // Beside each bar, and never through the names between them.
  const axis = svg("path", { class: "axis", d: drawn.map((_, at) => `M${x(0)} ${at * 46 + 18}v22`).join("") });
  return picture(drawn.length * 46, `${title}: ${drawn.map(({ name, words }) => `${name}, ${words}`).join("; ")}.`, ...rows, axis);
}

const BOTTOM = 170;

type Place = readonly [x: number, y: number];
const LETTER = 6.6;

/** Above or below an end of a line: away from where the line comes from, unless it runs through the words there. */
function beside(words: string, places: readonly Place[], end: Place, before: Place): number {
  const [above, below] = [end[1] - 8, end[1] + 18];
  const wide = words.length * LETTER;
  const [left, right] = end[0] < WIDTH / 2 ? [0, wide] : [WIDTH - wide, WIDTH];
  const free = (base: number) => places.slice(1).every(([x1, y1], at) => {
    const [x0, y0] = places[at] as Place;
    const [from, to] = [Math.max(left, x0), Math.min(right, x1)];
    if (from >= to) return true;
    const height = (x: number) => y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
    return Math.max(height(from), height(to)) < base - 11 || Math.min(height(from), height(to)) > base + 3;
  });
  const order = before[1] < end[1] ? [below, above] : [above, below];
  return order.find(free) ?? order[0] as number;
}

/** Each line has dashes of its own and its name at its end; a dot marks where the learner's number stands. */
export function line(title: string, along: string, points: readonly Point[], here: Point): SVGElement {
  const across = points.map((point) => near(point.along));
  const [first = 0, last = 1] = [across[0], across.at(-1)];
  const x = (value: number) => 8 + ((value - first) / (last - first || 1)) * (WIDTH - 16);
  const y = scale([...points, here].flatMap(({ at }) => at.flatMap(({ value }) => (value ? [near(value)] : []))), BOTTOM, 28);
  const now = near(here.along);
  const [start, end] = [points[0], points.at(-1)];
  const lines = here.at.flatMap(({ name, value }, which) => {
    const there = points.flatMap(({ at }, point) => {
      const found = at[which];
      return found?.value ? [{ words: found.words, place: [x(across[point] ?? 0), y(near(found.value))] as Place }] : [];
    });
    const [begun, ended] = [there[0], there.at(-1)];
    if (!begun || !ended) return [];
    const places = there.map(({ place }) => place);
    const named = `${name}: ${ended.words}`;
    return [
      svg("path", { class: `line line-${which % 3}`, d: `M${places.map((place) => place.map((each) => each.toFixed(1)).join(" ")).join("L")}` }),
      text(0, beside(begun.words, places, begun.place, places[1] ?? begun.place), begun.words),
      text(WIDTH, beside(named, places, ended.place, places.at(-2) ?? ended.place), named, "end"),
      ...(value && now >= first && now <= last ? [svg("circle", { class: "here", cx: x(now), cy: y(near(value)), r: 6 })] : []),
    ];
  });
  const said = here.at.map(({ name }, which) => `${name} goes from ${start?.at[which]?.words} to ${end?.at[which]?.words}`);
  return picture(
    BOTTOM + 58, `${title}: as ${along} goes from ${start?.words} to ${end?.words}, ${said.join("; ")}.`,
    svg("path", { class: "axis", d: `M8 ${y(0)}H${WIDTH - 8}` }), ...lines,
    text(0, BOTTOM + 36, start?.words ?? ""), text(WIDTH, BOTTOM + 36, end?.words ?? "", "end"), text(WIDTH / 2, BOTTOM + 54, along, "middle"),
  );
}
