/** What a calculator says beside its author's words. */

const listed = (names: readonly string[]) => names.map((name) => `“${name}”`).join(", ");

export const calculatorStrings = {
  empty: "Enter a number",
  number: "Enter a number, like 23.5",
  least: (limit: string) => `Enter ${limit} or more`,
  most: (limit: string) => `Enter ${limit} or less`,
  first: (labels: readonly string[]) => `First look again at ${listed(labels)}.`,
  impossible: (result: string, why: string) => `“${result}” cannot be worked out: ${why}.`,
  why: {
    zero: "it divides by zero",
    large: "it grows too large",
    root: "it takes the root of a number below zero",
  },
  nothing: "–",
  example: "The worked example",
  yours: "Your numbers",
} as const;
