/** Short words for pictures. Their colours and dashes stand in practice.css. */

const SVG = "http://www.w3.org/2000/svg";
/** Of every picture, in its own units: they grow and shrink with the page. */
export const WIDTH = 320;

export function svg(tag: string, attributes: Readonly<Record<string, string | number>>, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

export const picture = (height: number, label: string, ...parts: readonly SVGElement[]) =>
  svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": label }, ...parts);
export const text = (x: number, y: number, words: string, anchor = "start") => svg("text", { x, y, "text-anchor": anchor }, words);
