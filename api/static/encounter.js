// One conjunction in full, as the service works it out from its id: path, encounter plane, probabilities, what they rest on.

import { chart, figure, lines, planes, ticks } from "./charts.js";
import { el, svg } from "./dom.js";
import { ellipseOf, frameAbout, shareWithin, sigmasOf } from "./encounter_geometry.js";
import { table } from "./tables.js";
import { clock, duration, fixed, percent, scientific } from "./words.js";

export const BLUE = "#4aa3df", ORANGE = "#e69f00";
const STEPS = 48, LONGEST_S = 30, SIGMAS = [1, 2, 3], DASHES = [null, "7 4", "2 4"];
const METHODS = { foster1992: "Foster 1992", chan1997: "Chan 1997", alfano2005: "Alfano 2005", patera2001: "Patera 2001", maximum: "largest of any size of the covariance", three_dimensional: "three-dimensional" };

export const num = (title, unit, of, digits) => ({ title, unit, number: true, of, cell: (row) => fixed(of(row), digits) });
/** A probability as people write it: "2.6e-5", "0". */
const facts = (pairs) => el("dl", { class: "facts" }, pairs.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));

/** Path in RTN and distance against time, from the miss and the relative velocity alone. */
export function pathPictures(row) {
  const tca = `${clock(row.tca, true)} UTC`, speed = Math.max(row.relative_speed_km_s, 1e-6), half = Math.min(Math.max((3 * row.miss_distance_km) / speed, 0.5), LONGEST_S);
  const points = Array.from({ length: STEPS + 1 }, (_, k) => {
    const s = half * ((2 * k) / STEPS - 1), at = row.miss_rtn_km.map((v, axis) => v + s * row.relative_velocity_rtn_km_s[axis]);
    return { s, at, km: Math.hypot(...at) };
  });
  const values = () => table({ caption: `Seconds from ${tca}`, rows: points.filter((_, k) => k % 4 === 0), columns: [
    num("Time", "s", (point) => point.s, 2),
    ...["Radial", "Along", "Cross"].map((title, axis) => num(title, "km", (point) => point.at[axis], 3)),
    num("Distance", "km", (point) => point.km, 3)] });
  return [
    figure(`Path of the secondary (◆) past the primary (●), from ${duration(half)} before to ${duration(half)} after: a straight line, axes of the primary at the closest approach, km`,
      planes([{ x: "along", y: "radial", a: 1, b: 0 }, { x: "along", y: "cross", a: 1, b: 2 }].map(({ x, y, a, b }) => ({ x, y, points: points.map(({ at }) => [at[a], at[b]]), mark: [row.miss_rtn_km[a], row.miss_rtn_km[b]] })), BLUE, ORANGE), values()),
    figure("Distance against time, the same straight line", lines({ isTime: false, low: 0, yTitle: "km", xTitle: "seconds from the closest approach", marks: [[0, `${fixed(row.miss_distance_km, 3)} km`]], yText: (v) => String(Number(v.toPrecision(3))),
      series: [{ name: "distance", colour: ORANGE, points: points.map(({ s, km }) => [s, km]) }] }), values())];
}

/** Axes with equal scales in a box of the picture; `km` says whether they are in km or in m. */
function framed({ x, y, wide, high }, left, top, width, unit) {
  const scale = width / (2 * wide), height = 2 * high * scale, per = unit === "m" ? 1e3 : 1;
  const at = (a, b) => [left + width / 2 + (a - x) * scale, top + height / 2 - (b - y) * scale];
  const across = (low, top, about) => ticks(low * per, top * per, about).map((v) => [v, v / per]);
  return { at, scale, height, axes: [
    across(x - wide, x + wide, Math.max(width / 60, 4)).map(([text, v]) => [svg("path", { d: `M${at(v, 0)[0]} ${top}v${height}`, class: "gridline" }), svg("text", { x: at(v, 0)[0], y: top + height + 16, "text-anchor": "middle", class: "quiet" }, text)]),
    across(y - high, y + high, Math.max(height / 50, 3)).map(([text, v]) => [svg("path", { d: `M${left} ${at(0, v)[1]}h${width}`, class: "gridline" }), svg("text", { x: left - 6, y: at(0, v)[1] + 4, "text-anchor": "end", class: "quiet" }, text)]),
    svg("text", { x: left + width / 2, y: top + height + 34, "text-anchor": "middle" }, `x (${unit})`),
    svg("text", { x: left - 44, y: top + height / 2, transform: `rotate(-90 ${left - 44} ${top + height / 2})`, "text-anchor": "middle" }, `y (${unit})`)] };
}

