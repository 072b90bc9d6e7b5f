/** The second bundle, fetched only where a page has a block that needs it: an entry per type of block. */

import { plan, planCheck } from "./elements/plan.ts";
import { scenario } from "./elements/scenario.ts";
import type { Practice } from "./elements/practice.ts";

export const PRACTICE: Readonly<Record<string, Practice>> = { scenario, plan, "plan-check": planCheck };
