// Passes over sites: Gantt, table, sky plot, files. Every question is /v1/passes; the address holds it.

import { figure, gantt, sky } from "./charts.js";
import { announce, el, field, options, entry } from "./dom.js";
import { answerOfJob, ask, isAborted } from "./service.js";
import { has, param, write } from "./state.js";
import { col, num, table } from "./tables.js";
import { asUtc, clock, count, duration, fixed, iso, minute, place, problemLines } from "./words.js";

const LIT = "#e6a700", SHADOW = "#5a84b8", MOST_ROWS = 40, LIMIT = 3000;
const NAMES = ["start", "hours", "min_elevation", "alliance", "mission", "commercial", "objects", "all"];

export class PassesView {
  static id = "passes";
  static title = "Passes";

  constructor(app) { this.app = app; }

  show(box) {
    const { app } = this;
    this.answer = null;
    // an address of before: lat and lon
    if (has("lat") && has("lon") && !has("sites")) write({ sites: `${param("lat")},${param("lon")}${param("alt_m") ? `,${param("alt_m")}` : ""}`, lat: null, lon: null, alt_m: null });
    const isWhole = has("sites") && has("start");
    this.sites = (param("sites") || (app.site ? `${app.site.latitude},${app.site.longitude}` : "54.9,23.9")).split(";").map((text) => text.trim()).filter(Boolean);
    const mission = param("mission", isWhole ? "" : "imaging");
    this.add = entry("site", "", { placeholder: "Kaunas=54.9,23.9", "aria-label": "A site: latitude,longitude or NAME=latitude,longitude" });
    this.list = el("ul", { class: "legend" });
    const commercial = el("input", { type: "checkbox", name: "commercial", value: "true" });
    const all = el("input", { type: "checkbox", name: "all", value: "true" });
    commercial.checked = param("commercial") === "true";
    all.checked = param("all") === "true";
    this.form = el("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); void this.find(); } },
      el("fieldset", {}, el("legend", {}, "Sites"), this.list,
        el("div", { class: "actions" }, this.add,
          el("button", { type: "button", onclick: () => { if (this.add.value.trim()) { this.sites.push(this.add.value.trim()); this.add.value = ""; this._sites(); } } }, "Add"),
          el("button", { type: "button", onclick: () => this._onMap() }, "Choose on the map"))),
      el("fieldset", {}, el("legend", {}, "Satellites"),
        el("div", { class: "fields" },
          field("Alliance or state", "", entry("alliance", param("alliance", isWhole ? "" : "NATO"), { list: "alliances" }), "wide"),
          field("Mission", "", el("select", { name: "mission" }, options(app.catalogue.missions, mission))),
          field("or catalogue numbers", "", entry("objects", param("objects"), { inputmode: "numeric", placeholder: "25544, 48274" }), "wide"),
          el("label", { class: "check" }, commercial, "companies, too"), el("label", { class: "check" }, all, "every object instead"))),
      el("fieldset", {}, el("legend", {}, "When and how high"),
        el("div", { class: "fields" },
          field("Start", "UTC", entry("start", minute(param("start") || iso(app.clock.ms)), { required: true }), "wide"),
          field("Length", "hours", entry("hours", param("hours", "12"), { inputmode: "decimal" })),
          field("Elevation", "deg or horizon", entry("min_elevation", param("min_elevation", "10"), { title: "A number, or a horizon such as 0:5,180:15 (azimuth:elevation)" }), "wide"))),
      el("div", { class: "actions" }, this.button = el("button", { class: "go" }, "Find passes"), this.status = el("span", { class: "status", role: "status" })));
    this.result = el("section", { "aria-label": "Passes", hidden: true });
    box.append(el("h2", {}, "Who passes over, and when"), this.form, this.result);
    this._sites();
    if (param("job")) return this._ofJob(param("job"));
    return isWhole ? this.find() : undefined;
  }

  hide() { this._ask?.abort(); write({ job: null }); }

