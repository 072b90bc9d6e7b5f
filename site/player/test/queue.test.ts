import assert from "node:assert/strict";
import { test } from "node:test";
import { queue, type Reply } from "../src/queue.ts";
import type { Statement } from "../src/statements.ts";
import { readCopy, shelf, writeCopy } from "../src/storage.ts";
import { uuid } from "../src/uuid.ts";
import { blocked, fakeWindow } from "./windows.ts";

const said = (id: string): Statement => ({ id, verb: { id: "http://adlnet.gov/expapi/verbs/answered" }, timestamp: "2026-01-01T00:00:00.000Z" });

function lrs(...replies: Reply[]) {
  const posts: string[][] = [];
  const post = async (statements: readonly Statement[]) => {
    posts.push(statements.map(({ id }) => id));
    return replies.shift() ?? "taken";
  };
  return { posts, post };
}

test("in order, in one batch, with timestamps that grow", async () => {
  const window = fakeWindow();
  const { posts, post } = lrs();
  const waiting = queue(window, shelf(window, "/", "demo", "ada"), post);
  for (const id of ["a", "b", "c"]) waiting.add(said(id));
  const times = waiting.waiting().map(({ timestamp }) => timestamp);
  assert.deepEqual(times, ["00.000", "00.001", "00.002"].map((seconds) => `2026-01-01T00:00:${seconds}Z`));
  assert.equal(await waiting.flush(), true);
  assert.deepEqual([posts, waiting.waiting()], [[["a", "b", "c"]], []]);
});

test("an outage keeps everything, for a later page too", async () => {
  const window = fakeWindow();
  const down = lrs("later");
  const before = queue(window, shelf(window, "/", "demo", "ada"), down.post);
  before.add(said("a"));
  assert.equal(await before.flush(), false);
  const up = lrs();
  const after = queue(window, shelf(window, "/", "demo", "ada"), up.post);
  after.add(said("b"));
  assert.equal(await after.flush(), true);
  assert.deepEqual(up.posts, [["a", "b"]]);
});

test("back on line it sends by itself", async () => {
  const window = fakeWindow();
  const { posts, post } = lrs("later");
  const waiting = queue(window, shelf(window, "/", "demo", "ada"), post);
  waiting.add(said("a"));
  await waiting.flush();
  window.dispatchEvent(new Event("online"));
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual([posts, waiting.waiting()], [[["a"], ["a"]], []]);
});

test("one that is there already, or refused, does not hold up the others", async () => {
  const window = fakeWindow();
  const { posts, post } = lrs("there", "there", "refused", "taken");
  const waiting = queue(window, shelf(window, "/", "demo", "ada"), post);
  for (const id of ["a", "b", "c"]) waiting.add(said(id));
  assert.equal(await waiting.flush(), true);
  assert.deepEqual(posts, [["a", "b", "c"], ["a"], ["b"], ["c"]]);
});

test("hurry sends what no request carries", async () => {
  const window = fakeWindow();
  let answer: (reply: Reply) => void = () => {};
  const posts: string[][] = [];
  const waiting = queue(window, shelf(window, "/", "demo", "ada"), (statements) => {
    posts.push(statements.map(({ id }) => id));
    return posts.length === 1 ? new Promise((resolve) => (answer = resolve)) : Promise.resolve("taken");
  });
  waiting.add(said("a"));
  const flushing = waiting.flush();
  waiting.add(said("b"));
  assert.equal(await waiting.hurry(), true);
  answer("taken");
  await flushing;
  assert.deepEqual([posts, waiting.waiting()], [[["a"], ["b"]], []]);
});

test("what was under way when the page went is followed by nothing", async () => {
  const window = fakeWindow();
  const answers: ((reply: Reply) => void)[] = [];
  const posts: string[][] = [];
  const waiting = queue(window, shelf(window, "/", "demo", "ada"), (statements) => {
    posts.push(statements.map(({ id }) => id));
    return new Promise((resolve) => answers.push(resolve));
  });
  waiting.add({ ...said("begun"), verb: { id: "http://adlnet.gov/expapi/verbs/initialized" } });
  for (const id of ["a", "b"]) waiting.add(said(id));
  const flushing = waiting.flush();
  const hurrying = waiting.hurry();
  answers[0]?.("taken");
  assert.equal(await flushing, false);
  answers[1]?.("taken");
  assert.equal(await hurrying, true);
  assert.deepEqual([posts, waiting.waiting()], [[["begun"], ["a", "b"]], []]);
});

test("two learners of one browser, or two sites, do not meet", () => {
  const window = fakeWindow();
  const ada = shelf(window, "/", "demo", "ada");
  writeCopy(ada, { resume: "1", outbox: [], confirmed: true });
  assert.equal(readCopy(shelf(window, "/", "demo", "bob")), null);
  assert.equal(readCopy(shelf(window, "/preview/", "demo", "ada")), null);
  assert.equal(readCopy(shelf(window, "/", "demo", null)), null);
  assert.equal(readCopy(shelf(window, "/", "demo", "ada"))?.resume, "1");
  assert.ok(!JSON.stringify(Object.keys(window.localStorage)).includes("ada"));
  ada.clear();
  assert.equal(Object.keys(window.localStorage).length, 0);
});

test("storage that is blocked, wiped or damaged is noticed", () => {
  const closed = shelf(fakeWindow("", { localStorage: blocked() }), "/", "demo", "ada");
  closed.write("work", "kept in memory");
  assert.deepEqual([closed.lasting, closed.read("work")], [false, "kept in memory"]);
  const window = fakeWindow();
  const open = shelf(window, "/", "demo", "ada");
  open.write("work", "one");
  window.localStorage.clear();
  open.write("work", "two");
  assert.equal(open.wiped(), true);
  open.write("work", '{"resume": "1');
  assert.equal(readCopy(open), null);
});

test("ids are UUIDs of version 4", () => assert.match(uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
