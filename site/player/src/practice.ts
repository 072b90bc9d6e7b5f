/** Blocks to work in, fetched only where a page has one: an entry per type of block. */

import { certificate } from "./elements/certificate.ts";
import { plan, planCheck } from "./elements/plan.ts";
import type { Practice } from "./elements/practice.ts";
import { scenario } from "./elements/scenario.ts";
import { worksheet } from "./elements/worksheet.ts";

export const PRACTICE: Readonly<Record<string, Practice>> = {
  certificate,
  plan,
  "plan-check": planCheck,
  scenario,
  worksheet,
};
