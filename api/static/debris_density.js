// Debris, density: how many objects there are in a cubic kilometre, by altitude and inclination.

import { figure } from "./charts.js";
import { heatMap, legend } from "./charts_debris.js";
import { decades } from "./colours.js";
import { el } from "./dom.js";
import { as, behind, col, table, tiles } from "./tables.js";
import { count, fixed, scientific } from "./words.js";

const KINDS = [["payload", "payloads", "#4aa3df"], ["rocket body", "rocket bodies", "#e69f00"], ["debris", "debris", "#2bb07f"], ["unknown", "not known", "#9aa5b1"]];

export const DENSITY = {
  id: "density", title: "Density", button: "Compute density", route: "density", isQuick: true,

  /** A choice of altitudes fills the fields and asks; what is written makes it "as written". */
  wired({ elements: { heights, altitude_min_km: low, altitude_max_km: high, width_km: width } }, find) {
    const fields = [low, high, width], isChosen = () => { heights.value = fields.map((one) => one.value).join(); heights.selectedIndex = heights.selectedIndex < 0 ? 3 : heights.selectedIndex; };
    isChosen();
    fields.forEach((one) => one.addEventListener("input", isChosen));
    heights.addEventListener("change", () => { if (heights.value) { heights.value.split(",").forEach((km, k) => { fields[k].value = km; }); void find(); } });
  },

  asked: (values) => ({ ...values, by_inclination: true }),

  shown(_app, answer) {
    const { shells, by_inclination_per_km3: rows } = answer, edges = [shells[0].altitude_min_km, ...shells.map((one) => one.altitude_max_km)];
    const cells = rows.flatMap((row, r) => row.map((v, deg) => ({ v, deg, km: edges[r], words: between(r) }))).filter(({ v }) => v > 0).sort((a, b) => b.v - a.v);
    const values = cells.map(({ v }) => v), classes = decades(values), all = shells.map((one) => one.density_per_km3), top = all.indexOf(Math.max(...all));
    const stack = KINDS.map(([kind, name, colour]) => ({ name, colour, values: shells.map((one) => one.by_class_per_km3[kind]) })).filter((one) => one.values.some(Boolean));
    const under = el("p", { class: "hint", "aria-hidden": "true" }, "Point at the picture to read it.");
    function between(r) { return `${count(edges[r])} to ${count(edges[r + 1])} km`; }
    return { title: `Densest from ${between(top)}: ${scientific(all[top])} per km³`, parts: [
      tiles([[fixed(all[top] * 1e9, 0), "objects in a cube of 1,000 km there"], [cells.length ? `${cells[0].deg}° to ${cells[0].deg + 1}°` : "–", `densest inclination, ${cells[0]?.words}`], [count(Math.round(answer.objects_in_shells)), "objects in these shells, mean"]]),
      figure("Objects per km³ by altitude and inclination (colour), and over all inclinations by kind (bars)",
        heatMap({ rows, edges, classes, stack, onCell: (r, deg) => { under.textContent = `${between(r)}, ${deg}° to ${deg + 1}°: ${scientific(rows[r][deg])} per km³; all inclinations ${scientific(all[r])}.`; } }),
        table({ caption: "Shells, objects per km³", label: "Shells", rows: shells.map((one, r) => ({ ...one, ...one.by_class_per_km3, words: between(r) })), columns: [
          col("Altitude", "altitude_min_km", (row) => row.words), as(scientific, "all", "density_per_km3"), ...KINDS.map(([kind, name]) => as(scientific, name, kind))] }), "Shells as a table"),
      under, legend(classes, values, "cells"),
      behind("Cells of altitude and inclination as a table", table({ caption: `${count(cells.length)} cells that hold anything, the densest first`, label: "Cells", rows: cells, columns: [
        col("Altitude", "km", (row) => row.words), as((deg) => `${deg}° to ${deg + 1}°`, "Inclination", "deg"), as(scientific, "Objects per km³", "v")] }))] };
  },
};
