import assert from "node:assert/strict";
import { test } from "node:test";
import { instrument } from "../src/self-check/instrument.ts";
import { bands, forPeers, pathway, practice, ratings, scores, toRaise, type Answers } from "../src/self-check/scores.ts";

const six = (domain: string, practice = false) => Array.from({ length: 6 }, (_, at) => ({ id: `${domain}${at}`, domain, practice }));
const asked = instrument({
  domains: [{ id: "d", title: "Doing" }, { id: "l", title: "Learning" }],
  statements: [...six("d"), ...six("l", true)],
  barriers: [
    { id: "tax", domain: "d", text: "Tax", modules: ["money"], sponsor: true },
    { id: "alone", domain: "l", text: "Alone", peers: true, sponsor: true },
    { id: "rules", domain: "l", text: "Rules", modules: ["money", "rules"] },
  ],
  pairs: ["shape", "pace"],
  modules: [{ id: "first", weights: { d: 0.5, l: 0.5 } }, { id: "money", weights: { d: 0.5, l: 0.5 } }, { id: "rules", weights: { d: 1, l: 0 } }],
}, "self-check");
const answer = (domain: string, ...values: number[]): Answers => Object.fromEntries(values.map((value, at) => [`a.${domain}${at}`, String(value)]));

test("a domain has a score from four answers on: their mean × 25 − 25", () => {
  const now = (...values: number[]) => scores(asked, answer("d", ...values))[0]?.now;
  assert.deepEqual([now(1, 1, 1), now(1, 1, 1, 1), now(5, 5, 5, 5, 5, 5), now(3, 3, 3, 4), now(2, 3, 3, 3, 3)], [null, 0, 100, 56, 45]);
  assert.deepEqual(scores(asked, { ...answer("d", 3, 3, 3, 3), "aim.d": "100", "matters.d": "3" })[0], { domain: "d", now: 50, aim: 100, matters: 3, gap: 50 });
  assert.deepEqual(scores(asked, {})[1], { domain: "l", now: null, aim: 75, matters: 2, gap: 0 });
});

test("nothing but whole numbers of the scale counts as an answer", () => {
  for (const value of ["0", "6", "2.5", "", "x", "1e0 "]) assert.equal(scores(asked, { ...answer("d", 1, 1, 1), "a.d3": value })[0]?.now, value === "1e0 " ? 0 : null);
});

test("the need is weight × gap × how much it matters, and a twentieth for each barrier one can do something about", () => {
  const answers = { ...answer("d", 1, 1, 1, 1), "matters.d": "3", "b.rules.here": "on", "b.rules.mine": "on", "b.tax.here": "on" };
  assert.deepEqual(pathway(asked, answers).map(({ module, need, reasons }) => [module, need, reasons.map(({ kind, counts }) => [kind, counts])]), [
    ["rules", 23_000, [["gap", 22_500], ["barrier", 500]]],
    ["money", 11_750, [["gap", 11_250], ["barrier", 500]]],
    ["first", 11_250, [["gap", 11_250]]],
  ]);
});

test("ties keep the instrument's order, and without a gap there is no need", () => {
  const answers = { ...answer("d", 5, 5, 5, 5), ...answer("l", 5, 5, 5, 5) };
  assert.deepEqual(pathway(asked, answers).map(({ module, need }) => [module, need]), [["first", 0], ["money", 0], ["rules", 0]]);
});

test("the barriers together count a quarter at most, and a barrier must be there before one can do something about it", () => {
  const many = { ...asked, barriers: Array.from({ length: 9 }, (_, at) => ({ id: `x${at}`, domain: "d", text: "", modules: ["money"], peers: false, sponsor: false })) };
  const ticked = Object.fromEntries(many.barriers.flatMap(({ id }) => [[`b.${id}.here`, "on"], [`b.${id}.mine`, "on"]]));
  assert.equal(pathway(many, ticked)[0]?.need, 2_500);
  assert.equal(pathway(many, { "b.x0.mine": "on" })[0]?.need, 0);
});

test("a practice for what is done least, a barrier for the sponsor, and peers", () => {
  assert.deepEqual([practice(asked, {}), practice(asked, answer("l", 3, 2, 2)), practice(asked, answer("d", 1))], [null, "l1", null]);
  const answers = { ...answer("l", 1, 1, 1, 1), "b.tax.here": "on", "b.alone.here": "on" };
  assert.deepEqual([toRaise(asked, {}), toRaise(asked, answers), toRaise(asked, { ...answers, "b.alone.mine": "on" })], [null, "alone", "tax"]);
  assert.deepEqual([forPeers(asked, answers), forPeers(asked, {})], [["alone"], []]);
});

test("what may be given away is a quarter for each domain with a score", () => {
  assert.deepEqual(bands(asked, { ...answer("d", 5, 5, 5, 5), ...answer("l", 2, 2, 2) }), { d: 3 });
  assert.deepEqual(bands(asked, { ...answer("d", 2, 2, 2, 2), ...answer("l", 1, 1, 1, 1) }), { d: 1, l: 0 });
});

test("pairs rated twice, those furthest apart first", () => {
  assert.deepEqual(ratings(asked, { "c.shape.now": "3", "c.shape.need": "4", "c.pace.now": "8", "c.pace.need": "2" }), [
    { pair: "pace", now: 8, need: 2 }, { pair: "shape", now: 3, need: 4 },
  ]);
  assert.deepEqual(ratings(asked, { "c.shape.now": "3", "c.pace.now": "8", "c.pace.need": "11" }), []);
});
