/** Numbers of given widths as base64url characters, six bits each, most significant bit first. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export interface BitWriter {
  put(width: number, value: number): void;
  text(): string;
}

export function bitWriter(): BitWriter {
  const bits: boolean[] = [];
  return {
    put(width, value) {
      for (let bit = width - 1; bit >= 0; bit--) bits.push(Math.floor(value / 2 ** bit) % 2 === 1);
    },
    text() {
      let text = "";
      for (let at = 0; at < bits.length; at += 6) {
        let value = 0;
        for (let bit = 0; bit < 6; bit++) value = value * 2 + (bits[at + bit] ? 1 : 0);
        text += ALPHABET.charAt(value);
      }
      return text;
    },
  };
}

/** A reader of `take(width)`; past the end there are only zeros. */
export function bitReader(text: string): (width: number) => number {
  let at = 0;
  const bit = () => {
    const value = ALPHABET.indexOf(text.charAt(Math.floor(at / 6)) || "A");
    return (value >> (5 - (at++ % 6))) & 1;
  };
  return (width) => {
    let value = 0;
    for (let left = width; left > 0; left--) value = value * 2 + bit();
    return value;
  };
}
