/** Launches by cmi5 and Tin Can as real LMSs make them, and what of them may not stay in the browser. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Adapter, Snapshot } from "../src/adapters/adapter.ts";
import { cmi5 } from "../src/adapters/cmi5.ts";
import { normalActor, xapi } from "../src/adapters/xapi.ts";
import { interactions } from "../src/interactions.ts";
import { lrs } from "../src/lrs.ts";
import { course, WORDING } from "./fixture.ts";
import { AU, cmi5Host, REGISTRATION, xapiHost } from "./hosts.ts";
import { ENDPOINT, FETCH, lrsFake } from "./lrs-fake.ts";
import { blocked, fakeWindow, type FakeWindow } from "./windows.ts";

const demo = course();
const OPEN: Snapshot = {
  resume: "1Ab3_xZAAAA", page: "ladder", status: { complete: false, success: null }, score: null, mastery: 0.7, progress: 0.5, attempted: false,
};
const PASSED: Snapshot = { ...OPEN, resume: "1Ab3_xZBBBB", status: { complete: true, success: "passed" }, score: 0.8, progress: 1, attempted: true };
const facts = interactions(demo, { question: "one", response: ["codesign"], confidence: null, attempt: 1, latency: 1, at: 0 }, WORDING);
const record = (adapter: Adapter) => facts.forEach((fact) => adapter.record(fact));

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;
/** Every request, as it was made. */
function watched(window: Window, answer?: (url: string, init: RequestInit) => Response | undefined) {
  const sends = window.fetch as unknown as Fetch;
  const made: { url: string; init: RequestInit; headers: Record<string, string> }[] = [];
  window.fetch = (async (url: string, init: RequestInit = {}) => {
    made.push({ url, init, headers: (init.headers ?? {}) as Record<string, string> });
    return answer?.(url, init) ?? sends(url, init);
  }) as typeof window.fetch;
  return made;
}
const batches = (made: ReturnType<typeof watched>) =>
  made.filter(({ url, init }) => init.method === "POST" && url.includes("/statements"))
    .map(({ init }) => (JSON.parse(String(init.body)) as { verb: { id: string } }[]).map(({ verb }) => verb.id.slice(verb.id.lastIndexOf("/") + 1)));

test("cmi5: initialized is in before anything else is sent, also after an outage and with what an earlier session left", async () => {
  const host = cmi5Host();
  const first = host.adapter(host.launch(), demo);
  await first.open();
  await first.save(OPEN);
  host.outage(true);
  record(first);
  await first.save(OPEN);
  await first.close(OPEN);
  const window = host.launch();
  const adapter = host.adapter(window, demo);
  await adapter.open();
  record(adapter);
  assert.equal(await adapter.save(OPEN), false);
  host.outage(false);
  const made = watched(window);
  assert.equal(await adapter.save(OPEN), true);
  assert.deepEqual(batches(made), [["initialized"], ["answered", "answered"]]);
  const sessions = host.lrs.statements.map(({ context }) => context.extensions["https://w3id.org/xapi/cmi5/context/extensions/sessionid"]);
  assert.deepEqual(new Set(sessions), new Set(["session-1"]));
});

test("cmi5: a session that ends before its beginning got through sends both in order", async () => {
  const host = cmi5Host();
  const window = host.launch();
  let refusals = 1;
  const made = watched(window, (url, init) => (init.method === "POST" && url.includes("/statements") && refusals-- > 0 ? new Response("busy", { status: 503 }) : undefined));
  const adapter = host.adapter(window, demo);
  await adapter.open();
  await adapter.save(OPEN);
  assert.equal(await adapter.close(OPEN), true);
  assert.deepEqual(batches(made), [["initialized"], ["initialized"], ["terminated"]]);
});

test("nothing an LRS answers is taken from the browser's cache; what is sent asks for permission once", async () => {
  for (const host of [cmi5Host(), xapiHost()]) {
    const window = host.launch();
    const made = watched(window);
    const adapter = host.adapter(window, demo);
    await adapter.open();
    await adapter.save(OPEN);
    const caches = made.filter(({ url }) => url !== FETCH).map(({ init }) => `${init.method} ${init.cache}`);
    assert.deepEqual(new Set(caches), new Set(["GET no-store", "PUT undefined", "POST undefined"]), host.name);
  }
});

