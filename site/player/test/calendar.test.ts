import assert from "node:assert/strict";
import { test } from "node:test";
import { calendar, daysAfter } from "../src/calendar.ts";
import { actions, isEmpty, lacking, markdown, NO_WORDS, reminders, wordsIn, type PlanWords } from "../src/plan-words.ts";

const PLAN: PlanWords = {
  if_1: "somebody says “we co-produced it”, at Thursday’s board.", then_1: "ask;\nwhat could still change?",
  if_2: "the taxi is not paid", then_2: "ring finance", date: "2026-11-30", witness: "Sam Okafor",
};
const NAMING = { title: "My plan", course: "Co-production", language: "en-GB" };
const NOW = new Date("2026-11-23T06:07:08.900Z");

test("days are counted over months, years and a leap day", () => {
  assert.deepEqual([daysAfter("2026-11-30", 7), daysAfter("2026-12-30", 30), daysAfter("2028-02-28", 1)], ["2026-12-07", "2027-01-29", "2028-02-29"]);
});

test("a calendar file to the letter", () => {
  const [first] = reminders(PLAN, NAMING, [{ title: "A week later", after: 7, url: "https://example.org/a/after-7/" }], "id1", PLAN.date);
  assert.equal(calendar(first ? [first] : [], NOW), [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Masterclass//Plan//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "BEGIN:VEVENT",
    "UID:id1-7@masterclass", "DTSTAMP:20261123T060708Z", "DTSTART;VALUE=DATE:20261207", "DTEND;VALUE=DATE:20261208",
    "SUMMARY:Co-production: A week later",
    "DESCRIPTION:If somebody says “we co-produced it”\\, at Thursday’s boar", " d\\, then I will ask\\; what could still change?\\n\\nIf the taxi is not paid\\", " , then I will ring finance.\\n\\nhttps://example.org/a/after-7/",
    "URL:https://example.org/a/after-7/", "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Co-production: A week later",
    "TRIGGER:PT9H", "END:VALARM", "END:VEVENT", "END:VCALENDAR", "",
  ].join("\r\n"));
});

test("no line is longer than 75 octets, and no character is torn", () => {
  const text = "€😀é".repeat(200);
  const made = calendar([{ uid: "u", day: "2026-01-01", summary: text, description: "", url: "" }], NOW);
  for (const line of made.split("\r\n")) assert.ok(new TextEncoder().encode(line).length <= 75);
  assert.ok(made.replace(/\r\n /g, "").includes(`SUMMARY:${text}`));
});

test("without follow-up pages there are reminders all the same, and the witness is in none", () => {
  const all = reminders(PLAN, NAMING, [], "x", "2026-01-01");
  assert.deepEqual(all.map(({ uid, day }) => [uid, day]), [["x-7@masterclass", "2026-01-08"], ["x-30@masterclass", "2026-01-31"], ["x-90@masterclass", "2026-04-01"]]);
  assert.ok(!JSON.stringify(all).includes("Sam"));
});

test("words as Markdown, with Markdown's own characters kept as they were typed", () => {
  assert.equal(markdown({ ...PLAN, if_1: "*nobody* <asks>", if_2: "", then_2: "" }, NAMING), [
    "# My plan", "", "Co-production", "", "1. If \\*nobody\\* \\<asks\\>, then I will ask; what could still change?", "",
    "From: 30 November 2026", "", "Who will ask me about it: Sam Okafor", "",
  ].join("\n"));
});

test("what is kept is read whatever became of it", () => {
  assert.deepEqual(wordsIn(JSON.stringify(PLAN)), PLAN);
  for (const text of [null, "", "{", "null", "[]", '{"if_1": 3}']) assert.deepEqual(wordsIn(text), NO_WORDS);
  for (const date of ["12026-01-01", "9999-12-31", "2026-13-01", "soon"]) assert.equal(wordsIn(JSON.stringify({ ...PLAN, date })).date, "", "no day to count from");
  assert.deepEqual([isEmpty(NO_WORDS), isEmpty(PLAN), lacking(NO_WORDS), lacking(PLAN), lacking({ ...PLAN, witness: " " })], [true, false, "if_1", null, "witness"]);
  assert.deepEqual(actions({ ...NO_WORDS, then_1: "go" }), ["If …, then I will go."]);
});
