/** Readers of untyped JSON, put together into readers of records; TypeScript's types follow from them. */

export type Reader<T> = (value: unknown, where: string) => T;
export type Read<R> = R extends Reader<infer T> ? T : never;

const expected = (what: string, where: string): never => {
  throw new TypeError(`course.json: ${where}: expected ${what}`);
};

export const text: Reader<string> = (value, where) => (typeof value === "string" ? value : expected("text", where));
export const number: Reader<number> = (value, where) => (typeof value === "number" ? value : expected("a number", where));
export const flag: Reader<boolean> = (value, where) => (typeof value === "boolean" ? value : expected("true or false", where));

export const oneOf =
  <T extends string>(...names: readonly T[]): Reader<T> =>
  (value, where) =>
    names.find((name) => name === value) ?? expected(names.join(", "), where);

export const nullable =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value, where) =>
    value === null ? null : read(value, where);

export const list =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, where) =>
    Array.isArray(value) ? value.map((item, at) => read(item, `${where}[${at}]`)) : expected("a list", where);

export const pair =
  <A, B>(first: Reader<A>, second: Reader<B>): Reader<readonly [A, B]> =>
  (value, where) =>
    Array.isArray(value) && value.length === 2
      ? [first(value[0], `${where}[0]`), second(value[1], `${where}[1]`)]
      : expected("a pair", where);

/** For fields that course.json leaves out while they have their usual value. */
export const usually =
  <T>(value: T, read: Reader<T>): Reader<T> =>
  (found, where) =>
    found === undefined ? value : read(found, where);

export const record =
  <S extends Record<string, Reader<unknown>>>(shape: S): Reader<{ readonly [K in keyof S]: Read<S[K]> }> =>
  (value, where) => {
    if (typeof value !== "object" || value === null) return expected("an object", where);
    const fields = value as Record<string, unknown>;
    const entries = Object.entries(shape).map(([name, read]) => [name, read(fields[name], `${where}.${name}`)]);
    return Object.fromEntries(entries) as { readonly [K in keyof S]: Read<S[K]> };
  };