  /** The answer of a job that the address names. */
  async _ofJob(id) {
    this._ask = new AbortController();
    try {
      this.asked = null;
      this._show(await answerOfJob(id, { signal: this._ask.signal, onJob: (job) => { this.status.textContent = `Job ${job.state}`; } }));
      this.status.textContent = "";
    } catch (problem) {
      this.app.tell(problem);
    }
  }

  _sites() {
    this.list.replaceChildren(...this.sites.map((text, k) => el("li", { class: "split" }, el("span", {}, text),
      el("button", { type: "button", class: "flat", "aria-label": `Take ${text} out`, onclick: () => { this.sites.splice(k, 1); this._sites(); } }, "✕"))));
    this.app.showSites(this.sites.map((text) => {
      const [name, at] = text.includes("=") ? text.split("=") : [text, text], [latitude, longitude] = at.split(",").map(Number);
      return { name, latitude, longitude };
    }).filter((site) => Number.isFinite(site.latitude) && Number.isFinite(site.longitude)));
  }

  _onMap() {
    this.status.textContent = "Click on the ground.";
    this.app.onGround((at) => {
      this.app.onGround(null);
      this.status.textContent = "";
      this.sites.push(`${at.latitude.toFixed(3)},${at.longitude.toFixed(3)}`);
      this._sites();
    });
  }

  _asked() {
    const fields = this.form.elements, asked = new URLSearchParams();
    for (const text of this.sites) asked.append("site", text);
    for (const name of ["objects", "alliance", "mission", "start", "hours", "min_elevation"]) {
      const text = fields[name].value.trim();
      if (text) asked.set(name, name === "start" ? asUtc(text) : text);
    }
    if (fields.commercial.checked) asked.set("commercial", "true");
    if (fields.all.checked) {
      asked.set("all", "true");
      for (const name of ["objects", "alliance", "commercial"]) asked.delete(name);
    } else if (asked.has("objects")) {  // numbers go before an alliance
      asked.delete("alliance");
      asked.delete("commercial");
      if (!has("mission")) asked.delete("mission");
    }
    return asked;
  }

  async find() {
    const { app } = this;
    app.clear();
    if (this.add.value.trim()) { this.sites.push(this.add.value.trim()); this.add.value = ""; this._sites(); }
    const asked = this._asked();
    this._ask?.abort();
    this._ask = new AbortController();
    this.button.disabled = true;
    this.status.textContent = "Computing…";
    const began = performance.now();
    try {
      asked.set("limit", String(LIMIT));
      const answer = await ask(`/v1/passes?${asked}`, { signal: this._ask.signal });
      asked.delete("limit");
      const kept = Object.fromEntries(NAMES.map((name) => [name, asked.get(name)]));
      write({ ...kept, sites: this.sites.join(";") });
      this.status.textContent = `Answered in ${fixed((performance.now() - began) / 1000, 1)} s.`;
      this.asked = asked;
      this._show(answer);
    } catch (problem) {
      this.status.textContent = "";
      this.result.hidden = true;
      app.tell(problem);
    } finally {
      this.button.disabled = false;
    }
  }

  _show(answer) {
    const { app } = this;
    this.answer = answer;
    const from = Date.parse(answer.start), to = Date.parse(answer.end);
    if (app.clock.ms < from || app.clock.ms > to) app.clock.set(from);
    app.timeline.setMarks(answer.passes.slice(0, 800).map((pass) => ({ from: Date.parse(pass.rise.time), to: Date.parse(pass.set.time), colour: pass.sunlit ? LIT : SHADOW, label: `${pass.name} over ${pass.site}` })));
    const link = (format) => { const query = new URLSearchParams(this.asked); query.set("format", format); return el("a", { href: `/v1/passes?${query}` }, format.toUpperCase()); };
    const several = answer.sites.length > 1;
    this.chart = el("div");
    this.table = el("div");
    this.sky = el("div");
    const heading = el("h2", { tabindex: -1 }, "Passes");
    this.result.replaceChildren(
      el("div", { class: "split" }, heading, this.asked && el("p", { class: "links" }, link("csv"), link("ics"), link("json"))),
      el("p", { id: "summary" }, `${count(answer.passes_found)} ${answer.passes_found === 1 ? "pass" : "passes"} of ${count(answer.objects_searched)} ${answer.objects_searched === 1 ? "object" : "objects"} over ${answer.sites.length === 1 ? "one site" : `${answer.sites.length} sites`}, ${framed(answer)}`),
      this.chart, this.sky, this.table, ...restOf(answer));
    this.result.hidden = false;
    this.several = several;
    this._redraw();
    heading.focus({ preventScroll: true });
    announce(`${answer.passes_found} passes found`);
    const chosen = answer.passes.find((pass) => keyOf(pass) === param("pass"));
    if (chosen) void this.pick(chosen, false);
  }

