// Pictures of debris: density by altitude and inclination, a matrix with numbers, Gabbard's diagram, hazard, windows.

import { chart, short, ticks, WIDTH } from "./charts.js";
import { el, svg } from "./dom.js";
import { count, scientific } from "./words.js";

const text = (x, y, content, more = {}) => svg("text", { x, y, class: "quiet", ...more }, content);
const END = { "text-anchor": "end" }, MIDDLE = { "text-anchor": "middle" };

/** The edges of a field with ticks below and to the left: pairs of place and words. */
function frame({ left, right, top, bottom, xs, ys, xTitle, yTitle }) {
  return [ys.map(([y, words]) => [svg("path", { d: `M${left} ${y}H${right}`, class: "gridline" }), words !== null && text(left - 6, y + 4, words, END)]),
    xs.map(([x, words]) => [svg("path", { d: `M${x} ${bottom}v4`, class: "axis" }), text(x, bottom + 16, words, MIDDLE)]),
    svg("path", { d: `M${left} ${top}V${bottom}H${right}`, class: "axis" }),
    text((left + right) / 2, bottom + 33, xTitle, MIDDLE), text(0, 0, yTitle, { ...MIDDLE, transform: `translate(13 ${(top + bottom) / 2}) rotate(-90)` })];
}

const key = (made, x = 58) => made.map(({ name, colour }, k) => [svg("rect", { x: x + k * 150, y: 8, width: 12, height: 12, rx: 2, fill: colour }), svg("text", { x: x + 17 + k * 150, y: 18 }, name)]);

/**
 * Density by inclination (across) and altitude (up), and the sum over inclinations beside it on the same altitudes.
 * @param {any} what `rows` by shell and degree, `edges` of the shells (km), `classes` of `decades`, `stack` of values by
 *   shell; `onCell` is told shell and degree under the pointer
 */
export function heatMap({ rows, edges, classes, stack, onCell }) {
  const left = 58, right = 472, top = 34, bottom = 394, from = 496, to = 628, low = edges[0], high = edges[edges.length - 1];
  const x = (deg) => left + (deg / 180) * (right - left), y = (km) => bottom - ((km - low) / (high - low)) * (bottom - top);
  const round = (v) => v.toFixed(1), made = classes.colours.map(() => "");
  rows.forEach((row, r) => {
    for (let c = 0, end; c < row.length; c = end) {
      const code = classes.classOf(row[c]);
      for (end = c + 1; end < row.length && classes.classOf(row[end]) === code; end++);
      if (code >= 0) made[code] += `M${round(x(c))} ${round(y(edges[r + 1]))}H${round(x(end))}V${round(y(edges[r]))}H${round(x(c))}z`;
    }
  });
  const sums = rows.map((_, r) => stack.reduce((sum, { values }) => sum + values[r], 0)), most = Math.max(...sums, 1e-300);
  const before = rows.map(() => 0), across = (v) => from + (v / most) * (to - from);
  const drawn = chart(434,
    frame({ left, right, top, bottom, xs: [0, 30, 60, 90, 120, 150, 180].map((deg) => [x(deg), `${deg}°`]), ys: ticks(low, high, 8).map((km) => [y(km), km.toLocaleString("en-GB")]), xTitle: "inclination", yTitle: "altitude (km)" }),
    made.map((d, k) => svg("path", { d, fill: classes.colours[k], "shape-rendering": "crispEdges" })),
    stack.map(({ colour, values }) => svg("path", { fill: colour, "shape-rendering": "crispEdges", d: values.map((v, r) => {
      const begin = before[r];
      before[r] += v;
      return v > 0 ? `M${round(across(begin))} ${round(y(edges[r + 1]))}H${round(across(before[r]))}V${round(y(edges[r]))}H${round(across(begin))}z` : "";
    }).join("") })),
    svg("path", { d: `M${from} ${top}V${bottom}H${to}`, class: "axis" }), key(stack),
    [0, 1].map((part) => text(across(part * most), bottom + 16, part ? scientific(most) : "0", part ? END : {})), text((from + to) / 2, bottom + 33, "all inclinations (per km³)", MIDDLE));
  drawn.addEventListener("pointermove", (event) => {
    const box = drawn.getBoundingClientRect(), scale = WIDTH / box.width;
    const deg = Math.floor((((event.clientX - box.left) * scale - left) / (right - left)) * 180), km = high - (((event.clientY - box.top) * scale - top) / (bottom - top)) * (high - low);
    const shell = edges.findIndex((edge, k) => edge <= km && km < edges[k + 1]);
    if (shell >= 0 && deg >= 0 && deg < 180) onCell(shell, deg);
  });
  return drawn;
}

