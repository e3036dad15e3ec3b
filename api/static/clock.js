// The time that is shown: it runs at a speed, or stands. Everything that moves listens here.

export class Clock {
  /** @param {number} ms UTC, milliseconds since 1970 */
  constructor(ms) {
    this.ms = ms;
    this.speed = 1;
    this.isPlaying = false;
    this._before = 0;
    /** @type {Set<(ms: number) => void>} */
    this._listeners = new Set();
    /** @type {Set<() => void>} */
    this._changed = new Set();
  }

  /** Told at every change of the time. */
  onTime(listen) { this._listeners.add(listen); }

  /** Told when it starts, stops, changes its speed or is set. */
  onChange(listen) { this._changed.add(listen); }

  set(ms) {
    this.ms = Math.min(Math.max(ms, Date.UTC(1957, 9, 4)), Date.UTC(2099, 11, 31));
    this._tell();
    this._changed.forEach((listen) => listen());
  }

  setSpeed(speed) {
    this.speed = speed;
    this._changed.forEach((listen) => listen());
  }

  play(isPlaying = true) {
    if (this.isPlaying === isPlaying) return;
    this.isPlaying = isPlaying;
    this._before = performance.now();
    this._changed.forEach((listen) => listen());
    if (isPlaying) requestAnimationFrame((now) => this._step(now));
  }

  _step(now) {
    if (!this.isPlaying) return;
    this.ms += Math.min(Math.max(now - this._before, 0), 1000) * this.speed;
    this._before = now;
    this._tell();
    requestAnimationFrame((next) => this._step(next));
  }

  _tell() { this._listeners.forEach((listen) => listen(this.ms)); }
}
