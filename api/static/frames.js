// Key frames of the whole catalogue: read from the service, kept ahead of the clock, interpolated between.
// The layout of the bytes and the error of the polynomial stand in docs/page.md.

import { askBytes } from "./service.js";
import { iso } from "./words.js";

const HEADER_BYTES = 64;

/**
 * @typedef {object} Frames
 * @property {number} n
 * @property {number} count
 * @property {number} startMs
 * @property {number} stepMs
 * @property {string} digest
 * @property {Uint32Array} noradId
 * @property {number} gone how many have no state at the first frame
 * @property {Float64Array} reference km
 * @property {Float32Array[]} offset km
 * @property {Float32Array[]} velocity km/s
 */

/** @param {ArrayBuffer} buffer @returns {Frames} */
export function readFrames(buffer) {
  const view = new DataView(buffer);
  const magic = String.fromCharCode(...new Uint8Array(buffer, 0, 4));
  if (magic !== "SSAF" || view.getUint32(4, true) !== 1) throw new Error("frames of another version; load the page again");
  const n = view.getUint32(8, true), count = view.getUint32(12, true);
  const floats = (k) => new Float32Array(buffer, HEADER_BYTES + 24 * n + 12 * n * k, 3 * n);
  const digest = [...new Uint8Array(buffer, 32, 32)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return {
    n, count, digest, gone: floats(0).filter((value, i) => i % 3 === 0 && Number.isNaN(value)).length,
    startMs: Math.round(view.getFloat64(16, true) * 1e3), stepMs: view.getFloat64(24, true) * 1e3,
    reference: new Float64Array(buffer, HEADER_BYTES, 3 * n),
    offset: Array.from({ length: count }, (_, k) => floats(2 * k)),
    velocity: Array.from({ length: count }, (_, k) => floats(2 * k + 1)),
    noradId: new Uint32Array(buffer, HEADER_BYTES + 24 * n + 24 * n * count, n),
  };
}

/** Whether a time lies in the window of some frames. @param {Frames} frames */
export const holds = (frames, ms) => ms >= frames.startMs && ms <= frames.startMs + frames.stepMs * (frames.count - 1);

/** The cubic Hermite polynomial at a time: the key frames it lies between, and what p0, v0, p1, v1 count (km, km/s). @param {Frames} frames */
export function weights(frames, ms) {
  const along = Math.max((ms - frames.startMs) / frames.stepMs, 0);
  const k = Math.min(Math.floor(along), Math.max(frames.count - 2, 0));
  const u = Math.min(along - k, 1), h = frames.stepMs / 1e3, c = u * u * (3 - 2 * u);
  return { k, next: Math.min(k + 1, frames.count - 1), a: 1 - c, b: u * (u - 1) ** 2 * h, c, d: u * u * (u - 1) * h };
}

/**
 * Positions (km, x y z of each object) at a time; NaN where there is no state. Of some rows, or of all.
 * @param {Frames} frames @param {number} ms @param {Float64Array} out
 */
export function interpolate(frames, ms, out, fromRow = 0, toRow = frames.n) {
  const { k, next, a, b, c, d } = weights(frames, ms);
  const p0 = frames.offset[k], p1 = frames.offset[next], v0 = frames.velocity[k], v1 = frames.velocity[next], r = frames.reference;
  for (let i = 3 * fromRow, end = 3 * toRow; i < end; i++) out[i] = r[i] + a * p0[i] + b * v0[i] + c * p1[i] + d * v1[i];
}

/** Kilometres as metres in two parts: Float32 alone would round a geostationary orbit by 2 m. @param {Float64Array} km */
export function inMetres(km) {
  const high = new Float32Array(km.length), low = new Float32Array(km.length);
  for (let i = 0; i < km.length; i++) {
    high[i] = 1e3 * km[i];
    low[i] = 1e3 * km[i] - high[i];
  }
  return { high, low };
}

/** Where the objects are at a time: worked out when it is asked for, of one or of all. */
export class Moment {
  /** @param {number} n */
  constructor(n) {
    this._positions = new Float64Array(3 * n);
    /** @type {Frames|null} */ this.frames = null;
    /** @type {number|undefined} */ this.ms = undefined;
    this._isWhole = false;
  }

  /** @param {Frames} frames */
  set(frames, ms) { Object.assign(this, { frames, ms, _isWhole: false }); }

  /** Positions of all, km, Earth-fixed; NaN where there is none. */
  get positions() {
    if (this.frames && !this._isWhole) interpolate(this.frames, /** @type {number} */ (this.ms), this._positions);
    this._isWhole = Boolean(this.frames);
    return this._positions;
  }

  /** The position of one, or null. */
  at(row) {
    if (!this.frames || !(row >= 0)) return null;
    if (!this._isWhole) interpolate(this.frames, /** @type {number} */ (this.ms), this._positions, row, row + 1);
    const found = this._positions.subarray(3 * row, 3 * row + 3);
    return Number.isNaN(found[0]) ? null : found;
  }
}

/** The step of frames for a speed, s: short enough to be true, long enough for the network. */
export function stepFor(speed) {
  const size = Math.abs(speed);
  return size <= 120 ? 60 : size <= 600 ? 300 : 600;
}

/** The error that a step costs, in words; measured (docs/page.md). */
export const errorOf = (stepS) => (stepS <= 60 ? "1 m" : stepS <= 300 ? "0.3 km" : "5 km");

/** Keeps the window that holds the time, and asks for the next one before it is needed. */
export class FrameStore {
  /** @param {(problem: any) => void} onProblem told null when what was wrong is over */
  constructor(onProblem) {
    /** @type {Map<string, Frames>} */
    this._held = new Map();
    /** @type {Map<string, Promise<Frames|null>>} */
    this._asked = new Map();
    this._onProblem = onProblem;
    this.stepS = 60;
    this._againAt = 0;
  }

  _key(ms, stepS) {
    const window = stepS * 1e3 * (this._count(stepS) - 1);
    return { key: `${stepS} ${Math.floor(ms / window)}`, startMs: Math.floor(ms / window) * window };
  }

  _count(stepS) { return stepS <= 60 ? 4 : 5; }

  /** What there is for a time; asks for what is missing. @returns {Frames|null} */
  at(ms, speed) {
    this.stepS = stepFor(speed);
    const { key, startMs } = this._key(ms, this.stepS);
    const found = this._held.get(key) ?? null;
    if (!found) void this.load(ms, speed);
    const length = this.stepS * 1e3 * (this._count(this.stepS) - 1);
    const late = speed > 0 ? (ms - startMs) / length > 0.3 : (ms - startMs) / length < 0.7;
    if (found && late && speed) void this.load(ms + Math.sign(speed) * length, speed);
    return found;
  }

  /** The window that holds a time. @returns {Promise<Frames|null>} */
  load(ms, speed) {
    const stepS = stepFor(speed);
    const { key, startMs } = this._key(ms, stepS);
    const held = this._held.get(key);
    if (held) return Promise.resolve(held);
    if (!this._asked.has(key)) {
      if (this._asked.size > 2 || performance.now() < this._againAt) return Promise.resolve(null);
      const path = `/v1/frames?start=${iso(startMs)}&step_s=${stepS}&count=${this._count(stepS)}`;
      this._asked.set(key, askBytes(path).then((buffer) => {
        const frames = readFrames(buffer);
        this._held.set(key, frames);
        if (this._againAt) this._onProblem(null);
        this._againAt = 0;
        while (this._held.size > 4) this._held.delete(/** @type {string} */ (this._held.keys().next().value));
        return frames;
      }).catch((problem) => { this._againAt = performance.now() + 3000; this._onProblem(problem); return null; }).finally(() => this._asked.delete(key)));
    }
    return /** @type {Promise<Frames|null>} */ (this._asked.get(key));
  }
}
