// Debris, exposure: how often an alliance's objects are expected to collide, with whose, and which of them.

import { bars, figure } from "./charts.js";
import { legend, matrix } from "./charts_debris.js";
import { decades } from "./colours.js";
import { el, field, options } from "./dom.js";
import { param, write } from "./state.js";
import { as, col, num, objects, table, tiles } from "./tables.js";
import { count, fixed, percent, scientific } from "./words.js";

const LISTED = 1000, ROWS = 12, COLUMNS = 10;
const RATES = [["residual", "not avoided: who can manoeuvre, does"], ["all", "all, as if nobody manoeuvred"]];

export const EXPOSURE = {
  id: "exposure", title: "Exposure", button: "Compute exposure", route: "risk",

  asked: (values) => ({ ...values, limit: LISTED }),

  shown(app, answer) {
    const { exposure } = answer, names = app.catalogue.columns.owner_names, full = (code) => names[code] ?? (code || "not known"), causes = exposure.to_whose_objects, rate = exposure.residual_collisions_per_year;
    const box = el("div"), draw = () => box.replaceChildren(...matrixOf(answer, param("rate", "residual"), full));
    draw();
    return { title: `${exposure.alliance}: ${scientific(rate)} collisions a year not avoided${rate > 0 ? `, one in ${count(Number((1 / rate).toPrecision(2)))} years` : ""}`, parts: [
      tiles([[count(exposure.objects), `objects, members on ${exposure.on.slice(0, 10)}`], [scientific(rate), "collisions a year, not avoided"], [scientific(exposure.collisions_per_year), "a year, as if nobody manoeuvred"],
        [scientific(exposure.within_fleet_residual_per_year), "a year within the alliance, not avoided"], [percent(answer.residual_inferred_size_share), "of everybody's rate rests on sizes inferred"], [percent(answer.residual_default_size_share), "of it on sizes by default"]]),
      figure("With whose objects: expected collisions a year", bars({ rows: causes.slice(0, 12).map((one) => ({ label: full(one.owner), values: [one.residual_collisions_per_year] })), names: ["not avoided"], colours: ["#e69f00"], text: scientific }),
        table({ caption: "Expected collisions a year", label: "Causes", rows: causes, columns: [col("With objects of", (row) => full(row.owner)), as(scientific, "Not avoided", "residual_collisions_per_year"), as(scientific, "All", "collisions_per_year")] })),
      field("Count", "", el("select", { name: "rate", onchange: (event) => { write({ rate: event.target.value }); draw(); } }, options(RATES, param("rate", "residual"))), "wide"), box,
      el("h3", {}, "Objects of the alliance, the highest rate first"),
      table({ caption: `${count(answer.objects.length)} listed${answer.objects_not_listed ? `, ${count(answer.objects_not_listed)} are not` : ""}; a catastrophic collision breaks the object up`, label: "Objects", rows: answer.objects, sortBy: 1, falling: true, columns: [
        objects(app), as(scientific, "Not avoided", "residual_collisions_per_year", "a year"), as(percent, "Catastrophic", "catastrophic_fraction"), as(scientific, "All", "collisions_per_year", "a year"), as(scientific, "Pieces", "residual_fragments_per_year", "a year"),
        col("Owner", "owner"), col("Manoeuvres", (row) => (row.manoeuvres ? "yes" : "no")), col("Kind", "object_class"), num("Speed", "km/s", "mean_collision_speed_km_s", 1), num("Radius", "m", "radius_m", 2), col("by", "size_basis"),
        num("Perigee", "km", "perigee_km", 0), num("Apogee", "km", "apogee_km", 0), num("Age", "days", (row) => app.catalogue.ageDays(app.catalogue.rowOf(row.norad_id), Date.parse(answer.catalogue.as_of)), 1)] })] };
  },
};

/** The largest rows and columns with their numbers, what is left summed; all of it in the table. */
function matrixOf(answer, rate, full) {
  const { exposure, owner_names: codes } = answer, all = exposure[rate === "all" ? "exposed_owners" : "exposed_owners_residual"], sum = (values) => values.reduce((a, b) => a + b, 0);
  const flat = all.flatMap((row, r) => row.map((v, c) => ({ own: full(exposure.exposed_owner_names[r]), other: full(codes[c]), v }))).filter(({ v }) => v > 0);
  if (!flat.length) return [el("p", {}, "No collision is expected.")];
  /** Places with anything in them, the most first, the last of many in one group. */
  const groups = (sums, most) => {
    const order = sums.map((_, k) => k).filter((k) => sums[k] > 0).sort((a, b) => sums[b] - sums[a]);
    return [...order.slice(0, most).map((k) => [k]), order.slice(most)].filter((one) => one.length);
  };
  const down = groups(all.map(sum), ROWS), across = groups(codes.map((_, c) => sum(all.map((row) => row[c]))), COLUMNS), name = (given) => (group) => (group.length > 1 ? `${group.length} others` : full(given[group[0]]));
  const values = down.map((own) => across.map((other) => sum(own.flatMap((r) => other.map((c) => all[r][c]))))), classes = decades(values.flat(), 6, 1);
  const words = (v) => (v > 0 ? (v < 1e-7 ? "<0.1" : count(Number((v * 1e6).toPrecision(2)))) : "·");
  return [figure("Collisions in a million years: the alliance's owners (rows) with everybody's objects (columns)", matrix({ rows: down.map(name(exposure.exposed_owner_names)), columns: across.map(name(codes)), values, classes, words, yTitle: "of ↓ with →" }),
    table({ caption: "Expected collisions a year between owners", label: "Matrix", rows: flat, sortBy: 2, falling: true, columns: [col("Objects of", "own"), col("with those of", "other"), as(scientific, "Collisions a year", "v")] })),
  legend(classes, values.flat(), "pairs")];
}
