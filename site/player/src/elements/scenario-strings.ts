/** What a scenario says beside its author's words. */

const size = (by: number) => (Math.abs(by) <= 10 ? " a little" : Math.abs(by) <= 25 ? "" : " a lot");

export const scenarioStrings = {
  choose: "What do you do?",
  happened: "What your choice brought",
  chose: (choice: string) => `You chose: ${choice}`,
  level: (value: number) => `${value} of 100`,
  moved: (by: number) => `${by > 0 ? "rose" : "fell"}${size(by)}`,
  standing: (gauge: string, value: number) => `${gauge} ${value}`,
  path: "Your path",
  ending: "This is where your story ended.",
  others: (count: number) => (count === 1 ? "What the other choice would have brought" : "What the other choices would have brought"),
  leads: (endings: readonly string[]) => (endings.length ? `It could have ended with ${endings.join(" or ")}.` : ""),
  recovered: (scene: string) => `You found a way back, at “${scene}”.`,
  recovery: (scene: string, choice: string) => `There was a way back at “${scene}”: ${choice}`,
  endings: "How this story can end",
  here: "(yours)",
  again: "Play again from the start",
} as const;