  _redraw() {
    const { answer, app } = this, groups = new Map();
    for (const pass of answer.passes) {
      const name = this.several ? `${pass.site}: ${pass.name}` : pass.name || "unnamed", key = `${pass.site} ${pass.norad_id}`;
      if (!groups.has(key)) groups.set(key, { label: name, bars: [] });
      groups.get(key).bars.push({ from: Date.parse(pass.rise.time), to: Date.parse(pass.set.time), colour: pass.sunlit ? LIT : SHADOW, isChosen: keyOf(pass) === param("pass"),
        title: `${pass.name}: ${clock(pass.rise.time)} to ${clock(pass.set.time)}, ${fixed(pass.culmination.elevation_deg, 0)}° at the highest`, onPick: () => this.pick(pass) });
    }
    const rows = [...groups.values()], shown = rows.slice(0, MOST_ROWS);
    const picture = gantt({ rows: shown, from: Date.parse(answer.start), to: Date.parse(answer.end), now: app.clock.ms });
    const title = `Passes against time (UTC): bright bars are sunlit at the highest point, dark ones in shadow${rows.length > shown.length ? `; the first ${MOST_ROWS} of ${rows.length} rows` : ""}`;
    this.chart.replaceChildren(rows.length ? figure(title, picture, null) : el("p", {}, "No pass in this window."));
    this.table.replaceChildren(table({
      caption: `Every pass${answer.passes_found > answer.passes.length ? `: the first ${count(answer.passes.length)}; the files hold more` : ""}`, label: "Table of passes", rows: answer.passes, isChosen: (pass) => keyOf(pass) === param("pass"),
      columns: [
        col("Object", "name", (pass) => [el("button", { type: "button", class: "link", onclick: () => this.pick(pass) }, pass.name || "unnamed"), " ", el("span", { class: "id" }, String(pass.norad_id))]),
        ...(this.several ? [col("Site", "site")] : []),
        col("Rise", (pass) => pass.rise.time, (pass) => [clock(pass.rise.time, true), pass.cut_at_start && el("span", { class: "cut" }, " already up")], "UTC"),
        col("Highest", (pass) => pass.culmination.time, (pass) => clock(pass.culmination.time)),
        num("Elevation", "°", (pass) => pass.culmination.elevation_deg, 1),
        col("Set", (pass) => pass.set.time, (pass) => [clock(pass.set.time), pass.cut_at_end && el("span", { class: "cut" }, " still up")]),
        col("Light", (pass) => `${pass.sunlit ? "sunlit" : "in shadow"}${pass.site_is_dark ? ", site dark" : ""}`),
        { ...col("Azimuth", (pass) => pass.rise.azimuth_deg, (pass) => `${fixed(pass.rise.azimuth_deg, 0)} → ${fixed(pass.set.azimuth_deg, 0)}`, "°"), number: true },
        num("Range", "km", (pass) => pass.culmination.range_km, 0), num("±", "s", "time_plus_minus_s", 1), num("Age", "days", "elements_age_days", 1),
      ],
    }));
  }

