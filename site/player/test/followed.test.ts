/** *Follow my progress*: asked of the server once a page, and the browser's own work goes along. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { local } from "../src/adapters/local.ts";
import { askLearner, learnerName } from "../src/learner.ts";
import { presentPaper } from "../src/progress.ts";
import { openSession, type Session } from "../src/session.ts";
import { shelf } from "../src/storage.ts";
import { course, WORDING } from "./fixture.ts";
import { followedHost } from "./hosts.ts";
import { fakeWindow, storage, type FakeWindow } from "./windows.ts";

const demo = course();
const ACTOR = { objectType: "Agent", account: { homePage: "https://lms.example", name: "learner-1" } };
const OTHER = { objectType: "Agent", account: { homePage: "https://lms.example", name: "learner-2" } };
const settled = () => new Promise((done) => setTimeout(done, 10));

async function answer(session: Session, question: string, response: string[]): Promise<void> {
  session.happen({ type: "answer", question, response, confidence: null }, () => session.answered(question, WORDING, 1));
  await settled();
}

/** A server that follows whoever asks as learner-1, and whoever has the code as learner-2. */
function server(shared = storage()) {
  const asked: string[] = [];
  let actor: unknown = null;
  let away = false;
  const window = (): Window & FakeWindow =>
    fakeWindow("", {
      localStorage: shared,
      fetch: async (url: string, { method, body }: RequestInit) => {
        if (away) throw new TypeError("no network");
        asked.push(`${method} ${url} ${body ?? ""}`.trim());
        const { code } = JSON.parse(String(body ?? "{}")) as { code?: string };
        if (code !== undefined && code !== "GOOD") return new Response("no", { status: 404 });
        if (url.endsWith("code")) return Response.json({ code: "GOOD", minutes: 10 });
        if (method === "POST") actor = code ? OTHER : ACTOR;
        if (method === "DELETE") actor = null;
        return Response.json({ actor });
      },
    });
  return { window, asked, away: (now: boolean) => (away = now) };
}

test("nobody is followed without asking, and what was done before goes along", async () => {
  const { window, asked } = server();
  const page = window();
  const before = await openSession(page, demo, local(page, demo), String);
  await answer(before, "one", ["inform"]);
  before.kept.write("sheet", "only here");
  const nobody = await askLearner(page, "/learner/");
  assert.equal(nobody.actor, null);
  assert.equal(await nobody.follow(null), true);
  before.clear();
  await answer(before, "truth", ["true"]);
  assert.deepEqual((await askLearner(window(), "/learner/")).actor, ACTOR);
  assert.deepEqual(asked, ["GET /learner/session", "POST /learner/session {}", "GET /learner/session"]);
  const host = followedHost();
  const next = Object.assign(host.launch(), { localStorage: page.localStorage });
  const after = await openSession(next, demo, host.adapter(next, demo), String);
  await settled();
  assert.deepEqual([after.answer("one")?.response, after.saving()], [["inform"], "saved"]);
  assert.equal(after.kept.read("sheet"), "only here");
  assert.doesNotMatch(JSON.stringify(host.lrs), /only here/);
});

test("a code that is not good changes nothing; a good one takes this device's work along", async () => {
  const { window } = server();
  const page = window();
  await (await askLearner(page, "/learner/")).follow(null);
  const learner = await askLearner(page, "/learner/");
  assert.equal(await learner.follow("BAD"), false);
  assert.deepEqual((await askLearner(page, "/learner/")).actor, ACTOR);
  assert.equal(await learner.follow("GOOD"), true);
  assert.deepEqual((await askLearner(page, "/learner/")).actor, OTHER);
});

test("by a personal link: what was done before goes along, and is put together with what is there", async () => {
  const [host, shared] = [followedHost(), storage()];
  let actor: unknown = null;
  const page = () => fakeWindow("", { localStorage: shared, fetch: async () => Response.json({ actor }) });
  const asOneself = () => Object.assign(host.launch(), { localStorage: shared });
  const anonymous = async (question: string, response: string[]) => {
    await askLearner(page(), "/learner/");
    const window = page();
    await answer(await openSession(window, demo, local(window, demo), String), question, response);
  };
  const theirs = async () => {
    await askLearner(page(), "/learner/");
    const window = asOneself();
    const session = await openSession(window, demo, host.adapter(window, demo), String);
    await settled();
    return [...session.state().answers.keys()].sort();
  };
  await anonymous("one", ["inform"]);
  actor = ACTOR;
  assert.deepEqual(await theirs(), ["one"]);
  actor = null; // the session has run out
  await anonymous("truth", ["true"]);
  actor = ACTOR;
  assert.deepEqual(await theirs(), ["one", "truth"]);
  assert.deepEqual(await theirs(), ["one", "truth"]);
  actor = null;
  await askLearner(page(), "/learner/");
  const window = page();
  assert.deepEqual([...(await openSession(window, demo, local(window, demo), String)).state().answers], [], "nothing is left for the next person");
});

