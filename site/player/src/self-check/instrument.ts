/** self-check.json: what the self-check asks and weighs. */

import { flag, list, number, record, text, usually, type Read } from "../fields.ts";

const weights = (value: unknown, where: string): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(value as Record<string, unknown>).map(([domain, weight]) => [domain, number(weight, `${where}.${domain}`)]));

const domain = record({ id: text, title: text });
const statement = record({ id: text, domain: text, practice: usually(false, flag) });
const barrier = record({
  id: text, domain: text, text, modules: usually<readonly string[]>([], list(text)), peers: usually(false, flag), sponsor: usually(false, flag),
});
const module = record({ id: text, weights });

export const instrument = record({
  domains: list(domain),
  statements: list(statement),
  barriers: list(barrier),
  pairs: list(text),
  modules: list(module),
});

export type Instrument = Read<typeof instrument>;
export type Barrier = Read<typeof barrier>;
