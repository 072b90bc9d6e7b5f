/** Scores as the familiar picture: told apart by pattern and line as well as by colour, with the same in words beside it. */

import { strings } from "./strings.ts";

const SVG = "http://www.w3.org/2000/svg";
/** The middle lies below the legend. */
const [WIDTH, HEIGHT, RADIUS, MIDDLE] = [344, 294, 112, 164];

export interface Axis {
  readonly title: string;
  readonly now: number | null;
  readonly aim: number;
  /** The quarter of the scale in which the middle of all others lies. */
  readonly others: number | null;
}

function draw(tag: string, attributes: Readonly<Record<string, string | number>>, ...children: readonly (Node | string)[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Half a step on, so that no axis points straight up or sideways: the titles stand above and below, and leave the picture its width. */
const turn = (at: number, of: number) => ((at + 0.5) / of) * 2 * Math.PI - Math.PI / 2;
const place = (at: number, of: number, share: number): [number, number] => [
  Math.round((WIDTH / 2 + Math.cos(turn(at, of)) * RADIUS * share) * 10) / 10,
  Math.round((MIDDLE + Math.sin(turn(at, of)) * RADIUS * share) * 10) / 10,
];
const outline = (values: readonly number[]) => values.map((value, at) => place(at, values.length, value / 100).join()).join(" ");

/** A title in short lines, so that two stand side by side on a phone as well. */
function label(title: string, at: number, of: number): SVGElement {
  const lines: string[] = [];
  for (const word of title.replace(/-/g, "- ").split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 18) lines[lines.length - 1] = `${last} ${word}`.replace("- ", "-");
    else lines.push(word);
  }
  const [x, y] = place(at, of, 1);
  const first = y < MIDDLE ? y - 12 - 18 * (lines.length - 1) : y + 24;
  return draw("text", { "text-anchor": "middle", y: first }, ...lines.map((line, row) => draw("tspan", { x, ...(row && { dy: 18 }) }, line)));
}

export function radar(axes: readonly Axis[]): SVGElement {
  const of = axes.length;
  const rings = [25, 50, 75, 100].map((ring) => draw("polygon", { class: "ring", points: outline(axes.map(() => ring)) }));
  const spokes = axes.map((_, at) => {
    const [x, y] = place(at, of, 1);
    return draw("line", { class: "ring", x1: WIDTH / 2, y1: MIDDLE, x2: x, y2: y });
  });
  const dots = axes.map(({ now }, at) => {
    const [cx, cy] = place(at, of, (now ?? 0) / 100);
    return now === null ? "" : draw("circle", { class: "now-dot", cx, cy, r: 4 });
  });
  const hatch = draw("pattern", { id: "radar-now", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    draw("line", { class: "hatch", x1: 0, y1: 0, x2: 0, y2: 7 }));
  const words = strings.radar(axes.map(({ title, now, aim, others }) => strings.row(title, now, aim, others)));
  const middles = axes.flatMap(({ others }) => (others === null ? [] : [others * 25 + 12.5]));
  const compared = middles.length === of;
  const series = ([["now", 10], ["aim", 108], ["others", 202]] as const).filter(([name]) => name !== "others" || compared);
  const legend = series.flatMap(([name, x]) => [
    draw("rect", { class: name, x, y: 4, width: 26, height: 14, ...(name === "now" && { fill: "url(#radar-now)" }) }),
    draw("text", { x: x + 34, y: 17 }, strings.legend[name]),
  ]);
  return draw("svg", { class: "radar", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words },
    draw("defs", {}, hatch), ...rings, ...spokes,
    ...(compared ? [draw("polygon", { class: "others", points: outline(middles) })] : []),
    draw("polygon", { class: "aim", points: outline(axes.map(({ aim }) => aim)) }),
    draw("polygon", { class: "now", fill: "url(#radar-now)", points: outline(axes.map(({ now }) => now ?? 0)) }),
    ...dots, ...axes.map(({ title }, at) => label(title, at, of)), ...legend);
}
