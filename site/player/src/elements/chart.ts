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

/** Told apart by pattern as well as by colour: plain, hatched, dotted, and so on from the first. */
const PATTERNS = ["M0 6 6 0", "M0 3H3"];

export function bars(id: string, title: string, drawn: readonly Drawn[]): SVGElement {
  const values = drawn.map(({ value }) => (value ? near(value) : 0));
  const x = scale(values, 0, 220);
  const patterns = PATTERNS.map((path, at) =>
    svg("pattern", { id: `${id}--pattern-${at + 1}`, width: 6, height: 6, patternUnits: "userSpaceOnUse" }, svg("path", { d: path })));
  const rows = drawn.flatMap(({ name, words }, at) => {
    const [zero, end, y] = [x(0), x(values[at] ?? 0), at * 46];
    const fill = at % 3 ? { fill: `url(#${id}--pattern-${at % 3})` } : {};
    return [
      text(0, y + 14, name),
      svg("rect", { class: "bar", x: Math.min(zero, end), y: y + 20, width: Math.abs(end - zero), height: 18, ...fill }),
      text(WIDTH, y + 34, words, "end"),
    ];
  });
  const axis = svg("path", { class: "axis", d: `M${x(0)} 18V${drawn.length * 46 - 6}` });
  return picture(drawn.length * 46, `${title}: ${drawn.map(({ name, words }) => `${name}, ${words}`).join("; ")}.`, svg("defs", {}, ...patterns), ...rows, axis);
}

const BOTTOM = 170;

/** Where words stand at an end of a line, so that the line does not run through them. */
const beside = (end: number, before = end) => (before < end ? end + 18 : end - 8);

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
      return found?.value ? [{ words: found.words, place: [x(across[point] ?? 0), y(near(found.value))] as const }] : [];
    });
    const [begun, ended] = [there[0], there.at(-1)];
    if (!begun || !ended) return [];
    return [
      svg("path", { class: `line line-${which % 3}`, d: `M${there.map(({ place }) => place.map((each) => each.toFixed(1)).join(" ")).join("L")}` }),
      text(0, beside(begun.place[1], there[1]?.place[1]), begun.words),
      text(WIDTH, beside(ended.place[1], there.at(-2)?.place[1]), `${name}: ${ended.words}`, "end"),
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
