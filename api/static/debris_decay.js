// Debris, decay: when objects come down, each with a window, the soonest first.

import { figure } from "./charts.js";
import { windows } from "./charts_debris.js";
import { el } from "./dom.js";
import { as, col, num, objects, table } from "./tables.js";
import { count, duration, fixed, minute } from "./words.js";

const LOWEST = 200, DRAWN = 30, LISTED = 2000, DAY = 86400e3;

export const DECAY = {
  id: "decay", title: "Decay", button: "Compute windows", route: "decay",

  asked({ whose, ...asked }, { catalogue }) {
    return { ...asked, objects: whose === "lowest" ? lowest(catalogue) : asked.objects && asked.objects.split(/[\s,;]+/).map((text) => Number(text) || text), limit: LISTED };
  },

  shown(app, answer) {
    const all = answer.windows, days = (text) => text && (Date.parse(text) - Date.parse(answer.start)) / DAY, falling = all.filter((row) => row.earliest), years = fixed(answer.horizon_days / 365.25, 0);
    const soon = falling.filter((row) => row.middle && days(row.middle) < 31).length, drawn = falling.slice(0, DRAWN);
    return { title: `${count(soon)} of ${count(answer.objects_counted)} come down within a month, ${count(falling.length)} perhaps within ${years} years`, parts: [
      el("p", {}, `From ${minute(answer.start)} UTC; ${count(all.filter((row) => row.is_computed).length - falling.length)} stay up for ${years} years or more.${all.length < answer.objects_counted ? ` ${count(all.length)} are listed.` : ""}`),
      drawn.length && figure(`From the earliest to the latest day, time by decades; the line is the middle${falling.length > DRAWN ? `; the first ${DRAWN} of ${count(falling.length)}` : ""}`, windows({ horizon: answer.horizon_days,
        rows: drawn.map((row) => ({ label: row.name || String(row.norad_id), earliest: days(row.earliest), middle: days(row.middle), latest: days(row.latest), manoeuvres: row.manoeuvres, onPick: () => app.choose(app.catalogue.rowOf(row.norad_id) ?? -1, { fly: true }) })) }), null),
      table({ caption: "Windows, the soonest first", label: "Windows", rows: all, columns: [objects(app),
        ...["earliest", "middle", "latest"].map((name) => col(name, name, (row) => (row[name] ? (days(row[name]) < 60 ? minute(row[name]) : row[name].slice(0, 10)) : row.is_computed ? "later" : "not computed"), "UTC")),
        as((v) => (v === null ? "–" : duration(v * 86400)), "In", "middle_days"), col("Manoeuvres", (row) => (row.manoeuvres ? "yes" : "no")), col("Drag by", "ballistic_basis"), num("Cd × area / mass", "m²/kg", "ballistic_m2_kg", 4),
        num("Perigee", "km", "perigee_altitude_km", 0), num("Apogee", "km", "apogee_altitude_km", 0), num("Age", "days", "elements_age_days", 1)] })] };
  },
};

/** The catalogue numbers of the lowest perigees that are still up. */
function lowest(catalogue) {
  const { perigee_height_km: heights } = catalogue.columns;
  return heights.map((_, row) => row).filter((row) => heights[row] !== null && !catalogue.decayed[row]).sort((a, b) => heights[a] - heights[b]).slice(0, LOWEST).map((row) => catalogue.id(row));
}
