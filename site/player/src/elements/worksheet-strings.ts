/** What a worksheet says beside its author's words. */

const fields = (count: number) => (count === 1 ? "1 answer" : `${count} answers`);

export const worksheetStrings = {
  what: "worksheet",
  blank: "Print a blank copy",
  print: "Print, or save as PDF",
  word: "Download for Word (HTML)",
  markdown: "Download as Markdown",
  save: "Download a copy to go on with",
  open: "Open a copy",
  add: "Add a row",
  full: "This table has all the rows it can have.",
  offer: "You have filled in a worksheet on this page. No copy of it exists but in this browser.",
  fleeting: "You have filled in a worksheet on this page, and it is gone when you leave. Download a copy first, or choose the link again to leave without one.",
  from: (course: string, version: string) => `${course}, version ${version}`,
  unreadable: "That file is not a saved worksheet. Nothing was changed.",
  other: (title: string) => `That file is a copy of another worksheet, “${title}”. Nothing was changed.`,
  replace: "Put the answers of that copy in place of what you have written here?",
  replaceYes: "Yes, replace it",
  taken: (count: number, theirs: string, ours: string) =>
    `${fields(count)} taken${theirs === ours ? "" : ` from a copy of version ${theirs}; this is version ${ours}`}.`,
  left: "Not taken, because this worksheet has no place for it:",
  was: (label: string, value: string) => `${label}: ${value}`,
  yes: "Yes",
} as const;
