// Debris, what if: one object breaks up; its pieces in Gabbard's diagram, and what they do to an alliance's objects.

import { bars, figure } from "./charts.js";
import { hazard, scatter } from "./charts_debris.js";
import { el } from "./dom.js";
import { numberOf } from "./object_field.js";
import { as, col, num, objects, table, tiles } from "./tables.js";
import { asUtc, clock, count, fixed, scientific } from "./words.js";

const APOGEES = ["#4aa3df", "#2bb07f"], PERIGEES = ["#e69f00", "#d873b0"];

export const BREAKUP = {
  id: "breakup", title: "What if it breaks up", button: "Break it up", route: "breakups",

  asked({ how, with_object: by, ...asked }, { catalogue }) {
    return { ...asked, object: numberOf(catalogue, asked.object, "object"), with_object: how === "object" && numberOf(catalogue, by, "with_object"), at: asUtc(asked.at), commercial: asked.alliance && asked.commercial };
  },

  shown(app, answer) {
    const { parents, specific_energy_j_g: energy } = answer, bodies = parents.map((one) => one.name || "unnamed"), rowOf = (one) => app.catalogue.rowOf(one.norad_id) ?? -1, kg = (v) => `${scientific(v, 3)} kg`;
    app.clock.set(Date.parse(answer.at));
    app.point(parents.map((one, k) => ({ row: rowOf(one), label: one.name, colour: APOGEES[k], below: k > 0, track: null })).filter(({ row }) => row >= 0));
    app.flyTo(rowOf(parents[0]));
    return { title: `${bodies.join(" and ")}: ${count(answer.pieces)} pieces of ${answer.smallest_m} m and more`, parts: [
      el("p", {}, `${answer.kind}${answer.is_catastrophic === null ? "" : `, ${answer.is_catastrophic ? "" : "not "}catastrophic`}${energy === null ? "" : ` (${scientific(energy, 3)} J/g)`}, ${clock(answer.at, true)} UTC, at ${fixed(answer.altitude_km, 0)} km.`),
      tiles([[count(answer.pieces), "pieces"], [count(answer.fall_at_once), "fall at once"], [count(answer.leave_earth), "leave the Earth"], [kg(answer.mass_before_kg), "before"], [kg(answer.mass_of_pieces_kg), "in pieces"], [kg(answer.mass_of_dust_kg), "in what is smaller"]]),
      gabbard(answer, bodies), answer.hazard ? danger(app, answer.hazard) : el("p", { class: "note" }, "No alliance was named: no danger is computed.")] };
  },
};

/** The middle of the cloud: what lies far outside is counted, not drawn. */
function gabbard({ fragments, pieces }, bodies) {
  const at = (values, share) => values.sort((a, b) => a - b)[Math.floor(share * (values.length - 1))], known = fragments.filter((one) => one.period_min !== null && one.apogee_altitude_km !== null && one.perigee_altitude_km >= 0);
  if (!known.length) return null;
  const periods = known.map((one) => one.period_min), x0 = at(periods, 0.005) - 0.5, x1 = at(periods, 0.985) + 0.5, y1 = 1.05 * at(known.map((one) => one.apogee_altitude_km), 0.985);
  const inside = known.filter((one) => one.period_min >= x0 && one.period_min <= x1 && one.apogee_altitude_km <= y1);
  const series = bodies.flatMap((name, k) => ["apogee", "perigee"].map((end) => ({ name: bodies.length > 1 ? `${name.slice(0, 10)} ${end}` : end, colour: (end === "apogee" ? APOGEES : PERIGEES)[k],
    points: inside.filter((one) => one.parent === k).map((one) => [one.period_min, one[`${end}_altitude_km`]]) })));
  return figure(`Gabbard's diagram: apogee and perigee of each piece against its period; ${count(inside.length)} of ${count(pieces)} pieces lie inside`, scatter({ series, x0, x1, y0: 0, y1, xTitle: "period (min)", yTitle: "altitude (km)" }),
    table({ caption: "Pieces, the heaviest first", label: "Pieces", rows: fragments, sortBy: 1, falling: true, columns: [num("Length", "m", "length_m", 3), num("Mass", "kg", "mass_kg", 3), num("Ejected at", "m/s", "ejection_m_s", 1), num("Period", "min", "period_min", 2),
      num("Perigee", "km", "perigee_altitude_km", 0), num("Apogee", "km", "apogee_altitude_km", 0), col("Of", (row) => bodies[row.parent]), col("What", (row) => (row.is_remnant ? "remnant" : "piece"))] }), "Pieces as a table");
}

function danger(app, found) {
  const { by_asset: assets, first_14_days: first, later } = found, when = (years) => (years < 0.5 ? "after a month" : `after ${fixed(years, 0)} ${years > 1 ? "years" : "year"}`);
  return [el("h3", {}, `${count(found.assets)} objects in danger: ${scientific(found.expected_in_14_days)} hits expected in 14 days`),
    figure(`Hits a year on all of them against time, both by decades; the bars span a factor of ${found.band_factor} either way`, hazard({ steps: first, points: later }),
      table({ caption: "Hits a year", label: "Danger against time", rows: [...first, ...later], columns: [col("When", (row) => row.to_days ?? row.years * 365.25, (row) => (row.years ? when(row.years) : `days ${row.from_days} to ${row.to_days}`)), as(scientific, "Hits a year", "collisions_per_year"),
        as(scientific, "from", "lower"), as(scientific, "to", "upper"), num("Pairs counted", "", "pairs_counted", 0), num("Pieces left", "", "pieces_left", 0)] })),
    figure("In the greatest danger: hits expected in 14 days", bars({ rows: [...assets].sort((a, b) => b.expected_in_14_days - a.expected_in_14_days).slice(0, 12).map((one) => ({ label: one.name || String(one.norad_id), values: [one.expected_in_14_days] })), names: ["hits"], colours: ["#e69f00"], text: scientific }), null),
    table({ caption: `${count(assets.length)} of ${count(found.assets)} objects`, label: "Danger by object", rows: assets, columns: [objects(app), col("Owner", "owner"), as(scientific, "In 14 days", "expected_in_14_days", "hits"), ...later.map(({ years }, k) => as(scientific, when(years), (row) => row.collisions_per_year[k], "a year"))] })];
}
