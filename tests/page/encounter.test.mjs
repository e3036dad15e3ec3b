// The encounter plane's shapes: each against what it means.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ellipseOf, frameAbout, shareWithin, sigmasOf } from "../../api/static/encounter_geometry.js";

const close = (a, b) => assert.ok(Math.abs(a - b) < 1e-12 * Math.max(1, Math.abs(b)), `${a} is not ${b}`);
/** A covariance with these half axes, turned from x towards y. */
function turned(large, small, degrees) {
  const c = Math.cos((degrees * Math.PI) / 180), s = Math.sin((degrees * Math.PI) / 180), [a, b] = [large ** 2, small ** 2];
  return [[a * c * c + b * s * s, (a - b) * c * s], [(a - b) * c * s, a * s * s + b * c * c]];
}

test("a turned ellipse gives its half axes and its turn back", () => {
  for (const degrees of [-80, -30, 0, 25, 90]) {
    const found = ellipseOf(turned(4, 0.5, degrees));
    close(found.large, 4);
    close(found.small, 0.5);
    close(found.turnDeg, degrees);
  }
});

test("the end of each half axis lies one sigma away, and a covariance without area has no sigmas", () => {
  const covariance = turned(4, 0.5, 30), c = Math.cos(Math.PI / 6), s = Math.sin(Math.PI / 6);
  close(sigmasOf([4 * c, 4 * s], covariance), 1);
  close(sigmasOf([-0.5 * s, 0.5 * c], covariance), 1);
  close(sigmasOf([0, 0], covariance), 0);
  assert.equal(sigmasOf([1, 0], [[1, 1], [1, 1]]), null);
});

test("shares within one, two and three sigma are those of a plane, not of a line", () => {
  assert.deepEqual([1, 2, 3].map((k) => shareWithin(k).toFixed(4)), ["0.3935", "0.8647", "0.9889"]);
});

test("the frame holds the primary with both bodies, and three sigma about the secondary", () => {
  const miss = [10, -2], covariance = turned(4, 0.5, 30), frame = frameAbout(miss, covariance, 3, 0.02);
  const inside = ([x, y]) => Math.abs(x - frame.x) < frame.wide && Math.abs(y - frame.y) < frame.high;
  assert.ok(inside([-0.02, 0.02]));
  for (let turn = 0; turn < 360; turn += 5) {
    const a = 12 * Math.cos((turn * Math.PI) / 180), b = 1.5 * Math.sin((turn * Math.PI) / 180), c = Math.cos(Math.PI / 6), s = Math.sin(Math.PI / 6);
    assert.ok(inside([miss[0] + a * c - b * s, miss[1] + a * s + b * c]));
  }
  assert.ok(frame.high >= 0.6 * frame.wide - 1e-12);
});