/** The plane across the relative velocity with ellipses about the secondary and both bodies about the primary; the middle again, nearer. */
function planePicture({ miss_km: miss, covariance_km2: covariance, hard_body_radius_m: radiusM }) {
  const left = 58, width = 340, radius = radiusM / 1e3, ellipse = ellipseOf(covariance), id = `seen${Math.round(1e9 * miss[0])}`;
  const close = 1.25 * Math.max(Math.abs(miss[0]), Math.abs(miss[1]), 1.3 * radius), near = { x: 0, y: 0, wide: close, high: close };
  const whole = framed(frameAbout(miss, covariance, 3, 1.3 * radius), left, 10, width, "km");
  const isSmall = radius * whole.scale < 3, side = isSmall ? framed(near, 472, 138, 150, "m") : null, height = Math.max(whole.height + 52, side ? 330 : 130);
  const drawn = ({ at, scale }) => {
    const [[px, py], [mx, my]] = [at(0, 0), at(miss[0], miss[1])];
    return [SIGMAS.map((k) => svg("ellipse", { rx: k * ellipse.large * scale, ry: Math.max(k * ellipse.small * scale, 0.5), transform: `translate(${mx} ${my}) rotate(${-ellipse.turnDeg})`, fill: ORANGE, "fill-opacity": 0.08, stroke: ORANGE, "stroke-width": 1.6, "stroke-dasharray": DASHES[k - 1] })),
      svg("path", { d: `M${px} ${py}L${mx} ${my}`, class: "axis" }), svg("circle", { cx: px, cy: py, r: Math.max(radius * scale, 1), fill: BLUE, "fill-opacity": 0.45, stroke: BLUE }),
      svg("path", { d: `M${px - 8} ${py}h16M${px} ${py - 8}v16`, stroke: BLUE, "stroke-width": 1.3 }), svg("path", { d: `M${mx} ${my - 6}l6 6l-6 6l-6-6z`, fill: ORANGE })];
  };
  const note = (k, sign, colour, text) => [svg("text", { x: 424, y: 24 + k * 20, colour, class: "sign" }, sign), svg("text", { x: 452, y: 24 + k * 20 }, text)];
  return chart(height, whole.axes, drawn(whole), side && [side.axes, svg("clipPath", { id }, svg("rect", { x: 472, y: 138, width: 150, height: side.height })), svg("g", { "clip-path": `url(#${id})` }, drawn(side))],
    SIGMAS.map((k) => [svg("path", { d: `M418 ${20 + (k - 1) * 20}h26`, stroke: ORANGE, "stroke-width": 2, "stroke-dasharray": DASHES[k - 1] }), svg("text", { x: 452, y: 24 + (k - 1) * 20 }, `${k} sigma: ${percent(shareWithin(k))} within`)]),
    note(3, "◆", ORANGE, "secondary"), note(4, "✛", BLUE, `primary; both bodies ${fixed(radiusM, 1)} m`));
}