for (const [title, data, expected] of [
  ["null for what it has not", { contextTemplate: null, launchMode: null, masteryScore: null, returnURL: null }, ["normal", null, null]],
  ["only what it must", { contextTemplate: undefined, launchMode: undefined, masteryScore: undefined, returnURL: undefined }, ["normal", null, null]],
  ["a pass mark in words and an empty address", { masteryScore: "0.8", returnURL: "" }, ["normal", 0.8, null]],
  ["a pass mark of nought", { masteryScore: 0 }, ["normal", 0, null]],
  ["a way back", { returnURL: "https://lms.example/back?a=b" }, ["normal", 0.7, "https://lms.example/back?a=b"]],
  ["a way back that is a script", { returnURL: "javascript:alert(1)" }, ["normal", 0.7, null]],
] as const)
  test(`cmi5: launch data with ${title}`, async () => {
    const host = cmi5Host(data);
    const adapter = host.adapter(host.launch(), demo);
    const opening = await adapter.open();
    assert.deepEqual([opening.connected, opening.mode, opening.mastery, opening.returnUrl], [true, ...expected]);
    assert.equal(await adapter.save(OPEN), true);
  });

test("cmi5: the token in the forms that LMSs give it, and an error in any", async () => {
  for (const [answer, authorization, over] of [
    [{ "auth-token": "dG9rZW4=" }, "Basic dG9rZW4=", false],
    [{ "auth-token": "Basic dG9rZW4=" }, "Basic dG9rZW4=", false],
    [{ "error-code": "2", "error-text": "expired" }, undefined, true],
    [null, undefined, false],
    ["text", undefined, false],
  ] as const)
    for (const status of [200, 400]) {
      if (status === 400 && !over) continue;
      const host = cmi5Host();
      const window = host.launch();
      const made = watched(window, (url) => (url === FETCH ? Response.json(answer, { status }) : undefined));
      const opening = await host.adapter(window, demo).open();
      assert.deepEqual([made[1]?.headers.Authorization, opening.over], [authorization, over], JSON.stringify(answer));
    }
});

/** A launch by Tin Can: the query as it stands in the address. */
async function tinCan(search: string) {
  const fake = lrsFake();
  const window = fakeWindow(search, { fetch: fake.fetch });
  const made = watched(window);
  const adapter = xapi(window, demo);
  const opening = await adapter.open();
  record(adapter);
  await adapter.save(PASSED);
  await adapter.close(PASSED);
  return { fake, window, made, opening };
}
const ACTOR = encodeURIComponent(JSON.stringify({ name: "Ada", mbox: "mailto:ada@example.org" }));

test("xapi: credentials with and without their scheme, and with plus signs that were not encoded", async () => {
  for (const [auth, expected] of [
    ["Basic%20YWI%2Bcd%3D%3D", "Basic YWI+cd=="],
    ["Basic+YWI+cd==", "Basic YWI+cd=="],
    ["YWI%2Bcd%3D%3D", "Basic YWI+cd=="],
    ["YWI+cd==", "Basic YWI+cd=="],
    ["Bearer%20abc.def", "Bearer abc.def"],
  ] as const) {
    const { made } = await tinCan(`?endpoint=${encodeURIComponent(ENDPOINT)}&auth=${auth}&actor=${ACTOR}`);
    assert.equal(made[0]?.headers.Authorization, expected, auth);
  }
  const { made } = await tinCan(`?endpoint=${encodeURIComponent(ENDPOINT)}&actor=${ACTOR}`);
  assert.ok(made.every(({ headers }) => !("Authorization" in headers)));
});

test("xapi: without a registration or an activity of its own, and with an endpoint that ends anyhow", async () => {
  const { fake, made } = await tinCan(`?endpoint=${encodeURIComponent(ENDPOINT.slice(0, -1))}&auth=Basic%20YQ%3D%3D&actor=${ACTOR}`);
  assert.deepEqual(fake.verbs(), ["initialized", "answered", "passed", "completed", "terminated"]);
  assert.ok(made.every(({ url }) => url.startsWith(ENDPOINT) && !url.includes("registration")));
  assert.ok(fake.statements.every(({ context }) => !("registration" in context)));
  assert.deepEqual(new Set(fake.statements.filter(({ verb }) => !verb.id.endsWith("answered")).map(({ object }) => object.id)), new Set([demo.iri]));
});

test("actors in each form of old LMSs", () => {
  assert.deepEqual(normalActor({ objectType: "Agent", name: "Ada", mbox: ["mailto:ada@example.org"] }), { objectType: "Agent", name: "Ada", mbox: "mailto:ada@example.org" });
  assert.deepEqual(normalActor({ openid: ["https://ada.example.org"] }), { objectType: "Agent", openid: "https://ada.example.org" });
  const account = { accountServiceHomePage: "https://lms.example", accountName: "7" };
  assert.deepEqual(normalActor({ name: "Ada", account }), { objectType: "Agent", name: "Ada", account: { homePage: "https://lms.example", name: "7" } });
  const group = { objectType: "Group", mbox: "mailto:team@example.org", member: [{ mbox: "mailto:ada@example.org" }] };
  assert.equal(normalActor(group), group);
});

const SECRETS = ["ada%40example.org", "ada@example.org", "dG9rZW4", "YWI", "fetch/1", REGISTRATION, "learner-1"];
const leaked = (window: FakeWindow) => SECRETS.filter((secret) => window.location.href.includes(secret) || decodeURIComponent(window.location.href).includes(secret));

