// The bar of time: play, speed, the clock in UTC, and a scale that can be dragged or moved by keys.

import { el, options, svg } from "./dom.js";
import { asUtc, clock as clockText, iso } from "./words.js";

const SPEEDS = [["1", "1×"], ["10", "10×"], ["60", "60× (1 min/s)"], ["300", "300× (5 min/s)"], ["600", "600× (10 min/s)"], ["-60", "−60×"]];
const MINUTE = 60e3, HOUR = 3600e3;
const SPANS = [1, 3, 6, 12, 24, 48, 96];

export class Timeline {
  /** @param {import("./clock.js").Clock} clock @param {HTMLElement} box @param {() => number} nowMs where "now" leads */
  constructor(clock, box, nowMs) {
    this.clock = clock;
    this.spanH = 12;
    /** @type {Array<{from: number, to: number, colour: string, label: string}>} */
    this.marks = [];
    this.play = el("button", { type: "button", class: "round", onclick: () => clock.play(!clock.isPlaying) });
    this.time = el("input", { class: "time", size: 20, "aria-label": "Time shown, UTC", autocomplete: "off", spellcheck: "false",
      onchange: () => this._typed(), onfocus: () => clock.play(false) });
    this.speed = el("select", { "aria-label": "Speed", onchange: () => clock.setSpeed(Number(this.speed.value)) },
      options(SPEEDS, String(clock.speed)));
    this.scale = svg("svg", { class: "scale", role: "slider", tabindex: 0, "aria-label": "Time shown", "aria-valuemin": 0, "aria-valuemax": 100 });
    const step = (ms, label, text) => el("button", { type: "button", class: "flat", title: label, "aria-label": label, onclick: () => clock.set(clock.ms + ms) }, text);
    box.append(
      el("div", { class: "transport" }, step(-HOUR, "One hour back", "−1 h"), step(-MINUTE, "One minute back", "−1 min"), this.play,
        step(MINUTE, "One minute on", "+1 min"), step(HOUR, "One hour on", "+1 h")),
      el("label", { class: "clock" }, this.time, el("span", {}, "UTC")), this.speed,
      el("button", { type: "button", class: "flat", title: "Back to the time the page began with", onclick: () => clock.set(nowMs()) }, "Reset"), this.scale);
    this._handle();
    clock.onTime(() => this._show());
    clock.onChange(() => { this._button(); this._show(true); });
    new ResizeObserver(() => this._show(true)).observe(this.scale);
    this._button();
    this._show(true);
  }

  /** What a view found in time: passes, gaps, approaches. */
  setMarks(marks) { this.marks = marks; this._show(true); }

  _button() {
    const { clock, play } = this;
    play.textContent = clock.isPlaying ? "❚❚" : "▶";
    play.setAttribute("aria-label", clock.isPlaying ? "Pause" : "Play");
    play.setAttribute("aria-pressed", String(clock.isPlaying));
    this.speed.value = String(clock.speed);
  }

  _typed() {
    const ms = Date.parse(asUtc(this.time.value));
    this.time.setAttribute("aria-invalid", String(Number.isNaN(ms)));
    if (!Number.isNaN(ms)) this.clock.set(ms);
  }

  _show(isForced = false) {
    const now = performance.now();
    if (!isForced && now - (this._shownAt ?? -1e9) < 90) return;
    this._shownAt = now;
    const text = clockText(iso(this.clock.ms), true);
    if (document.activeElement !== this.time) this.time.value = text;
    this.scale.setAttribute("aria-valuetext", `${text} UTC`);
    this.scale.setAttribute("aria-valuenow", String(Math.round((((this.clock.ms / HOUR) % 24) / 24) * 100)));
    const width = this.scale.clientWidth || 600, place = Math.round((3 * width * this.clock.ms) / (this.spanH * HOUR));
    if (isForced || place !== this._place) this._draw(width);  // a third of a pixel; at its own speed time takes many frames for that
    this._place = place;
  }

  _draw(width) {
    const height = 40, span = this.spanH * HOUR, from = this.clock.ms - span / 2;
    const x = (ms) => ((ms - from) / span) * width;
    const steps = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR];
    const step = steps.find((size) => (span / size) * 58 < width) ?? 24 * HOUR;
    const parts = [];
    for (const mark of this.marks) {
      if (mark.to < from || mark.from > from + span) continue;
      parts.push(svg("rect", { x: x(mark.from), y: 4, width: Math.max(x(mark.to) - x(mark.from), 2), height: 10, rx: 2, fill: mark.colour }, svg("title", {}, mark.label)));
    }
    for (let ms = Math.ceil(from / step) * step; ms < from + span; ms += step) {
      const text = iso(ms), isDay = ms % (24 * HOUR) === 0;
      parts.push(svg("path", { d: `M${x(ms)} 16V${isDay ? 28 : 23}`, class: "tick" }),
        svg("text", { x: x(ms), y: 36, class: "ticktext", "text-anchor": "middle" }, x(ms) < 18 || x(ms) > width - 18 ? "" : isDay ? text.slice(5, 10) : text.slice(11, 16)));
    }
    parts.push(svg("path", { d: `M${width / 2} 0V28`, class: "needle" }));
    this.scale.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.scale.replaceChildren(...parts);
  }

  _handle() {
    const { scale, clock } = this;
    let from = null;
    scale.addEventListener("pointerdown", (event) => {
      from = { x: event.clientX, ms: clock.ms, moved: false };
      scale.setPointerCapture(event.pointerId);
    });
    scale.addEventListener("pointermove", (event) => {
      if (!from) return;
      from.moved ||= Math.abs(event.clientX - from.x) > 3;
      if (from.moved) clock.set(from.ms - ((event.clientX - from.x) / scale.clientWidth) * this.spanH * HOUR);
    });
    scale.addEventListener("pointerup", (event) => {
      if (from && !from.moved) {
        const box = scale.getBoundingClientRect();
        clock.set(clock.ms + ((event.clientX - box.left) / box.width - 0.5) * this.spanH * HOUR);
      }
      from = null;
    });
    scale.addEventListener("wheel", (event) => {
      event.preventDefault();
      const place = SPANS.indexOf(this.spanH) + (event.deltaY > 0 ? 1 : -1);
      this.spanH = SPANS[Math.min(Math.max(place, 0), SPANS.length - 1)];
      this._show(true);
    }, { passive: false });
    scale.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: -MINUTE, ArrowRight: MINUTE, ArrowDown: -10 * MINUTE, ArrowUp: 10 * MINUTE, PageDown: -HOUR, PageUp: HOUR };
      if (event.key in moves) clock.set(clock.ms + moves[event.key]);
      else if (event.key === " ") clock.play(!clock.isPlaying);
      else return;
      event.preventDefault();
    });
  }
}