/** The encounter plane with its table; a sentence where there is none. */
export function planeFigure(plane) {
  if (!plane) return el("p", { class: "note" }, "No encounter plane: the two hardly move relative to one another.");
  const ellipse = ellipseOf(plane.covariance_km2), away = sigmasOf(plane.miss_km, plane.covariance_km2);
  const rows = [["Miss across the relative velocity, x", "km", fixed(plane.miss_km[0], 4)], ["y", "km", fixed(plane.miss_km[1], 4)],
    ["One sigma, the larger half axis", "km", fixed(ellipse.large, 4)], ["the smaller", "km", fixed(ellipse.small, 4)], ["Turn of the larger from x to y", "°", fixed(ellipse.turnDeg, 1)],
    ["Miss in sigmas", "", fixed(away, 2)], ["Both bodies together, radius", "m", fixed(plane.hard_body_radius_m, 2)]];
  return figure(`Encounter plane: the uncertainty of both together about the secondary${away === null ? "" : `; the primary lies ${scientific(away)} sigma from its middle`}`, planePicture(plane),
    table({ caption: plane.axes_note ?? "Across the relative velocity", rows, columns: [{ title: "What", of: ([name]) => name }, { title: "Value", number: true, of: (row) => row[2] }, { title: "Unit", of: (row) => row[1] }] }));
}

/** Probabilities by method, the usage test in words, and what they rest on. */
export function probabilityParts(one) {
  const { probability } = one, { usage, dilution } = probability;
  const rows = Object.entries(probability.methods).map(([id, found]) => ({ name: METHODS[id] ?? id, found, why: found ? found.assumptions.join("; ") : probability.refused[id] }));
  const applies = { true: "apply", false: "do not apply", null: "cannot be told to apply" }[String(usage.two_dimensional_applies)];
  return [
    facts([
      ["Probability", probability.value === null ? "none: no method applies" : `${scientific(probability.value)}, ${METHODS[probability.method] ?? probability.method}`],
      ["At most", `${scientific(probability.methods.maximum?.value)}, were the covariance of the worst size`],
      ["Methods", [`The two-dimensional methods ${applies}.`, ...usage.reasons].join(" ")],
      ["Dilution", { true: "Diluted: the orbits are known so badly that the value is small for want of knowledge, not for safety.", false: "Not diluted: better orbits would lower it or confirm it.", null: "It cannot be told whether the value is diluted." }[String(dilution.is_diluted)]],
      ["Rests on", [...new Set(probability.covariance_basis)].join("; ")]]),
    table({ caption: "By method, with bounds of the numbers (not of the assumptions)", label: "Probabilities by method", rows, columns: [
      { title: "Method", of: (row) => row.name },
      { title: "Probability", number: true, of: (row) => row.found?.value ?? null, cell: (row) => (row.found ? scientific(row.found.value) : "not given") },
      { title: "Bounds", of: (row) => row.found?.lower ?? null, cell: (row) => (row.found && row.found.lower !== null ? `${scientific(row.found.lower)} to ${scientific(row.found.upper)}` : "") },
      { title: "Assumes, or why not", of: (row) => row.why, cell: (row) => el("span", { class: "words" }, row.why) }] }),
    table({ caption: "What the probabilities rest on", label: "Uncertainties", rows: [["● Primary", one.primary], ["◆ Secondary", one.secondary]], columns: [
      { title: "Object", of: ([side, met]) => `${side} ${met.norad_id}` },
      num("Age", "days", ([, met]) => met.age_days, 2),
      ...["radial", "along", "cross"].map((axis, k) => num(`Sigma ${axis}`, "km", ([, met]) => met.sigma_rtn_km[k], 3)),
      { title: "Basis", of: ([, met]) => met.covariance_basis, cell: ([, met]) => el("span", { class: "words" }, met.covariance_basis) },
      num("Radius", "m", ([, met]) => met.hard_body_radius_m, 2),
      { title: "Basis", of: ([, met]) => met.hard_body_radius_basis, cell: ([, met]) => el("span", { class: "words" }, met.hard_body_radius_basis) }] })];
}

/** What one conjunction is, in words. */
export function factsOf(one) {
  return facts([
    ["Closest", `${clock(one.tca, true)} UTC, ${fixed(one.miss_distance_km, 3)} km at ${fixed(one.relative_speed_km_s, 2)} km/s${one.is_closest_approach === false ? "; cut by the window, not the closest" : ""}`],
    ...[["● Primary", "primary"], ["◆ Secondary", "secondary"]].map(([title, side]) => [title, `${one[`${side}_name`]} (${one[`${side}_id`]}), ${one[`${side}_owner`] ?? "owner not known"}, elements ${fixed(one[`${side}_age_days`], 1)} days from it`])]);
}
