import assert from "node:assert/strict";
import { test } from "node:test";
import { fresh, merged, presentPaper, step, type Event, type State } from "../src/progress.ts";
import { isFinal, missingPages, progress, status } from "../src/status.ts";
import { course } from "./fixture.ts";

const demo = course();
const play = (state: State, ...events: Event[]) => events.reduce((now, event) => step(demo, now, event), state);
const seen = (...pages: string[]): Event[] => pages.map((page) => ({ type: "seen", page }));
const SUBMIT: Event = { type: "submit", mastery: 0.7 };

function answered(state: State, right: number): State {
  return presentPaper(demo, state).reduce(
    (now, { id }, at) => play(now, { type: "draft", question: id, response: [at < right ? "yes" : "no"], confidence: null }), state);
}

test("opening pages completes and passes nothing", () => {
  const state = play(fresh(3), ...["start", "ladder", "check"].map((page): Event => ({ type: "open", page })));
  assert.deepEqual([state.page, state.seen.size, progress(demo, state)], ["check", 0, 0]);
  assert.deepEqual(status(demo, state), { complete: false, success: null });
});

test("a pass before every page is seen waits for the last of them", () => {
  const passed = play(answered(fresh(3), 4), SUBMIT);
  assert.deepEqual([passed.passed, passed.best, passed.completed], [true, 1, false]);
  assert.deepEqual(missingPages(demo, passed), ["start", "ladder"], "handing in has been on the check's page");
  assert.equal(isFinal(status(demo, passed)), false);
  const done = play(passed, ...seen("start", "ladder"));
  assert.deepEqual(status(demo, done), { complete: true, success: "passed" });
  assert.equal(progress(demo, done), 1);
});

test("the pass mark counts to the hundredth of a per cent, ties passing", () => {
  assert.equal(play(answered(fresh(3), 3), { type: "submit", mastery: 0.75 }).passed, true);
  assert.equal(play(answered(fresh(3), 3), { type: "submit", mastery: 0.7501 }).passed, false);
});

test("a failed attempt stays incomplete, keeps the best score, and a new draw clears the paper only", () => {
  const started = play(fresh(3), { type: "answer", question: "one", response: ["inform"], confidence: null });
  const failed = play(answered(started, 2), SUBMIT);
  assert.deepEqual(status(demo, failed), { complete: false, success: null });
  const again = play(failed, { type: "again" });
  assert.deepEqual([again.attempt, again.submitted, [...again.answers.keys()], again.best], [2, false, ["one"], 0.5]);
  const worse = play(answered(again, 0), SUBMIT);
  assert.deepEqual([worse.best, worse.passed], [0.5, false]);
});

test("finishing without passing is failed, and can still be taken back", () => {
  const ended = play(answered(fresh(3), 0), SUBMIT, { type: "end" });
  assert.deepEqual(status(demo, ended), { complete: false, success: "failed" });
  assert.deepEqual(status(demo, play(ended, { type: "again" })), { complete: false, success: null });
});

test("nothing follows a submission but a new attempt", () => {
  const handedIn = play(answered(fresh(3), 4), SUBMIT);
  const [first] = presentPaper(demo, handedIn);
  assert.equal(play(handedIn, { type: "draft", question: first?.id ?? "", response: ["no"], confidence: null }), handedIn);
  assert.equal(play(handedIn, SUBMIT), handedIn);
  assert.equal(play(handedIn, { type: "again" }), handedIn, "passed is passed");
});

test("a draft taken back is no answer", () => {
  const state = play(fresh(1), { type: "draft", question: "b1", response: ["yes"], confidence: null }, { type: "draft", question: "b1", response: [], confidence: null });
  assert.deepEqual([state.answers.size, state.attempt], [0, 1]);
});

test("pages that do not count change nothing", () => {
  const state = fresh(1);
  for (const event of [...seen("after"), { type: "open", page: "after" }, { type: "answer", question: "extra", response: ["yes"], confidence: null }] satisfies Event[])
    assert.equal(play(state, event), state);
});

test("tries are counted", () => {
  const answer: Event = { type: "answer", question: "one", response: ["inform"], confidence: "low" };
  assert.equal(play(fresh(1), answer, answer).answers.get("one")?.tries, 2);
});

test("without a final check a course completes by its pages", () => {
  const pages = course((json) => {
    json.blocks = json.blocks.filter(({ type }) => type !== "final-check");
    json.complete_when = [{ pages: ["start"], final_check: false }, { pages: ["ladder", "check"], final_check: false }];
  });
  const state = step(pages, fresh(1), { type: "seen", page: "ladder" });
  assert.equal(progress(pages, state), 0.5);
  assert.deepEqual(status(pages, step(pages, state, { type: "seen", page: "start" })), { complete: true, success: null });
});

test("a completed course stays completed when a new version asks for more", () => {
  const done = play(answered(fresh(3), 4), ...seen("start", "ladder"), SUBMIT);
  const more = course((json) => {
    json.pages.push({ id: "extra-page", slot: 9, minutes: 1, counts: true });
    json.complete_when = [{ pages: ["start", "ladder", "check", "extra-page"], final_check: true }];
  });
  assert.deepEqual(status(more, step(more, done, { type: "seen", page: "start" })), { complete: true, success: "passed" });
});

test("two tabs' work is put together", () => {
  const base = play(fresh(1), ...seen("start"));
  const one = play(base, { type: "answer", question: "one", response: ["inform"], confidence: null });
  const two = play(base, { type: "answer", question: "truth", response: ["true"], confidence: null }, ...seen("ladder"));
  const both = merged(demo, one, two);
  assert.deepEqual([[...both.answers.keys()].sort(), [...both.seen].sort()], [["one", "truth"], ["ladder", "start"]]);
});

test("a later attempt is not mixed with an earlier one's answers", () => {
  const failed = play(answered(fresh(3), 0), SUBMIT);
  const again = play(failed, { type: "again" });
  for (const both of [merged(demo, failed, again), merged(demo, again, failed)])
    assert.deepEqual([both.attempt, both.submitted, both.answers.size, both.best], [2, false, 0, 0]);
});
