/** An LRS and a cmi5 LMS's fetch URL, behind `window.fetch`. */

export interface Sent {
  readonly id: string;
  readonly timestamp: string;
  readonly verb: { readonly id: string };
  readonly object: { readonly id: string; readonly definition?: Record<string, unknown> };
  readonly result?: Record<string, unknown>;
  readonly context: {
    readonly contextActivities: Record<string, readonly { readonly id: string }[]>;
    readonly extensions: Record<string, unknown>;
    readonly [name: string]: unknown;
  };
}

export interface LrsFake {
  readonly statements: Sent[];
  readonly documents: Map<string, unknown>;
  readonly requests: string[];
  /** What every request is answered with, as long as it is set; 0 is no network. */
  outage: number | null;
  tokens: number;
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  verbs(): string[];
}

export const ENDPOINT = "https://lrs.example/xapi/";
export const FETCH = "https://lms.example/fetch/1";

export function lrsFake(launchData: unknown = null): LrsFake {
  const lrs: LrsFake = {
    statements: [], documents: new Map(), requests: [], outage: null, tokens: 0,
    verbs: () => lrs.statements.map(({ verb }) => verb.id.slice(verb.id.lastIndexOf("/") + 1)),
    async fetch(address, init = {}) {
      const url = new URL(address);
      const method = init.method ?? "GET";
      if (lrs.outage === 0) throw new TypeError("no network");
      if (lrs.outage !== null) return new Response("busy", { status: lrs.outage });
      if (url.href === FETCH)
        return Response.json(lrs.tokens++ ? { "error-code": "1", "error-text": "used" } : { "auth-token": "dG9rZW4=" });
      const resource = url.pathname.replace("/xapi/", "");
      lrs.requests.push(`${method} ${resource} ${url.searchParams.get("stateId") ?? url.searchParams.get("profileId") ?? ""}`.trim());
      if (resource === "statements") return statements(url, method, init);
      if (url.searchParams.get("stateId") === "LMS.LaunchData") return Response.json(launchData);
      const key = `${resource} ${url.searchParams.get("stateId")} ${url.searchParams.get("registration")}`;
      if (method === "PUT") {
        lrs.documents.set(key, JSON.parse(String(init.body)));
        return new Response(null, { status: 204 });
      }
      return lrs.documents.has(key) ? Response.json(lrs.documents.get(key)) : new Response(null, { status: 404 });
    },
  };
  function statements(url: URL, method: string, init: RequestInit): Response {
    if (method === "GET") {
      const found = lrs.statements.find(({ id }) => id === url.searchParams.get("statementId"));
      return found ? Response.json(found) : new Response(null, { status: 404 });
    }
    const sent = JSON.parse(String(init.body)) as Sent[];
    if (sent.some(({ id }) => lrs.statements.some((stored) => stored.id === id))) return new Response("there", { status: 409 });
    lrs.statements.push(...sent);
    return Response.json(sent.map(({ id }) => id));
  }
  return lrs;
}
