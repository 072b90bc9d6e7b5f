/** Blocks that answer what is entered in them, fetched only where a page has one: an entry per type of block. */

import { calculator } from "./elements/calculator.ts";
import { chooser } from "./elements/chooser.ts";
import { contrast } from "./elements/contrast.ts";
import { media } from "./elements/media.ts";
import type { Practice } from "./elements/practice.ts";

export const TOOLS: Readonly<Record<string, Practice>> = { calculator, chooser, contrast, media };
