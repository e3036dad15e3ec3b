// Key frames: the polynomial, gaps, windows and the layout of the bytes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf, FrameStore, holds, inMetres, interpolate, Moment, readFrames, stepFor } from "../../api/static/frames.js";

const STEP_S = 60, REFERENCE = 42_000;
/** A cubic per axis and its derivative: what the polynomial gives back exactly. */
const cubic = (axis, s) => (axis + 1) * (1e-6 * s ** 3 - 2e-4 * s ** 2 + 0.7 * s - 5);
const slope = (axis, s) => (axis + 1) * (3e-6 * s ** 2 - 4e-4 * s + 0.7);

function bytes({ n, count, startS, magic = "SSAF", version = 1 }) {
  const buffer = new ArrayBuffer(64 + 24 * n + 24 * n * count + 4 * n), view = new DataView(buffer);
  [...magic].forEach((letter, k) => view.setUint8(k, letter.charCodeAt(0)));
  [version, n, count].forEach((value, k) => view.setUint32(4 + 4 * k, value, true));
  view.setFloat64(16, startS, true);
  view.setFloat64(24, STEP_S, true);
  view.setUint8(32, 0xab);
  for (let i = 0; i < 3 * n; i++) {
    view.setFloat64(64 + 8 * i, REFERENCE, true);
    for (let k = 0; k < count; k++) {
      const at = 64 + 24 * n + 24 * n * k + 4 * i;
      view.setFloat32(at, i < 3 ? cubic(i, k * STEP_S) : NaN, true);
      view.setFloat32(at + 12 * n, i < 3 ? slope(i, k * STEP_S) : NaN, true);
    }
  }
  for (let row = 0; row < n; row++) view.setUint32(64 + 24 * n + 24 * n * count + 4 * row, 25_544 + row, true);
  return buffer;
}

test("the layout is read as docs/page.md has it", () => {
  const frames = readFrames(bytes({ n: 2, count: 3, startS: 1_773_144_000 }));
  assert.deepEqual([frames.n, frames.gone, frames.count, frames.startMs, frames.stepMs], [2, 1, 3, 1_773_144_000_000, 60_000]);
  assert.deepEqual([...frames.noradId], [25_544, 25_545]);
  assert.equal(frames.digest, `ab${"00".repeat(31)}`);
  assert.throws(() => readFrames(bytes({ n: 1, count: 1, startS: 0, version: 2 })), /load the page again/);
  assert.throws(() => readFrames(bytes({ n: 1, count: 1, startS: 0, magic: "SSAX" })), /another version/);
});

test("a cubic path comes back within a millimetre at every time, and a gap stays a gap", () => {
  const frames = readFrames(bytes({ n: 2, count: 3, startS: 0 })), out = new Float64Array(6);
  for (const s of [0, 0.5, 17, 59.9, 60, 61, 119, 120]) {
    interpolate(frames, 1e3 * s, out);
    for (const axis of [0, 1, 2]) assert.ok(Math.abs(out[axis] - REFERENCE - cubic(axis, s)) < 1e-4, `axis ${axis} at ${s} s`);  // Float32 offsets
    assert.ok([3, 4, 5].every((k) => Number.isNaN(out[k])));
  }
});

test("rows that were not asked for stay as they are", () => {
  const frames = readFrames(bytes({ n: 2, count: 2, startS: 0 })), out = new Float64Array(6).fill(7);
  interpolate(frames, 0, out, 1, 2);
  assert.deepEqual([...out.slice(0, 3)], [7, 7, 7]);
  assert.ok(Number.isNaN(out[3]));
});

test("a moment gives one position or all of them, and none of who has no state", () => {
  const frames = readFrames(bytes({ n: 2, count: 3, startS: 0 })), moment = new Moment(2), out = new Float64Array(6);
  assert.equal(moment.at(0), null);
  for (const s of [17, 95]) {
    interpolate(frames, 1e3 * s, out);
    moment.set(frames, 1e3 * s);
    assert.deepEqual([...moment.at(0)], [...out.slice(0, 3)]);
    assert.equal(moment.at(1), null);
    assert.equal(moment.at(-1), null);
    assert.deepEqual([...moment.positions], [...out]);
    assert.deepEqual([...moment.at(0)], [...out.slice(0, 3)]);
  }
});

test("metres in two parts keep a millimetre at any distance", () => {
  const km = Float64Array.of(42_164.123456, -6_778.000001, 0, 350_000.5), { high, low } = inMetres(km);
  km.forEach((value, k) => assert.ok(Math.abs(high[k] + low[k] - 1e3 * value) < 1e-3));
  assert.equal(high[1], Math.fround(-6_778_000.001));
});

test("a window holds both of its ends and nothing beyond", () => {
  const frames = readFrames(bytes({ n: 1, count: 3, startS: 0 }));
  assert.deepEqual([-1, 0, 120_000, 120_001].map((ms) => holds(frames, ms)), [false, true, true, false]);
});

test("faster clocks take longer steps and say what that costs", () => {
  assert.deepEqual([1, -60, 120, 300, 600, 601].map(stepFor), [60, 60, 60, 300, 300, 600]);
  assert.deepEqual([60, 300, 600].map(errorOf), ["1 m", "0.3 km", "5 km"]);
});

test("what was wrong is told once, and taken back when frames come", async (context) => {
  const answers = [
    Response.json({ detail: "kernels are being compiled", errors: [] }, { status: 503, headers: { "Content-Type": "application/problem+json" } }),
    new Response(bytes({ n: 2, count: 4, startS: 0 })), new Response(bytes({ n: 2, count: 4, startS: 180 })),
  ];
  context.mock.method(globalThis, "fetch", async () => answers.shift());
  const told = [], store = new FrameStore((problem) => told.push(problem && problem.detail));
  assert.equal(await store.load(0, 0), null);
  assert.equal(await store.load(0, 0), null);  // not asked again at once
  assert.equal(answers.length, 2);
  const later = performance.now() + 5000;
  context.mock.method(performance, "now", () => later);
  assert.equal((await store.load(0, 0))?.n, 2);
  assert.equal((await store.load(180e3, 0))?.startMs, 180e3);
  assert.deepEqual(told, ["kernels are being compiled", null]);
});
