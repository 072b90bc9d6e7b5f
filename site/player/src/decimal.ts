/** Decimal numbers as people type them, compared without binary fractions (0.1 + 0.2 is 0.3 here). */

const PLACES = 24;
const LONGEST = 12;

const GROUPED = /^-?\d{1,3}(,\d{3})+(\.\d*)?$/;
const PLAIN = /^(-?)(\d*)(?:\.(\d*))?$/;

/** What someone typed as digits, `.` and `-`; null when it is no number or a longer one than SCORM responses keep. */
export function normalised(typed: string): string | null {
  let words = typed.replace(/[\u2212\u2013]/g, "-").replace(/[\s£$€%\u00a0]/g, "").replace(/^\+/, "");
  if (GROUPED.test(words)) words = words.replaceAll(",", "");
  const found = PLAIN.exec(words);
  if (!found) return null;
  const [, sign = "", whole = "", fraction = ""] = found;
  if (whole + fraction === "") return null;
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  const number = fraction ? `${digits}.${fraction}` : digits;
  const signed = /[1-9]/.test(number) ? sign + number : number;
  return signed.length <= LONGEST ? signed : null;
}

/** Takes normalised numbers and the build's own. */
function scaled(number: string): bigint {
  const [, sign = "", whole = "", fraction = ""] = PLAIN.exec(number) ?? [];
  const digits = BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, "0"));
  return sign ? -digits : digits;
}

const unscaled = (value: bigint): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  return (value < 0n ? "-" : "") + digits.slice(0, -PLACES) + (fraction && `.${fraction}`);
};

export function within(typed: string, value: string, tolerance: string): boolean {
  const off = scaled(typed) - scaled(value);
  return (off < 0n ? -off : off) <= scaled(tolerance);
}

/** The lowest and the highest number that still count. */
export function bounds(value: string, tolerance: string): [string, string] {
  return [unscaled(scaled(value) - scaled(tolerance)), unscaled(scaled(value) + scaled(tolerance))];
}