/** A matrix with its numbers. `values` by row and column; `words` makes a number short. */
export function matrix({ rows, columns, values, classes, words, yTitle }) {
  const left = 150, top = 104, wide = (WIDTH - left - 44) / columns.length, tall = 25;
  return chart(top + rows.length * tall + 10, text(left - 8, top - 8, yTitle, END),
    columns.map((name, c) => svg("text", { transform: `translate(${left + (c + 0.5) * wide} ${top - 8}) rotate(-38)` }, short(name, 17))),
    rows.map((name, r) => [svg("text", { x: left - 8, y: top + r * tall + 17, ...END }, short(name, 22)), values[r].map((v, c) => {
      const code = classes.classOf(v), x = left + c * wide, y = top + r * tall;
      return [svg("rect", { x: x + 0.5, y: y + 0.5, width: wide - 1, height: tall - 1, fill: code < 0 ? "none" : classes.colours[code], class: code < 0 ? "gridline" : null }),
        svg("text", { x: x + wide / 2, y: y + 16.5, ...MIDDLE, class: code < 0 ? "cell quiet" : code * 2 >= classes.colours.length ? "cell on-light" : "cell on-dark" }, words(v))];
    })]));
}

/** Points of several kinds in a field; what is beyond the edges is left out by the caller. */
export function scatter({ series, x0, x1, y0, y1, xTitle, yTitle }) {
  const left = 64, right = 628, top = 34, bottom = 326, x = (v) => left + ((v - x0) / (x1 - x0)) * (right - left), y = (v) => bottom - ((v - y0) / (y1 - y0)) * (bottom - top);
  return chart(366, key(series, left),
    frame({ left, right, top, bottom, xs: ticks(x0, x1, 7).map((v) => [x(v), v]), ys: ticks(y0, y1, 6).map((v) => [y(v), count(v)]), xTitle, yTitle }),
    series.map(({ colour, points }) => svg("path", { fill: "none", stroke: colour, "stroke-width": 3.4, "stroke-linecap": "round", "stroke-opacity": 0.75, d: points.map(([a, b]) => `M${x(a).toFixed(1)} ${y(b).toFixed(1)}h0`).join("") })));
}

/** Rates against time, both by decades: steps of days counted, then points of years with a band. */
export function hazard({ steps, points }) {
  const left = 70, right = 626, top = 34, bottom = 236, [counted, spread] = [["pairs counted", "#e69f00"], ["nodes spread evenly", "#4aa3df"]].map(([name, colour]) => ({ name, colour }));
  const powers = [...steps.map((one) => one.collisions_per_year), ...points.flatMap((one) => [one.lower, one.upper])].filter((v) => v > 0).map(Math.log10), low = Math.floor(Math.min(...powers)), high = Math.max(Math.ceil(Math.max(...powers)), low + 1);
  const first = steps[0].to_days / 4, last = points[points.length - 1].years * 480, x = decadic(first, last, left, right), y = (rate) => bottom - ((Math.log10(Math.max(rate, 10 ** low)) - low) / (high - low)) * (bottom - top);
  return chart(276, powers.length && [key([counted, spread], left),
    frame({ left, right, top, bottom, xs: spans(first, last, x), ys: Array.from({ length: high - low + 1 }, (_, k) => 10 ** (low + k)).map((v, k) => [y(v), k % Math.ceil((high - low) / 6) ? null : scientific(v, 1)]), xTitle: "time since the break-up", yTitle: "hits a year" }),
    svg("path", { fill: "none", stroke: counted.colour, "stroke-width": 3, d: steps.map((one) => (one.collisions_per_year > 0 ? `M${x(one.from_days)} ${y(one.collisions_per_year)}H${x(one.to_days)}` : "")).join("") }),
    points.map((one) => one.collisions_per_year > 0 && [svg("path", { stroke: spread.colour, "stroke-width": 2, fill: "none", d: `M${x(one.years * 365.25) - 5} ${y(one.upper)}h10m-5 0V${y(one.lower)}m-5 0h10` }), svg("circle", { cx: x(one.years * 365.25), cy: y(one.collisions_per_year), r: 4, fill: spread.colour })])]);
}

