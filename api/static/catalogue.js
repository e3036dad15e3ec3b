// The whole catalogue in columns, as the service sends it: search, filters and colours of 30,000 rows in milliseconds.

import { AGES, BODIES, FLEETS, OTHERS, REMAINS, SHARED, UNKNOWN, wheel } from "./colours.js";
import { ask } from "./service.js";
import { KINDS, ORBITS } from "./words.js";

const LISTED_GROUPS = 10;
const DAY = 86400e3;
export const COLOURINGS = [["alliance", "Alliance"], ["owner", "Owner"], ["mission", "Mission"], ["type", "Type"], ["regime", "Orbit"], ["age", "Age of elements"]];

/** @typedef {{label: string, colour: string, size: number, count: number, key: string}} Group */

export class Catalogue {
  /** @param {any} answer of /v1/catalogue/columns */
  constructor(answer) {
    this.columns = answer;
    this.stamp = answer.catalogue;
    this.caveats = answer.caveats;
    this.n = answer.norad_id.length;
    this.atMs = Date.parse(answer.at);
    /** @type {string[]|undefined} */ this._made = undefined;
    this._row = new Map(answer.norad_id.map((id, row) => [id, row]));
    this.decayed = new Uint8Array(this.n);
    for (const row of answer.decayed_rows) this.decayed[row] = 1;
    /** 255: none; else the alliance's place, 128 more for what it shares with others */
    this.fleet = new Uint8Array(this.n).fill(255);
    answer.alliances.forEach((alliance, place) => {
      for (const row of alliance.shared) if (this.fleet[row] === 255) this.fleet[row] = 128 + place;
      for (const row of alliance.rows) if (this.fleet[row] > 127) this.fleet[row] = place;
    });
  }

  /** @param {string[]} alliances */
  static async load(alliances, { commercial = false } = {}) {
    const query = new URLSearchParams(alliances.map((name) => ["alliance", name]));
    if (commercial) query.set("commercial", "true");
    return new Catalogue(await ask(`/v1/catalogue/columns?${query}`));
  }

  /** What a search looks into, row by row; made when it is first needed. */
  get _texts() {
    const { name: names, object_id: designators, norad_id: numbers } = this.columns;
    return (this._made ??= names.map((name, row) => `${name} ${designators[row]} ${numbers[row]} ${name.replace(/[^a-z0-9]/gi, "")}`.toLowerCase()));
  }

  /** @returns {number|undefined} */
  rowOf(noradId) { return this._row.get(Number(noradId)); }

  value(column, row) { return this.columns[column].values[this.columns[column].codes[row]]; }
  id(row) { return this.columns.norad_id[row]; }
  name(row) { return this.columns.name[row] || "unnamed"; }
  ownerName(row) {
    const code = this.value("owner", row);
    return code === null ? "owner not known" : this.columns.owner_names[code] ?? code;
  }

  /** Missions to choose from, as options: all that image together, then each. */
  get missions() {
    return ["", "imaging", ...this.columns.mission.values.filter((name) => name && name !== "unknown").sort()].map((name) => [name, name || "any"]);
  }

  /** Age of a row's elements, days, at a time; negative before its epoch. */
  ageDays(row, ms) { return this.columns.epoch_age_days[row] + (ms - this.atMs) / DAY; }

  /** The alliance that a row counts for, in words. */
  fleetWords(row) {
    const code = this.fleet[row];
    if (code === 255) return "none of those asked for";
    const alliance = this.columns.alliances[code % 128];
    return code > 127 ? `shared by ${alliance.name} with others` : alliance.name;
  }

  /**
   * Which rows are shown.
   * @param {{q?: string, type?: string, regime?: string, mission?: string, owner?: string, fleet?: string}} filter
   */
  matching(filter) {
    const keep = new Uint8Array(this.n);
    const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean), texts = words.length ? this._texts : [];
    const tests = [["object_type", filter.type], ["regime", filter.regime], ["mission", filter.mission], ["owner", filter.owner]]
      .filter(([, wanted]) => wanted).map(([column, wanted]) => {
        const values = new Set(String(wanted).split(",").map((text) => (text === "unknown" ? null : text)));
        return [this.columns[column].codes, this.columns[column].values.map((value) => values.has(value) || (value === "unknown" && values.has(null)))];
      });
    for (let row = 0; row < this.n; row++) {
      keep[row] = !this.decayed[row]
        && tests.every(([codes, passes]) => passes[codes[row]])
        && (!filter.fleet || (filter.fleet === "counted" ? this.fleet[row] < 128 : this.fleet[row] < 255))
        && words.every((word) => texts[row].includes(word)) ? 1 : 0;
    }
    return keep;
  }

  /**
   * The groups of a colouring and the group of each row.
   * @returns {{groups: Group[], codes: Uint8Array}}
   */
  coloured(by, ms) {
    const codes = new Uint8Array(this.n);
    if (by === "alliance") return this._byAlliance(codes);
    if (by === "age") {
      const groups = AGES.map(([, label, colour], k) => group(label, colour, 3, String(k)));
      for (let row = 0; row < this.n; row++) {
        const age = Math.abs(this.ageDays(row, ms));
        codes[row] = AGES.findIndex(([most]) => age <= Number(most));
        groups[codes[row]].count++;
      }
      return { groups, codes };
    }
    const column = this.columns[by === "type" ? "object_type" : by];
    const counts = new Array(column.values.length).fill(0);
    for (const code of column.codes) counts[code]++;
    const order = counts.map((_, code) => code).sort((a, b) => counts[b] - counts[a])
      .filter((code) => column.values[code] !== null && column.values[code] !== "unknown").slice(0, LISTED_GROUPS);
    const names = by === "type" ? KINDS : by === "regime" ? ORBITS : by === "owner" ? this.columns.owner_names : {};
    const groups = order.map((code, k) => group(names[column.values[code]] ?? column.values[code], wheel(k), 3, column.values[code]));
    groups.push(group("others", OTHERS, 2, "others"), group("not known", REMAINS, 2, "unknown"));
    const place = column.values.map((value, code) => (value === null || value === "unknown" ? order.length + 1 : order.includes(code) ? order.indexOf(code) : order.length));
    column.codes.forEach((code, row) => { codes[row] = place[code]; groups[codes[row]].count++; });
    return used(groups, codes);
  }

  _byAlliance(codes) {
    const groups = this.columns.alliances.map((alliance, k) => group(alliance.name, FLEETS[k], 3, alliance.id));
    const fleets = groups.length;
    groups.push(group("shared with others", SHARED, 2.8, "shared"), group("other payloads", OTHERS, 2.2, "others"),
      group("rocket bodies", BODIES, 1.8, "R/B"), group("debris", REMAINS, 1.5, "DEB"), group("kind not known", UNKNOWN, 2, "unknown"));
    const kinds = this.columns.object_type.values.map((kind) => ({ PAY: 1, "R/B": 2, DEB: 3 })[kind] ?? 4);
    for (let row = 0; row < this.n; row++) {
      const fleet = this.fleet[row];
      codes[row] = fleet < 128 ? fleet : fleet < 255 ? fleets : fleets + kinds[this.columns.object_type.codes[row]];
      groups[codes[row]].count++;
    }
    return used(groups, codes);
  }
}

/** @returns {Group} */
const group = (label, colour, size, key) => ({ label, colour, size, key, count: 0 });

/** Without the groups that nobody is in. */
function used(groups, codes) {
  const kept = groups.filter((one) => one.count), place = groups.map((one) => kept.indexOf(one));
  return { groups: kept, codes: codes.map((code) => place[code]) };
}
