// Pictures as SVG: lines against time, bars, a Gantt of passes, the sky of a site. Each stands with its table (figure).

import { el, isSmall, svg } from "./dom.js";
import { behind } from "./tables.js";
import { clock, iso } from "./words.js";

export const WIDTH = 640;
const FIT = isSmall() ? 420 : WIDTH;  // of pictures that can be narrow: their text stays legible on a phone
const MINUTE = 60e3, HOUR = 3600e3;

/** A picture with its title and its table. */
export function figure(title, picture, made, summary = "The same as a table") {
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `${title}; the table below holds the same`);
  return el("figure", { tabindex: isSmall() && 0 }, el("figcaption", {}, title), picture, made && behind(summary, made));
}

const drawing = (width, height, children) => svg("svg", { class: `chart w${width}`, viewBox: `0 0 ${width} ${height}` }, children);
export const chart = (height, ...children) => drawing(WIDTH, height, children);
const fitted = (height, ...children) => drawing(FIT, height, children);

/** A label that is cut where it has no room. */
export const short = (label, most) => (label.length > most ? `${label.slice(0, most - 1)}…` : label);

/** Round values across a range, some five. */
export function ticks(low, high, about = 5) {
  if (!(high > low)) return [low];
  const rough = (high - low) / about, size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((part) => part * size).find((part) => part >= rough * 0.999) ?? rough;
  const out = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) out.push(Number((k * step).toPrecision(12)));
  return out;
}

/** Times with labels that fit. */
export function timeTicks(from, to, most = 8) {
  const steps = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080].map((minutes) => minutes * MINUTE);
  const step = steps.find((size) => (to - from) / size <= most) ?? 7 * 24 * HOUR;
  const out = [];
  for (let ms = Math.ceil(from / step) * step; ms <= to; ms += step) {
    const text = iso(ms);
    out.push([ms, ms % (24 * HOUR) === 0 || step >= 24 * HOUR ? text.slice(5, 10) : text.slice(11, 16)]);
  }
  return out;
}

/**
 * Lines against time or a number.
 * @param {any} what `series` with name, colour and points; `onX` is told where a click was
 */