const decadic = (from, to, left, right) => (v) => left + (Math.log(Math.max(v, from) / from) / Math.log(to / from)) * (right - left);
/** @type {Array<[number, string]>} */ const SPANS = [[1 / 24, "1 h"], [0.25, "6 h"], [1, "1 day"], [3, "3 days"], [14, "2 weeks"], [30.44, "1 month"], [182.6, "6 months"], [365.25, "1 year"], [1826, "5 years"], [9131, "25 years"], [36525, "100 years"]];

/** Lengths of time with their places, as many as have room. */
function spans(from, to, x) {
  const out = [];
  for (const [days, words] of SPANS) if (days >= from * 0.99 && days <= to * 1.01 && !(x(days) - out[out.length - 1]?.[0] < 56)) out.push([x(days), words]);
  return out;
}

/**
 * From the earliest to the latest day of each, the middle marked; the days by decades. An open end runs to the horizon.
 * @param {any} what rows with label, earliest, middle, latest (days or null), and whether they manoeuvre
 */
export function windows({ rows, horizon }) {
  const left = 190, right = 604, top = 56, each = 19, bottom = top + rows.length * each + 4, kinds = [["drag alone", "#4aa3df"], ["could manoeuvre: so if it does not", "#e69f00"]].map(([name, colour]) => ({ name, colour }));
  const first = Math.min(Math.max(rows[0].earliest * 0.8, 1 / 24), horizon / 4), x = decadic(first, horizon, left, right);
  return chart(bottom + 26, key(kinds, left),
    spans(first, horizon, x).map(([at, words]) => [svg("path", { d: `M${at} ${top - 8}V${bottom}`, class: "gridline" }), [44, bottom + 17].map((y) => text(at, y, words, MIDDLE))]),
    rows.map(({ label, earliest, middle, latest, manoeuvres, onPick }, r) => {
      const y = top + r * each, a = x(earliest), b = x(latest ?? horizon), { colour } = kinds[Number(manoeuvres)];
      return [svg("text", { x: left - 8, y: y + 13, ...END }, short(label, 26)),
        svg("rect", { x: a, y: y + 3, width: Math.max(b - a, 2.5), height: 12, rx: 2.5, fill: colour, "fill-opacity": manoeuvres ? 0.3 : 0.85, stroke: colour, class: "pick", onclick: onPick }),
        middle && svg("path", { d: `M${x(middle)} ${y + 1}v16`, class: "middle" }), !latest && svg("path", { d: `M${b - 7} ${y + 4}l6 5l-6 5`, class: "middle", fill: "none" })];
    }));
}

/** The colours of a picture in words. */
export function legend(classes, values, what) {
  const counted = (k) => `${count(values.filter((v) => v > 0 && classes.classOf(v) === k).length)} ${what}`;
  return el("ul", { class: "legend columns", "aria-label": "Colours" }, classes.colours.map((colour, k) => el("li", {}, el("span", { class: "swatch", colour }), `${scientific(classes.edges[k], 1)} to ${scientific(classes.edges[k + 1], 1)}: ${counted(k)}`)),
    el("li", {}, el("span", { class: "swatch" }), `less: ${counted(-1)}`));
}
