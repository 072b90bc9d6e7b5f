/** Whether this site's server follows the learner, and the few things it can be asked. Sites without one ask nothing. */

import type { Json } from "./json.ts";
import { forgetCopies, handOver } from "./storage.ts";

/** Sent with course.json by a server that can follow. */
export const HEADER = "masterclass-learner";

export interface Learner {
  readonly endpoint: string;
  /** Null while nobody is followed. */
  readonly actor: Json | null;
  /** Has the learner followed: as somebody new, or with a code as who they are on another device. False when the code is not good. */
  follow(code: string | null): Promise<boolean>;
  /** For another device; null when the server does not answer. */
  code(): Promise<{ readonly code: string; readonly minutes: number } | null>;
  /** Ends it in this browser, and removes what is kept here; the server keeps what it has. */
  stop(): Promise<boolean>;
}

/** What the browser's copies are filed under: without being followed, under nothing. */
export const learnerName = (actor: Json | null): string => (actor ? JSON.stringify(actor) : "");

const REMEMBERED = "masterclass:actor";

/** Who was followed last in this browser. */
export function remembered(window: Window): Json | null {
  try {
    return JSON.parse(window.localStorage.getItem(REMEMBERED) ?? "null") as Json | null;
  } catch {
    return null; // blocked, or somebody wrote into the browser's storage
  }
}

export async function askLearner(window: Window, endpoint: string): Promise<Learner> {
  async function ask(method: string, resource: string, body?: Json): Promise<Json | null> {
    try {
      const headers = { "Content-Type": "application/json" };
      const response = await window.fetch(endpoint + resource, { method, ...(body && { headers, body: JSON.stringify(body) }) });
      return response.ok ? ((await response.json()) as Json) : null;
    } catch {
      return null; // the server is away
    }
  }

  /** Through an outage the learner stays who they were. */
  function remember(actor: Json | null): void {
    try {
      if (actor) window.localStorage.setItem(REMEMBERED, JSON.stringify(actor));
      else window.localStorage.removeItem(REMEMBERED);
    } catch {
      // blocked: nothing is kept in this browser, and this neither
    }
  }

  const answer = await ask("GET", "session");
  const before = remembered(window);
  const actor = answer ? (answer.actor as Json | null) : before;
  // By a personal link: what was done in this browser before it was opened is theirs now.
  if (actor) handOver(window, learnerName(before), learnerName(actor));
  remember(actor);

  return {
    endpoint,
    actor,
    async follow(code) {
      const begun = await ask("POST", "session", code === null ? {} : { code });
      if (!begun) return false;
      remember(begun.actor as Json);
      handOver(window, learnerName(actor), learnerName(begun.actor as Json));
      return true;
    },
    code: async () => (await ask("POST", "code", {})) as { code: string; minutes: number } | null,
    async stop() {
      if (!(await ask("DELETE", "session"))) return false;
      remember(null);
      forgetCopies(window, learnerName(actor));
      return true;
    },
  };
}