  /** Shows one pass: its path through the sky, and the object on the globe. */
  async pick(pass, moves = true) {
    const { app } = this, site = this.answer.sites.find((one) => one.name === pass.site);
    write({ pass: keyOf(pass) });
    this._redraw();
    if (moves) app.clock.set(Date.parse(pass.culmination.time));
    void app.choose(app.catalogue.rowOf(pass.norad_id) ?? -1);
    const length = (Date.parse(pass.set.time) - Date.parse(pass.rise.time)) / 1000;
    const query = new URLSearchParams({ lat: site.latitude_deg, lon: site.longitude_deg, alt_m: site.altitude_m, start: pass.rise.time, end: pass.set.time, step_s: String(Math.max(length / 160, 1).toFixed(2)) });
    try {
      const path = await ask(`/v1/objects/${pass.norad_id}/sky?${query}`, { signal: this._ask?.signal });
      const mask = Math.min(...this.answer.min_elevation.map((point) => point.elevation_deg));
      const every = Math.max(Math.floor(path.points.length / 12), 1);
      const rows = path.points.filter((_, k) => k % every === 0 || k === path.points.length - 1);
      this.sky.replaceChildren(figure(`${pass.name || "unnamed"} in the sky of ${site.name === `${site.latitude_deg},${site.longitude_deg}` ? place(site.latitude_deg, site.longitude_deg) : site.name}, ${clock(pass.rise.time, true)} to ${clock(pass.set.time)} UTC, ${duration(length)}`,
        sky(path.points, mask), table({ caption: "Path through the sky", rows, columns: [
          col("Time", "time", (point) => clock(point.time), "UTC"), num("Azimuth", "°", "azimuth_deg", 1), num("Elevation", "°", "elevation_deg", 1), num("Range", "km", "range_km", 0), col("Light", (point) => (point.sunlit ? "sunlit" : "in shadow")),
        ] })));
    } catch (problem) {
      if (!isAborted(problem)) this.sky.replaceChildren(el("p", { class: "note" }, problemLines(problem)[0]));
    }
  }
}

const keyOf = (pass) => `${pass.norad_id}@${pass.rise.time.slice(0, 19)}@${pass.site}`;

/** How many objects are not in an answer, in words beside it; `restOf` tells which and why. */
export function restInWords({ failed = [], skipped = [], skipped_count = skipped.length, left_out = {}, without_sensor = [] }) {
  const left = Object.values(left_out).reduce((sum, one) => sum + one, 0);
  const said = [[failed.length, "without a position"], [skipped_count, "skipped"], [without_sensor.length, "without a known sensor"], [left, "left out for the reasons below"]]
    .filter(([number]) => number).map(([number, words]) => `${count(number)} ${words}`);
  return said.length ? ` Objects not in it: ${said.join(", ")}.` : " No object was skipped or left out.";
}

/** The window and the catalogue of an answer, and what is not in it. */
export const framed = (answer, missing = answer) =>
  `${clock(answer.start, true)} to ${clock(answer.end, true)} UTC, ${answer.catalogue.data_mode} catalogue.${restInWords(missing)}`;

/** What every answer says besides: what failed, what was left out, and its caveats. */
export function restOf(answer) {
  const failed = (answer.failed ?? []).map((one) => `${one.norad_id} ${one.name}: SGP4 status ${one.status}, ${one.reason}`);
  const skipped = (answer.skipped ?? []).map((one) => `${one.norad_id} ${one.name ?? ""}: ${one.reason}`);
  const leftOut = Object.entries(answer.left_out ?? {}).map(([reason, number]) => `${count(number)}: ${reason}`);
  const list = (title, lines, all = lines.length) => lines.length && [el("h3", {}, title), el("ul", { class: "note" }, lines.slice(0, 40).map((line) => el("li", {}, line)), all > 40 && el("li", {}, `and ${count(all - 40)} more`))];
  return [list("Objects without a position", failed), list("Skipped", skipped, answer.skipped_count), list("Left out", leftOut),
    (answer.caveats ?? []).length && [el("h3", {}, "What to know"), el("ul", { class: "caveats", id: "caveats" }, answer.caveats.map((text) => el("li", {}, text)))]].flat(2).filter(Boolean);
}

