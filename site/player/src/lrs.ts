/** The few calls the player makes of an LRS, over fetch. */

import type { Reply } from "./queue.ts";
import type { Statement } from "./statements.ts";

export interface Lrs {
  post(statements: readonly Statement[]): Promise<Reply>;
  /** The status and body of a GET; status 0 when there was no answer. */
  get(resource: string, query: Readonly<Record<string, string>>): Promise<{ status: number; body: unknown }>;
  put(resource: string, query: Readonly<Record<string, string>>, document: unknown): Promise<boolean>;
}

const PATIENCE = 20_000;
/** Browsers refuse keepalive requests that hold more than 64 KiB together. */
const KEEPALIVE = 60_000;

export function lrs(window: Window, endpoint: string, authorization: string | null): Lrs {
  const base = endpoint.endsWith("/") ? endpoint : `${endpoint}/`;
  const headers = {
    "X-Experience-API-Version": "1.0.3",
    "Content-Type": "application/json",
    ...(authorization && { Authorization: authorization }),
  };

  async function request(method: string, path: string, body?: string): Promise<Response | null> {
    const abort = new AbortController();
    const timer = window.setTimeout(() => abort.abort(), PATIENCE);
    try {
      const keepalive = body !== undefined && new TextEncoder().encode(body).length < KEEPALIVE;
      // Documents come with a date, by which browsers would think an old copy good for days. (What is sent is never taken
      // from a cache, and with this Chrome would ask the other origin's permission anew each time.)
      const fresh = body === undefined ? ({ cache: "no-store" } as const) : { body };
      return await window.fetch(base + path, { method, headers, keepalive, signal: abort.signal, ...fresh });
    } catch {
      return null; // no network, no permission (CORS), or no patience left
    } finally {
      window.clearTimeout(timer);
    }
  }
  const path = (resource: string, query: Readonly<Record<string, string>>) => `${resource}?${new URLSearchParams(query)}`;

  return {
    async post(statements) {
      const response = await request("POST", "statements", JSON.stringify(statements));
      if (response?.ok) return "taken";
      if (response?.status === 409) return "there";
      // Signing in again, or waiting, may cure 401, 403, 408 and 429; the other 4xx mean the statement itself.
      const curable = [401, 403, 404, 408, 429];
      return response && response.status >= 400 && response.status < 500 && !curable.includes(response.status) ? "refused" : "later";
    },
    async get(resource, query) {
      const response = await request("GET", path(resource, query));
      if (!response) return { status: 0, body: null };
      return { status: response.status, body: response.ok ? await response.json().catch(() => null) : null };
    },
    async put(resource, query, document) {
      return (await request("PUT", path(resource, query), JSON.stringify(document)))?.ok ?? false;
    },
  };
}
