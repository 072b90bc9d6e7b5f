/** What is said about what stays in the browser. */

const WHERE = {
  kept: () => "Saved in this browser only",
  tab: () => "Saved in this browser only, until you close this window",
  shared: (onSite: boolean) => `Not saved: what you write is gone when you ${onSite ? "leave this page" : "close this window"}`,
  refused: () => "Not saved: this browser keeps nothing. Download a copy before you leave this page.",
} as const;

export const privateStrings = {
  where: (where: keyof typeof WHERE, onSite: boolean) => WHERE[where](onSite),
  shared: "This is a shared computer: keep nothing of what I write",
  clear: (what: string) => `Clear this ${what}`,
  sure: (what: string) => `Clear all that you wrote in this ${what}? It cannot be brought back.`,
  elsewhere: "This browser still keeps what you wrote on other pages of this masterclass. Clear that, too?",
  yes: "Yes, clear it",
  no: "No, leave it as it is",
  cleared: "Cleared: nothing of it is kept in this browser.",
} as const;
