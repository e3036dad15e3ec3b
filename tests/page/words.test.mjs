// Numbers and times in words, and what people type.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ageInWords, asUtc, duration, fixed, minute, percent, place, problemLines, scientific } from "../../api/static/words.js";

test("an age is told as a person tells it", () => {
  assert.deepEqual([null, -3, 0.01, 0.05, 1.2, 12.4, 262, 800].map((days) => ageInWords(days)),
    ["of unknown age", "3 days ahead of now", "just now", "72 minutes old", "29 hours old", "12 days old", "262 days old", "2.2 years old"]);
});

test("typed times become UTC, and what is none is left for the service to refuse", () => {
  assert.equal(asUtc("2026-03-10 12:00"), "2026-03-10T12:00Z");
  assert.equal(asUtc(" 2026-03-10 "), "2026-03-10T00:00Z");
  assert.equal(asUtc("2026-03-10T12:00:05+02:00"), "2026-03-10T12:00:05+02:00");
  assert.equal(asUtc("tomorrow"), "tomorrow");
  assert.equal(minute("2026-03-10T12:00:00Z"), "2026-03-10 12:00");
});

test("lengths and shares keep the digits that mean something", () => {
  assert.deepEqual([null, 0.44, 119, 300, 5400, 90_000, 200_000].map(duration), ["–", "0.4 s", "119 s", "5.0 min", "90 min", "25.0 h", "2.3 d"]);
  assert.deepEqual([null, 0, 0.00123, 0.5].map(percent), ["–", "0.0 %", "0.12 %", "50.0 %"]);
  assert.deepEqual([null, -0.04, -0.06, 12.345].map((value) => fixed(value, 1)), ["", "0.0", "-0.1", "12.3"]);
  assert.deepEqual([null, 0, 0.0025, 9.6e-7, 1e-9].map((value) => scientific(value)), ["–", "0", "0.0025", "9.6 × 10⁻⁷", "10⁻⁹"]);
  assert.equal(place(-54.9, 23.9), "54.90° S, 23.90° E");
});

test("a problem names its field, the value and the reason", () => {
  assert.deepEqual(problemLines({ errors: [{ field: "hours", value: "9999", reason: "at most 720" }] }), ["Length “9999”: at most 720."]);
  assert.deepEqual(problemLines({ detail: "The service does not answer.", errors: [] }), ["The service does not answer."]);
});
