/** A filled-in worksheet as values, and what it looks like as Markdown, as HTML, and as a file to go on with. */

export interface Filled {
  readonly title: string;
  /** The masterclass and its version. */
  readonly from: string;
  readonly language: string;
  readonly parts: readonly Part[];
}

interface Part {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** A field with its answer, or a table with its rows, the headings first. */
export type Entry = { readonly label: string; readonly text: string } | { readonly label: string; readonly rows: readonly (readonly string[])[] };

const marked = (text: string) => text.replace(/[\\`*_[\]<>|#]/g, "\\$&");
const lines = (text: string, end: string) => text.trim().split(/\r?\n/).map(marked).join(end);

export function markdown(sheet: Filled): string {
  const entry = (each: Entry): string[] => {
    if ("text" in each) return [`**${marked(each.label)}**`, lines(each.text, "  \n") || "–"];
    const [head = [], ...rows] = each.rows.map((row) => `| ${row.map((cell) => lines(cell, "<br>")).join(" | ")} |`);
    return [`**${marked(each.label)}**`, [head, `|${" --- |".repeat(each.rows[0]?.length ?? 0)}`, ...rows].join("\n")];
  };
  const parts = sheet.parts.flatMap((part) => [`## ${marked(part.title)}`, ...part.entries.flatMap(entry)]);
  return [`# ${marked(sheet.title)}`, marked(sheet.from), ...parts].join("\n\n") + "\n";
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const broken = (text: string) => escaped(text.trim()).replace(/\r?\n/g, "<br>");
const STYLE = "body{font:11pt/1.5 Arial,sans-serif;max-width:42em;margin:2em auto}table{border-collapse:collapse;width:100%}th,td{border:1px solid #68737f;padding:4pt 6pt;text-align:left;vertical-align:top}";

/** A whole document: Word opens it, and so does any browser. */
export function html(sheet: Filled): string {
  const row = (cells: readonly string[], tag: string) => `<tr>${cells.map((cell) => `<${tag}>${broken(cell)}</${tag}>`).join("")}</tr>`;
  const entry = (each: Entry): string => {
    const label = `<p><b>${escaped(each.label)}</b></p>`;
    if ("text" in each) return `${label}<p>${broken(each.text) || "–"}</p>`;
    const [head = [], ...rows] = each.rows;
    return `${label}<table>${row(head, "th")}${rows.map((cells) => row(cells, "td")).join("")}</table>`;
  };
  const parts = sheet.parts.map((part) => `<h2>${escaped(part.title)}</h2>${part.entries.map(entry).join("")}`);
  return `<!doctype html><html lang="${escaped(sheet.language)}"><head><meta charset="utf-8"><title>${escaped(sheet.title)}</title><style>${STYLE}</style></head>` +
    `<body><h1>${escaped(sheet.title)}</h1><p>${escaped(sheet.from)}</p>${parts.join("")}</body></html>\n`;
}

/** What was written, as it is kept and saved to a file. */
export interface Answer {
  readonly key: string;
  /** Of the field, for a version of the worksheet that has it no longer. */
  readonly label: string;
  readonly value: string;
}

export interface Saved {
  readonly format: typeof FORMAT;
  readonly course: string;
  readonly worksheet: string;
  readonly title: string;
  readonly version: string;
  readonly answers: readonly Answer[];
}

export const FORMAT = "masterclass-worksheet-1";

/** A file that a learner chose; null when no worksheet was saved in it. */
export function saved(file: string): Saved | null {
  try {
    const found = JSON.parse(file) as Saved;
    const names = [found.course, found.worksheet, found.title, found.version];
    const right = found.format === FORMAT && names.every((name) => typeof name === "string") && Array.isArray(found.answers) &&
      found.answers.every((each) => [each?.key, each?.label, each?.value].every((part) => typeof part === "string"));
    return right ? found : null;
  } catch {
    return null; // no JSON: any file can be chosen
  }
}
