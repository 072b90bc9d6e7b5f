/** A page on the public site: nobody is told; the session keeps the work in the browser's own storage. */

import type { AdapterFactory } from "./adapter.ts";
import { UNCONNECTED } from "./adapter.ts";

export const local: AdapterFactory = () => ({
  reports: false,
  onSite: true,
  open: async () => ({ ...UNCONNECTED, connected: true, learner: "" }),
  record: () => true,
  save: async () => true,
  close: async () => true,
});