export function lines({ series, isTime = true, low, high, yText = String, xText = String, yTitle = "", xTitle = "", height = 210, marks = [], onX }) {
  const xs = series.flatMap(({ points }) => points.map(([x]) => x)), ys = series.flatMap(({ points }) => points.map(([, y]) => y)).filter(Number.isFinite);
  const x0 = Math.min(...xs), x1 = Math.max(...xs), y0 = low ?? Math.min(...ys), y1 = high ?? (Math.max(...ys) > y0 ? Math.max(...ys) : y0 + 1);
  const left = 58, right = 18, top = series.length > 1 ? 26 : 12, bottom = xTitle ? 40 : 26;
  const x = (v) => left + ((v - x0) / (x1 - x0 || 1)) * (FIT - left - right), y = (v) => height - bottom - ((v - y0) / (y1 - y0)) * (height - top - bottom);
  const drawn = fitted(height,
    ticks(y0, y1, 4).map((v) => [svg("path", { d: `M${left} ${y(v)}H${FIT - right}`, class: "gridline" }), svg("text", { x: left - 6, y: y(v) + 4, "text-anchor": "end", class: "quiet" }, yText(v))]),
    (isTime ? timeTicks(x0, x1, FIT / 80) : ticks(x0, x1, 6).map((v) => [v, xText(v)])).map(([v, text]) => [svg("path", { d: `M${x(v)} ${height - bottom}v4`, class: "axis" }), svg("text", { x: x(v), y: height - bottom + 16, "text-anchor": "middle", class: "quiet" }, text)]),
    svg("path", { d: `M${left} ${height - bottom}H${FIT - right}`, class: "axis" }),
    yTitle && svg("text", { x: 12, y: height / 2, transform: `rotate(-90 12 ${height / 2})`, "text-anchor": "middle", class: "quiet" }, yTitle),
    xTitle && svg("text", { x: (left + FIT) / 2, y: height - 6, "text-anchor": "middle", class: "quiet" }, xTitle),
    marks.map(([v, text]) => [svg("path", { d: `M${x(v)} ${top}V${height - bottom}`, class: "needle" }), svg("text", { x: x(v) + 4, y: top + 10 }, text)]),
    series.map(({ points, colour, dash }) => svg("path", { d: points.map(([a, b], k) => (Number.isFinite(b) ? `${k && Number.isFinite(points[k - 1][1]) ? "L" : "M"}${x(a).toFixed(1)} ${y(Math.min(Math.max(b, y0), y1)).toFixed(1)}` : "")).join(""), fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": dash })),
    series.length > 1 && series.map(({ name, colour, dash }, k) => [svg("path", { d: `M${left + k * 170} 13h22`, stroke: colour, "stroke-width": 3, "stroke-dasharray": dash }), svg("text", { x: left + 28 + k * 170, y: 17 }, name)]));
  if (onX) drawn.addEventListener("click", (event) => {
    const box = drawn.getBoundingClientRect(), at = ((event.clientX - box.left) / box.width) * FIT;
    onX(x0 + ((at - left) / (FIT - left - right)) * (x1 - x0));
  });
  return drawn;
}

/**
 * Bars, one row for each; several values stand beneath each other.
 * @param {any} what rows with a label and values, their names and colours
 */
export function bars({ rows, names, colours, text }) {
  const top = names.length > 1 ? 28 : 8, thick = 13, pad = 9, left = FIT / 3, right = 74, each = names.length * thick + pad;
  const low = Math.min(0, ...rows.flatMap(({ values }) => values.map((v) => v ?? 0))), high = Math.max(1e-12, ...rows.flatMap(({ values }) => values.map((v) => v ?? 0)));
  const x = (v) => left + ((v - low) / (high - low)) * (FIT - left - right);
  return fitted(top + rows.length * each + 4,
    names.length > 1 && names.map((name, k) => [svg("rect", { x: left + k * 130, y: 7, width: 12, height: 12, fill: colours[k], rx: 2 }), svg("text", { x: left + 17 + k * 130, y: 17 }, name)]),
    rows.map(({ label, values }, r) => {
      const y = top + r * each;
      return [svg("text", { x: left - 8, y: y + (names.length * thick) / 2 + 4, "text-anchor": "end" }, short(label, left / 7)),
        values.map((value, k) => value !== null && value !== undefined && [svg("rect", { x: x(Math.min(value, 0)), y: y + k * thick, width: Math.max(x(Math.max(value, 0)) - x(Math.min(value, 0)), 1), height: thick - 2, fill: colours[k], rx: 2 }),
          svg("text", { x: x(Math.max(value, 0)) + 5, y: y + k * thick + 9.5, class: "quiet" }, text(value))])];
    }));
}

/**
 * Passes against time. A bar: the pass; its bright part: sunlit.
 * @param {any} what rows with a label and bars
 */
export function gantt({ rows, from, to, now }) {
  const top = 22, each = 20, left = FIT / 4.2, right = 18;
  const x = (ms) => left + ((ms - from) / (to - from)) * (FIT - left - right), height = top + rows.length * each + 6;
  const drawn = fitted(height,
    timeTicks(from, to, FIT / 70).map(([ms, text]) => [svg("path", { d: `M${x(ms)} ${top - 4}V${height}`, class: "gridline" }), svg("text", { x: x(ms), y: 13, "text-anchor": "middle", class: "quiet" }, text)]),
    rows.map(({ label, bars: made }, r) => [
      svg("text", { x: left - 8, y: top + r * each + 13, "text-anchor": "end" }, short(label, left / 8)),
      made.map((bar) => svg("rect", { x: x(bar.from), y: top + r * each + 2, width: Math.max(x(bar.to) - x(bar.from), 2.5), height: 14, rx: 2.5, fill: bar.colour,
        stroke: bar.isChosen ? "currentColor" : "none", "stroke-width": 2, class: "pick", onclick: bar.onPick }, svg("title", {}, bar.title)))]),
    now >= from && now <= to && svg("path", { d: `M${x(now)} ${top - 4}V${height}`, class: "needle" }));
  return drawn;
}

/** Where a direction (degrees) lies in a round sky, px: the zenith in its middle, the horizon on its edge, east to the right. @param {number[]} middle */
export function skyPlace(azimuth, elevation, middle, radius) {
  const [x, y] = middle;
  const r = ((90 - elevation) / 90) * radius, a = (azimuth * Math.PI) / 180;
  return [x + r * Math.sin(a), y - r * Math.cos(a)];
}

/**
 * The sky of a site: north up, the zenith in the middle, east to the right as on a map. Sunlit parts are wide.
 * @param {Array<{time: string, azimuth_deg: number, elevation_deg: number, sunlit: boolean}>} points @param {number} mask
 */
export function sky(points, mask = 0) {
  const size = 380, middle = [FIT / 2, size / 2], radius = Math.min(158, FIT / 2 - 78);
  const at = (azimuth, elevation) => skyPlace(azimuth, elevation, middle, radius), placeOf = (point) => at(point.azimuth_deg, point.elevation_deg);
  const up = points.filter((point) => point.elevation_deg !== null && point.elevation_deg >= 0);
  const runs = [];
  up.forEach((point, k) => {
    const run = runs[runs.length - 1];
    if (run && run.lit === point.sunlit && Date.parse(point.time) - Date.parse(up[k - 1].time) < 10 * MINUTE) run.points.push(point);
    else { if (run && k) run.points.push(point); runs.push({ lit: point.sunlit, points: [point] }); }
  });
  const marks = [];
  const length = up.length > 1 ? Date.parse(up[up.length - 1].time) - Date.parse(up[0].time) : 0;
  const every = length > 3 * HOUR ? HOUR : length > 40 * MINUTE ? 10 * MINUTE : length > 16 * MINUTE ? 4 * MINUTE : 2 * MINUTE;
  let next = up.length ? Math.ceil(Date.parse(up[0].time) / every) * every : 0;
  up.forEach((point) => { if (Date.parse(point.time) >= next) { marks.push(point); next += every; } });
  /** @type {Array<[number[], string]>} */ const ends = up.length ? [[placeOf(up[0]), "rise"], [placeOf(up[up.length - 1]), "set"]] : [];
  return fitted(size,
    [0, 30, 60].map((elevation) => [svg("circle", { cx: middle[0], cy: middle[1], r: ((90 - elevation) / 90) * radius, class: "axis" }), svg("text", { x: middle[0] + 4, y: middle[1] - ((90 - elevation) / 90) * radius + 13, class: "quiet" }, `${elevation}°`)]),
    mask > 0 && svg("circle", { cx: middle[0], cy: middle[1], r: ((90 - mask) / 90) * radius, fill: "none", stroke: "#d98a00", "stroke-dasharray": "4 4" }),
    [[0, "N 0°"], [90, "E 90°"], [180, "S 180°"], [270, "W 270°"]].map(([azimuth, text]) => {
      const [x, y] = at(azimuth, -9);
      return [svg("path", { d: `M${at(azimuth, 0)}L${middle}`, class: "gridline" }), svg("text", { x: x + (azimuth === 90 ? 10 : azimuth === 270 ? -10 : 0), y: y + 4, "text-anchor": azimuth === 90 ? "start" : azimuth === 270 ? "end" : "middle" }, text)];
    }),
    runs.map(({ lit, points: run }) => svg("path", { d: `M${run.map((point) => placeOf(point).map((v) => v.toFixed(1)).join(" ")).join("L")}`, fill: "none", stroke: lit ? "#e6a700" : "#5a84b8", "stroke-width": lit ? 5 : 2.5, "stroke-linecap": "round", "stroke-dasharray": lit ? null : "7 5" })),
    marks.map((point) => {
      const [x, y] = placeOf(point), isFree = ends.every(([[a, b]]) => Math.hypot(a - x, b - y) > 28);
      return [svg("circle", { cx: x, cy: y, r: 3, fill: "currentColor" }), isFree && svg("text", { x: x + 7, y: y - 5 }, clock(point.time).slice(0, 5))];
    }),
    ends.map(([[x, y], text]) => svg("text", { x: x + 8, y: y + 14, class: "quiet" }, text)),
    [["#e6a700", "sunlit", 5, null], ["#5a84b8", "in the Earth's shadow", 2.5, "7 5"]].map(([colour, text, width, dash], k) => [svg("path", { d: `M14 ${22 + k * 20}h26`, stroke: colour, "stroke-width": width, "stroke-dasharray": dash }), svg("text", { x: 47, y: 26 + k * 20 }, text)]),
    svg("text", { x: 14, y: size - 12, class: "quiet" }, "as on a map: east is right"));
}

/**
 * Two planes side by side, each with equal scales: a path, the place at the closest approach, and the primary in the middle.
 * @param {Array<{x: string, y: string, points: number[][], mark: number[]}>} made @param {string} primary @param {string} path their colours
 */
export function planes(made, primary, path) {
  const size = 268, half = size / 2, reach = 1.08 * Math.max(...made.flatMap(({ points }) => points.flat().map(Math.abs)), 1e-6);
  return chart(size + 46, made.map(({ x, y, points, mark }, k) => {
    const left = 42 + k * 320, at = (/** @type {number[]} */ [a, b]) => [left + half + (a / reach) * half, 10 + half - (b / reach) * half], [mx, my] = at(mark), [px, py] = at([0, 0]), [ex, ey] = at(points[points.length - 1]);
    return [ticks(-reach, reach, 5).map((v) => { const [tx, ty] = at([v, v]); return [svg("path", { d: `M${tx} 10v${size}M${left} ${ty}h${size}`, class: "gridline" }), svg("text", { x: tx, y: size + 25, "text-anchor": "middle", class: "quiet" }, v), svg("text", { x: left - 5, y: ty + 4, "text-anchor": "end", class: "quiet" }, v)]; }),
      svg("text", { x: left + half, y: size + 41, "text-anchor": "middle" }, `${x} (km)`), svg("text", { x: left + 6, y: 24 }, `${y} (km)`),
      svg("path", { d: `M${points.map((one) => at(one).map((v) => v.toFixed(1)).join(" ")).join("L")}`, fill: "none", stroke: path, "stroke-width": 2 }),
      svg("circle", { cx: px, cy: py, r: 5, fill: primary }), svg("path", { d: `M${mx} ${my - 6}l6 6l-6 6l-6-6z`, fill: path }), svg("text", { x: ex, y: ey + (ey < half ? 14 : -7), "text-anchor": ex > left + half ? "end" : "start", class: "quiet" }, "leaves")];
  }));
}