test("who is learning, and with what password, does not stay in the address; what else stands there does", async () => {
  const signed = "&X-Amz-Signature=abc%2F1";
  const { window, fake } = await tinCan(`?endpoint=${encodeURIComponent(ENDPOINT)}&auth=Basic%20YWI%3D&actor=${ACTOR}&registration=${REGISTRATION}&activity_id=${encodeURIComponent(AU)}${signed}#/start`);
  assert.deepEqual(leaked(window), []);
  const url = new URL(window.location.href);
  assert.deepEqual([[...url.searchParams.keys()], url.searchParams.get("X-Amz-Signature"), url.hash], [["X-Amz-Signature", "launch"], "abc/1", "#/start"]);
  const reloaded = xapi(window, demo);
  const opening = await reloaded.open();
  assert.deepEqual([opening.connected, opening.resume], [true, PASSED.resume]);
  assert.equal(fake.statements.at(-1)?.context.registration, REGISTRATION);

  const host = cmi5Host();
  const launched = host.launch();
  const adapter = cmi5(launched, demo);
  await adapter.open();
  await adapter.save(OPEN);
  assert.deepEqual(leaked(launched), []);
  assert.equal((await cmi5(launched, demo).open()).connected, true);
});

test("what waits to be sent says nothing of whom it is about, and is sent with their name", async () => {
  for (const host of [cmi5Host(), xapiHost({ name: "Ada Okafor", mbox: "mailto:ada@example.org" })]) {
    const window = host.launch() as Window & FakeWindow;
    const adapter = host.adapter(window, demo);
    await adapter.open();
    host.outage(true);
    record(adapter);
    assert.equal(await adapter.save(OPEN), false);
    const kept = Object.keys(window.localStorage).map((key) => `${key} ${window.localStorage.getItem(key)}`).join();
    assert.match(kept, /answered/);
    assert.doesNotMatch(kept, /ada|learner-1|mbox|account/i);
    host.outage(false);
    assert.equal(await adapter.save(OPEN), true);
    const actors = new Set(host.lrs.statements.map((said) => JSON.stringify((said as unknown as { actor: unknown }).actor)));
    assert.equal(actors.size, 1);
    assert.match([...actors].join(), /ada@example|learner-1/);
  }
});

test("where the tab keeps nothing the address stays as it was, since a reload needs it", async () => {
  const search = `?endpoint=${encodeURIComponent(ENDPOINT)}&auth=Basic%20YWI%3D&actor=${ACTOR}`;
  const window = fakeWindow(search, { fetch: lrsFake().fetch, sessionStorage: blocked() });
  assert.equal((await xapi(window, demo).open()).connected, true);
  assert.equal(window.location.search, search);
});

test("a tab without the launch that its address names has no LMS", async () => {
  assert.equal((await xapi(fakeWindow("?launch=gone"), demo).open()).connected, false);
});

test("requests outlive their page only while they are small enough in bytes", async () => {
  const window = fakeWindow("", { fetch: async () => Response.json({}) });
  const made = watched(window);
  const client = lrs(window, ENDPOINT, null);
  await client.put("activities/state", {}, "x".repeat(50_000));
  await client.put("activities/state", {}, "–".repeat(50_000));
  assert.deepEqual(made.map(({ init }) => init.keepalive), [true, false]);
});

for (const [status, connected] of [[204, true], [404, true], [400, true], [405, true], [501, true], [401, false], [403, false], [503, false]] as const)
  test(`xapi: where there is no State (${status}) statements ${connected ? "are sent all the same" : "wait, for some may be there"}`, async () => {
    const host = xapiHost();
    const window = host.launch();
    watched(window, (url) => (url.includes("activities/state") ? new Response(status === 204 ? null : "no", { status }) : undefined));
    const adapter = host.adapter(window, demo);
    assert.equal((await adapter.open()).connected, connected);
    record(adapter);
    await adapter.save(OPEN);
    assert.deepEqual(host.lrs.verbs(), connected ? ["initialized", "answered"] : []);
  });

test("what waited through a long outage is asked about at once, not one after the other", async () => {
  const host = xapiHost();
  const window = host.launch();
  const first = host.adapter(window, demo);
  await first.open();
  host.outage(true);
  for (let at = 0; at < 20; at++) record(first);
  await first.save(OPEN);
  host.outage(false);
  const next = Object.assign(host.launch(), { localStorage: window.localStorage });
  let [running, most] = [0, 0];
  const sends = next.fetch as unknown as Fetch;
  next.fetch = (async (url: string, init: RequestInit = {}) => {
    most = Math.max(most, ++running);
    await new Promise((done) => setTimeout(done, 1));
    running--;
    return sends(url, init);
  }) as typeof next.fetch;
  await host.adapter(next, demo).open();
  assert.ok(most > 10, `${most} at once`);
});
