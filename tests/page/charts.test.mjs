// Scales and the round sky.
import assert from "node:assert/strict";
import { test } from "node:test";
import { skyPlace, ticks, timeTicks } from "../../api/static/charts.js";

test("north is up, east to the right, the zenith in the middle, the horizon on the edge", () => {
  const at = (azimuth, elevation) => skyPlace(azimuth, elevation, [100, 100], 90).map((v) => Math.round(v * 1e6) / 1e6);
  assert.deepEqual([at(0, 0), at(90, 0), at(180, 0), at(270, 0)], [[100, 10], [190, 100], [100, 190], [10, 100]]);
  assert.deepEqual(at(123, 90), [100, 100]);
  assert.deepEqual(at(90, 45), [145, 100]);
});

test("marks of a scale are round and lie within it", () => {
  assert.deepEqual(ticks(0, 10), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(ticks(-0.31, 0.31, 5), [-0.2, 0, 0.2]);
  assert.deepEqual(ticks(3, 3), [3]);
});

test("times on a scale are few, and midnight is told by its day", () => {
  const from = Date.parse("2026-03-10T12:00:00Z"), made = timeTicks(from, from + 24 * 3600e3);
  assert.ok(made.length <= 9);
  assert.ok(made.some(([, text]) => text === "03-11"));
  assert.equal(made[0][1], "12:00");
});