test("through an outage the learner stays who they were; once stopped, nobody", async () => {
  const { window, away } = server();
  const page = window();
  await (await askLearner(page, "/learner/")).follow(null);
  shelf(page, "/content/demo/", demo.id, learnerName(ACTOR)).write("sheet", "only here");
  shelf(page, "/", "self-check", "self-check").write("answers", "what I think");
  const learner = await askLearner(window(), "/learner/");
  away(true);
  assert.deepEqual((await askLearner(window(), "/learner/")).actor, ACTOR);
  assert.deepEqual([await learner.stop(), await learner.code()], [false, null]);
  away(false);
  assert.deepEqual(await learner.code(), { code: "GOOD", minutes: 10 });
  assert.equal(await learner.stop(), true);
  assert.doesNotMatch(JSON.stringify({ ...page.localStorage }), /only here|what I think/);
  away(true);
  assert.equal((await askLearner(window(), "/learner/")).actor, null);
});

test("a visit is told once, whatever pages it has, and no page ends it", async () => {
  const host = followedHost();
  for (const page of ["start", "ladder"]) {
    const window = host.launch();
    const session = await openSession(window, demo, host.adapter(window, demo), String);
    session.happen({ type: "seen", page });
    await settled();
    session.leave();
    await settled();
  }
  assert.deepEqual(host.lrs.verbs(), ["initialized", "experienced", "progressed", "experienced", "progressed"]);
  assert.equal(host.lrs.statements[0]?.context.platform, "site");
});

for (const [right, verbs] of [[1, ["failed"]], [4, []]] as const)
  test(`leaving the page of the final check with ${right} of 4 right and pages left to see`, async () => {
    const host = followedHost();
    const window = host.launch();
    const session = await openSession(window, demo, host.adapter(window, demo), String);
    for (const [at, { id }] of presentPaper(demo, session.state()).entries())
      session.happen({ type: "draft", question: id, response: [at < right ? "yes" : "no"], confidence: null });
    session.happen({ type: "submit", mastery: session.mastery });
    await settled();
    session.leave();
    await settled();
    assert.deepEqual(host.lrs.verbs().filter((verb) => /failed|passed|completed/.test(verb)), verbs);
  });

test("two tabs that are followed do not undo each other", async () => {
  const host = followedHost();
  const [here, there] = [host.launch(), host.launch()];
  const [one, two] = [await openSession(here, demo, host.adapter(here, demo), String), await openSession(there, demo, host.adapter(there, demo), String)];
  await answer(one, "one", ["inform"]);
  await answer(two, "truth", ["true"]);
  one.leave();
  await settled();
  const third = await openSession(host.launch(), demo, host.adapter(host.launch(), demo), String);
  assert.deepEqual([...third.state().answers.keys()].sort(), ["one", "truth"]);
});

test("two devices: what either did is there on both", async () => {
  const host = followedHost();
  const [laptop, phone] = [host.launch(), Object.assign(host.launch(), { localStorage: storage(), sessionStorage: storage() })];
  const one = await openSession(laptop, demo, host.adapter(laptop, demo), String);
  const two = await openSession(phone, demo, host.adapter(phone, demo), String);
  await answer(one, "one", ["inform"]);
  await answer(two, "truth", ["true"]);
  const again = await openSession(laptop, demo, host.adapter(laptop, demo), String);
  await settled();
  const alsoAgain = await openSession(phone, demo, host.adapter(phone, demo), String);
  assert.deepEqual([...again.state().answers.keys()].sort(), ["one", "truth"]);
  assert.deepEqual([...alsoAgain.state().answers.keys()].sort(), ["one", "truth"]);
});

test("learners are told apart by who they are", () => {
  assert.deepEqual([learnerName(null), learnerName(ACTOR) === learnerName(OTHER)], ["", false]);
});
