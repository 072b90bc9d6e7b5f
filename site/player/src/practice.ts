/** The second bundle, fetched only where a page has a block that needs it: an entry per type of block. */

import { calculator } from "./elements/calculator.ts";
import { certificate } from "./elements/certificate.ts";
import { plan, planCheck } from "./elements/plan.ts";
import type { Practice } from "./elements/practice.ts";
import { scenario } from "./elements/scenario.ts";
import { worksheet } from "./elements/worksheet.ts";

export const PRACTICE: Readonly<Record<string, Practice>> = {
  calculator,
  certificate,
  plan,
  "plan-check": planCheck,
  scenario,
  worksheet,
};
