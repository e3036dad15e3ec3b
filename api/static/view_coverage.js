// Coverage of a region by a fleet: cells shaded, against time, gaps, who adds what, and what is lost without whom.

import { briefing } from "./briefing.js";
import { bars, figure, lines } from "./charts.js";
import { scale } from "./colours.js";
import { announce, el, field, isCalm, options, entry } from "./dom.js";
import { circle } from "./geometry.js";
import { Heavy } from "./heavy.js";
import { param, write } from "./state.js";
import { as, behind, col, num, table, tiles } from "./tables.js";
import { asUtc, clock, count, duration, fixed, iso, minute, percent, place } from "./words.js";
import { framed, restOf } from "./view_passes.js";

const MEASURES = [["covered_fraction", "share of the time covered"], ["mean_fold", "objects at once, mean"], ["accesses", "accesses"], ["max_gap_s", "longest gap"],
  ["mean_gap_s", "mean gap"], ["mean_revisit_s", "mean revisit"], ["mean_response_s", "mean response"], ["time_average_gap_s", "time-average gap"]];
const KINDS = [["country", "country"], ["alliance", "territory of an alliance"], ["box", "box: W,S,E,N"], ["circle", "circle: LAT,LON,KM"], ["poly", "drawn on the map"], ["file", "GeoJSON file"], ["world", "whole world"]];
/** What is said of a region first. */
const MEASURED = [["covered_fraction", "of area and time covered", percent], ["mean_fold", "objects at once, mean", (v) => fixed(v, 2)], ["max_gap_s", "longest gap anywhere", duration],
  ["mean_gap_s", "mean gap", duration], ["mean_revisit_s", "mean revisit", duration], ["max_response_s", "longest response", duration], ["time_average_gap_s", "time-average gap", duration]];
const BLUE = "#4aa3df", ORANGE = "#e69f00", GREEN = "#2bb07f";

export class CoverageView {
  static id = "coverage";
  static title = "Coverage";

  constructor(app) { this.app = app; this.base = null; }

  show(box) {
    const { app } = this, given = param("region", "country:Lithuania"), [kind, rest] = split(given);
    const commercial = el("input", { type: "checkbox", name: "commercial" }), contribution = el("input", { type: "checkbox", name: "contribution" });
    commercial.checked = param("commercial") === "true";
    contribution.checked = param("contribution", "true") === "true";
    this.kind = el("select", { name: "kind", onchange: () => this._kind(true) }, options(KINDS, kind));
    this.where = entry("region", rest, { list: "countries" });
    this.file = el("input", { type: "file", name: "file", accept: ".json,.geojson,application/geo+json", onchange: () => void this._file() });
    this.tools = el("div", { class: "actions" });
    const sensor = param("sensor"), cone = param("nadir_half_angle_deg"), elevation = param("min_elevation_deg");
    this.sensor = el("select", { name: "how", onchange: () => this._sensor() }, options([["", "each object's own sensor"], ["sensor", "one named sensor"], ["nadir_half_angle_deg", "a cone about the nadir, deg"], ["min_elevation_deg", "above an elevation, deg, or 0:5,180:15"]],
      sensor ? "sensor" : cone ? "nadir_half_angle_deg" : elevation ? "min_elevation_deg" : ""));
    this.sensorValue = entry("sensor_value", sensor || cone || elevation);
    this.form = el("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); void this.compute(); } },
      el("fieldset", {}, el("legend", {}, "Region"), el("div", { class: "fields" }, field("Kind", "", this.kind, "wide"), this.whereField = field("Which", "", this.where, "wide"), this.fileField = field("File", "", this.file, "wide")), this.tools),
      el("fieldset", {}, el("legend", {}, "Fleet"),
        el("div", { class: "fields" },
          field("Alliance or state", "", entry("alliance", param("alliance", "NATO"), { list: "alliances" }), "wide"),
          field("Partners", "added, and compared", entry("partners", param("partners"), { list: "alliances" }), "wide"),
          field("Mission", "", el("select", { name: "mission" }, options(app.catalogue.missions, param("mission", "imaging")))),
          field("Use", "", el("select", { name: "use" }, options([["access", "access: could be tasked"], ["swath", "swath: routine"]], param("use", "access")))),
          field("Sensor", "", this.sensor, "wide"), this.sensorField = field("Value", "", this.sensorValue),
          el("label", { class: "check" }, commercial, "companies, too"))),
      el("fieldset", {}, el("legend", {}, "When and how finely"),
        el("div", { class: "fields" },
          field("Start", "UTC", entry("start", minute(param("start") || iso(app.clock.ms))), "wide"), field("Length", "hours", entry("hours", param("hours", "24"), { inputmode: "decimal" })),
          field("Cell", "km, empty: fitting", entry("cell_km", param("cell_km"), { inputmode: "decimal" })),
          el("label", { class: "check" }, contribution, "who adds what"))),
      (this.heavy = new Heavy("/v1/coverage", "Compute coverage")).parts);
    this.result = el("section", { "aria-label": "Coverage", hidden: true });
    box.append(el("h2", {}, "Who sees what of a region, when, and who would be missed"), this.form, briefing(app, () => this._briefed()), this.result);
    this.drawn = kind === "poly" ? rest.split(";").map((pair) => pair.split(",").map(Number)) : [];
    this._kind();
    this._sensor();
    if (param("job")) return this._ofJob(param("job"));
    return param("region") && param("start") && param("computed") === "1" && kind !== "file" ? this.compute() : undefined;
  }

  hide() { this.heavy.stop(); write({ job: null }); }

  /** The answer of a job that the address names. */
  _ofJob(id) {
    return this.heavy.told(this, async () => {
      const answer = await this.heavy.ofJob(id);
      Object.assign(this, { base: answer, bare: null, out: new Set() });
      this.show_(answer);
    });
  }

  _kind(isFresh = false) {
    const kind = this.kind.value;
    if (isFresh) this.where.value = { country: "Lithuania", alliance: "NATO", box: "20,53,29,60", circle: "54.9,23.9,500", poly: "", world: "", file: "" }[kind];
    this.where.setAttribute("list", kind === "country" ? "countries" : kind === "alliance" ? "alliances" : "");
    this.whereField.hidden = ["poly", "file", "world"].includes(kind);
    this.fileField.hidden = kind !== "file";
    this.app.onGround(null);
    this.tools.replaceChildren();
    if (kind === "poly") this._draw();
    this._edge();
  }

  _sensor() { this.sensorField.hidden = !this.sensor.value; }

  _draw() {
    const { app } = this;
    const say = el("span", { class: "hint" }), redo = () => { this._edge(); say.textContent = `${this.drawn.length} corners; click on the map to add one`; };
    this.tools.replaceChildren(el("button", { type: "button", onclick: () => { app.onGround((at) => { this.drawn.push([at.longitude, at.latitude]); redo(); }); redo(); } }, "Draw"),
      el("button", { type: "button", onclick: () => { this.drawn.pop(); redo(); } }, "Take the last back"), el("button", { type: "button", onclick: () => { this.drawn = []; redo(); } }, "Begin anew"), say);
    redo();
  }

  async _file() {
    const file = this.file.files[0];
    if (!file) return;
    try {
      this.geojson = JSON.parse(await file.text());
    } catch {
      this.app.tell({ errors: [{ field: "file", value: file.name, reason: "is no JSON; give a GeoJSON polygon" }] });
    }
  }

  /** The region's edge on the stage, as far as the page knows it. */
  _edge() {
    const kind = this.kind.value, text = this.where.value, numbers = text.split(",").map(Number), drawn = [];
    if (kind === "country") {
      const found = this.app.outlines.find((one) => one.name.toLowerCase() === text.toLowerCase() || one.iso3 === text.toUpperCase());
      for (const ring of found?.rings ?? []) drawn.push([...ring, ring[0]]);
    } else if (kind === "box" && numbers.length === 4 && numbers.every(Number.isFinite)) {
      const [w, s, e0, n] = numbers, e = e0 < w ? e0 + 360 : e0;
      drawn.push([[w, s], [e, s], [e, n], [w, n], [w, s]]);
    } else if (kind === "circle" && numbers.length === 3 && numbers.every(Number.isFinite)) drawn.push(circle(numbers[0], numbers[1], numbers[2] / 6371));
    else if (kind === "poly" && this.drawn.length > 1) drawn.push([...this.drawn, this.drawn[0]]);
    this.app.stage.setDrawn(drawn.map((points) => ({ points, colour: ORANGE })));
  }

  _region() {
    const kind = this.kind.value;
    if (kind === "world") return ["world", "world"];
    if (kind === "file") return [this.geojson ?? "", `file:${this.file.files[0]?.name ?? ""}`];
    if (kind === "poly") return [{ type: "Polygon", coordinates: [[...this.drawn, this.drawn[0]]] }, `poly:${this.drawn.map((pair) => pair.map((v) => v.toFixed(3)).join(",")).join(";")}`];
    return [`${kind}:${this.where.value.trim()}`, `${kind}:${this.where.value.trim()}`];
  }

  _asked() {
    const fields = this.form.elements, [region, written] = this._region();
    /** @type {any} */ const asked = { region, start: asUtc(fields.start.value), hours: Number(fields.hours.value), use: fields.use.value, cells: true, contribution: fields.contribution.checked };
    if (fields.cell_km.value.trim()) asked.cell_km = Number(fields.cell_km.value);
    if (this.sensor.value) asked[this.sensor.value] = this.sensorValue.value.trim();
    const fleet = { alliance: fields.alliance.value.trim(), commercial: fields.commercial.checked };
    if (fields.mission.value) fleet.mission = fields.mission.value;
    if (fields.partners.value.trim()) fleet.partners = fields.partners.value.trim();
    return { asked: { ...asked, ...fleet }, bare: asked, written };
  }

  /** The same question for a briefing. */
  _briefed() {
    const { region, alliance, partners, mission, commercial, use, start, hours, cell_km } = this._asked().asked;
    return { region, alliance, partners, mission, commercial, use, start, hours, cell_km };
  }

  compute() {
    const { app } = this;
    app.clear();
    app.onGround(null);
    const { asked, bare, written } = this._asked(), fields = this.form.elements;
    if (this.kind.value === "poly" && this.drawn.length < 3) { app.tell({ errors: [{ field: "region", value: "", reason: "needs three corners or more; draw them on the map" }] }); return; }
    return this.heavy.told(this, async () => {
      const { answer, job } = await this.heavy.ask(asked);
      write({ job: job?.id ?? null,  region: written, alliance: asked.alliance, mission: asked.mission ?? null, partners: asked.partners ?? null, commercial: asked.commercial ? "true" : null, use: asked.use, start: asked.start, hours: asked.hours, cell_km: asked.cell_km ?? null,
        sensor: asked.sensor ?? null, nadir_half_angle_deg: asked.nadir_half_angle_deg ?? null, min_elevation_deg: asked.min_elevation_deg ?? null, contribution: String(fields.contribution.checked), computed: "1" });
      this.base = answer;
      this.bare = bare;
      this.out = new Set();
      this.show_(answer);
    });
  }

  /** Draws an answer; `without` says what was taken out. */
  show_(answer, without = "") {
    const { app } = this, m = answer.measures, before = without ? this.base.measures : null;
    this.answer = answer;
    const change = (name, text) => { if (!before || before[name] === null || m[name] === null) return ""; const d = m[name] - before[name]; return Math.abs(d) < 1e-9 ? "unchanged" : `${d > 0 ? "+" : "−"}${text(Math.abs(d))}`; };
    const heading = el("h2", { tabindex: -1 }, `${answer.region.name}: ${percent(m.covered_fraction)} covered${without ? ` ${without}` : ""}`);
    this.map = el("div");
    this.result.replaceChildren(...[
      heading,
      el("p", { id: "summary" }, `${count(answer.fleet.length)} objects, ${count(answer.region.cells)} cells${answer.region.cell_km ? ` of ${fixed(answer.region.cell_km, 0)} km` : ""}, ${count(Math.round(answer.region.area_km2))} km², ${answer.use}, ${framed(answer)}`),
      tiles([...MEASURED, ["seen_fraction", "seen at least once", percent], ["always_covered_fraction", "never unseen", percent]].map((/** @type {any[]} */ [name, words, text]) => [text(m[name]), words, change(name, text)])),
      this._partners(answer.comparison, m),
      this._measure = field("Shade by", "", el("select", { onchange: (event) => { write({ measure: event.target.value }); this._shade(); } }, options(MEASURES, param("measure", "covered_fraction")))),
      this.map, this._timeline(answer), this._gaps(answer), this._fold(answer), this._contribution(answer), this._whatIf(), ...restOf(answer),
      answer.without_sensor.length && [el("h3", {}, "Of the mission, with no known sensor"), el("p", { class: "note" }, answer.without_sensor.map((one) => `${one.name} (${one.reason})`).join("; "))]].flat().filter(Boolean));
    this.result.hidden = false;
    this._edge();
    this._shade(true);
    heading.focus({ preventScroll: true });
    announce(`Covered ${percent(m.covered_fraction)}`);
  }

  /** What partners add: the measures without them, with them, and of them alone. */
  _partners(found, both) {
    if (!found) return null;
    const { ours, theirs, gained } = found, title = `With and without partners: ${theirs.asked}`;
    return [el("h3", {}, title), el("p", {}, `${count(ours.objects)} objects of ${ours.asked}, ${count(theirs.objects)} of the partners${found.objects_of_both ? `, ${count(found.objects_of_both)} of both` : ""}. Of area and time, ${percent(found.only_ours_fraction)} is covered without the partners only, ${percent(found.only_theirs_fraction)} by the partners only, ${percent(found.both_fraction)} by each of the two.`),
      figure("Share of area and time covered", bars({ rows: [["without partners", ours], ["with partners", both], ["partners alone", theirs]].map(([label, one]) => ({ label, values: [one.covered_fraction] })), names: ["covered"], colours: [BLUE], text: percent }),
        table({ caption: title, label: "Partners", rows: MEASURED, columns: [col("Measure", ([, words]) => words), ...[["without", ours], ["with", both], ["partners alone", theirs]].map(([name, one]) => as(String, name, ([key, , text]) => text(one[key]))),
          as(String, "gained", ([key, , text]) => (gained[key] === null ? "–" : `${gained[key] < 0 ? "−" : "+"}${text(Math.abs(gained[key]))}`))] }), "Every measure as a table")];
  }

  _shade(moves = false) {
    const { app, answer } = this, name = param("measure", "covered_fraction"), cells = answer.cells ?? [];
    const isTime = name.endsWith("_s"), isShare = name.endsWith("_fraction"), values = cells.map((cell) => cell[name] ?? NaN);
    const classes = scale(values.map((v) => (isShare ? v * 100 : isTime ? v / 60 : v)), isTime);
    const codes = values.map((v) => classes.classOf(isShare ? v * 100 : isTime ? v / 60 : v)), unit = isShare ? "%" : isTime ? "min" : "";
    const places = cells.map((cell) => {
      const half = (answer.region.cell_km ?? 50) / 222, wide = half / Math.max(Math.cos((cell.latitude_deg * Math.PI) / 180), 0.05);
      return cell.west_deg === null ? [cell.longitude_deg - wide, cell.latitude_deg - half, cell.longitude_deg + wide, cell.latitude_deg + half] : [cell.west_deg, cell.south_deg, cell.east_deg, cell.north_deg];
    });
    if (!places.length) return;
    const west = Math.min(...places.map((one) => one[0])), east = Math.min(Math.max(...places.map((one) => one[2])), west + 360), south = Math.min(...places.map((one) => one[1])), north = Math.max(...places.map((one) => one[3]));
    const size = Math.min(2000 / (east - west), 1000 / (north - south)), canvas = el("canvas", { width: Math.max(Math.round((east - west) * size), 1), height: Math.max(Math.round((north - south) * size), 1) });
    const context = canvas.getContext("2d");
    places.forEach(([w, s, e, n], k) => {
      context.fillStyle = codes[k] < 0 ? "#00000000" : classes.colours[codes[k]];
      context.fillRect((w - west) * size, (north - n) * size, (e - w) * size + 0.6, (n - s) * size + 0.6);
    });
    void app.stage.setShading({ canvas, west, east, south, north });
    if (moves) app.stage.lookAt((south + north) / 2, (west + east) / 2, Math.max(Math.max(north - south, (east - west) * Math.cos(((south + north) * Math.PI) / 360)) * 190, 900), isCalm());
    const label = (v) => (isTime && v >= 120 ? `${fixed(v / 60, 1)} h` : `${Number(v.toPrecision(4))} ${unit}`);
    const words = MEASURES.find(([key]) => key === name)[1];
    this.map.replaceChildren(
      el("ul", { class: "legend", "aria-label": `Colours of the map: ${words}` }, classes.colours.map((colour, k) => el("li", {}, el("span", { class: "swatch", colour }), `${label(classes.edges[k])} to ${label(classes.edges[k + 1])}: ${count(codes.filter((code) => code === k).length)} cells`))),
      behind("Every cell as a table", table({ caption: `Cells, ${words}`, rows: cells, sortBy: 2, falling: isTime, columns: [num("Latitude", "°", "latitude_deg", 3), num("Longitude", "°", "longitude_deg", 3),
        as(isShare ? percent : isTime ? duration : (v) => fixed(v, 2), words, name), as(percent, "Covered", "covered_fraction"), as(duration, "Longest gap", "max_gap_s"), num("Area", "km²", "area_km2", 0)] })));
  }

  _timeline(answer) {
    const rows = answer.timeline.map((row) => [Date.parse(row.time), row]), { app } = this;
    app.timeline.setMarks(answer.gaps.longest.map((gap) => ({ from: Date.parse(gap.start), to: Date.parse(gap.end), colour: "#d9664a", label: `no look at ${place(gap.latitude_deg, gap.longitude_deg)} for ${duration(gap.length_s)}` })));
    if (app.clock.ms < rows[0][0] || app.clock.ms > rows[rows.length - 1][0]) app.clock.set(rows[0][0]);
    return figure("Share of the area covered against time (UTC); a click goes to that time", lines({ low: 0, high: 1, yText: (v) => `${Math.round(v * 100)} %`, onX: (ms) => app.clock.set(ms),
      series: [{ name: "covered at the time", colour: BLUE, points: rows.map(([ms, row]) => [ms, row.covered_fraction]) }, { name: "seen once up to then", colour: ORANGE, dash: "6 4", points: rows.map(([ms, row]) => [ms, row.seen_fraction]) }] }),
    table({ caption: `Every ${duration(answer.step_s)}`, rows: answer.timeline, columns: [col("Time", "time", (row) => clock(row.time, true), "UTC"), as(percent, "Covered", "covered_fraction"), as(percent, "Seen up to then", "seen_fraction"), num("Objects at once", "", "mean_fold", 2)] }));
  }

  _gaps(answer) {
    const { app } = this;
    return [el("h3", {}, "No allied eyes: the longest gaps"),
      table({ caption: `${count(answer.gaps.count)} gaps in all cells; nine in ten are no longer than ${duration(answer.gaps.p90_s)}`, label: "Longest gaps", rows: answer.gaps.longest, columns: [
        col("Where", "latitude_deg", (gap) => el("button", { type: "button", class: "link", onclick: () => { app.clock.set(Date.parse(gap.start)); app.stage.lookAt(gap.latitude_deg, gap.longitude_deg, 2500); } }, place(gap.latitude_deg, gap.longitude_deg))),
        ...[["From", "start"], ["To", "end"]].map(([title, edge]) => col(title, edge, (gap) => [clock(gap[edge], true), gap[`cut_at_${edge}`] && el("span", { class: "cut" }, " cut")], "UTC")), as(duration, "Length", "length_s")] })];
  }

  _fold(answer) {
    const fold = answer.measures.fold_fraction.map((share, k) => ({ label: `by ${k + (answer.measures.fold_fraction.length === answer.measures.max_fold + 1 ? 0 : 1)} or more at once`, values: [share] }));
    return fold.length ? figure("N-fold coverage: share of area and time seen by so many objects at once", bars({ rows: fold.slice(0, 10), names: ["share"], colours: [GREEN], text: percent }),
      table({ caption: "N-fold coverage", rows: fold, columns: [col("Objects at once", "label"), as(percent, "Share", (row) => row.values[0])] })) : null;
  }

  _contribution(answer) {
    const rows = answer.contribution;
    if (!rows?.length) return null;
    const name = (row) => row.owner_name ?? (row.owner || "owner not known");
    return [figure("Who adds what to the covered share: what would be lost without each (marginal), and each one's fair part (Shapley)",
      bars({ rows: rows.slice(0, 16).map((row) => ({ label: name(row), values: [row.marginal_fraction, row.shapley_fraction] })), names: ["marginal", "Shapley"], colours: [ORANGE, BLUE], text: percent }),
      table({ caption: `Contribution by owner; ${answer.contribution_method ?? ""}`, rows, columns: [col("Owner", name), num("Objects", "", "objects", 0), as(percent, "Alone", "alone_fraction"), as(percent, "Marginal", "marginal_fraction"), as(percent, "Shapley", "shapley_fraction"),
        as((v) => (v === null ? "exact" : percent(v)), "± 1σ", "shapley_standard_error_fraction")] }), "Values, with each owner alone")];
  }

  /** Switches for owners and objects: what is left is asked again as a list of numbers. */
  _whatIf() {
    if (!this.bare) return null;
    const { fleet } = this.base, owners = [...new Set(fleet.map((one) => one.owner ?? ""))].sort();
    const box = (key, text) => {
      const input = el("input", { type: "checkbox", onchange: () => { if (input.checked) this.out.delete(key); else this.out.add(key); } });
      input.checked = !this.out.has(key);
      return el("label", { class: "check" }, input, text);
    };
    const names = this.app.catalogue.columns.owner_names;
    return el("details", { class: "table", open: this.out.size > 0 }, el("summary", {}, "What if: take owners or single objects out"),
      el("h3", {}, "Owners"), el("div", { class: "fields" }, owners.map((code) => box(`owner ${code}`, `${names[code] ?? (code || "not known")} (${count(fleet.filter((one) => (one.owner ?? "") === code).length)})`))),
      el("h3", {}, "Objects"), el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Objects of the fleet" }, el("div", { class: "fields" }, [...fleet].sort((a, b) => b.cell_accesses - a.cell_accesses).slice(0, 400).map((one) => box(`object ${one.norad_id}`, `${one.name} (${one.sensor})`)))),
      el("div", { class: "actions" }, el("button", { type: "button", class: "go", onclick: () => void this._without() }, "Compute without them"), el("button", { type: "button", onclick: () => { this.out.clear(); this.show_(this.base); } }, "Back to all")));
  }

  async _without() {
    const kept = this.base.fleet.filter((one) => !this.out.has(`owner ${one.owner ?? ""}`) && !this.out.has(`object ${one.norad_id}`));
    if (!kept.length) { this.app.tell({ errors: [{ field: "objects", value: "", reason: "none is left; keep at least one" }] }); return; }
    this.app.clear();
    try {
      const { answer } = await this.heavy.ask({ ...this.bare, objects: kept.map((one) => one.norad_id) });
      this.show_(answer, `without ${count(this.base.fleet.length - kept.length)} of ${count(this.base.fleet.length)} objects`);
    } catch (problem) {
      this.app.tell(problem);
    }
  }
}

function split(text) {
  const at = text.indexOf(":"), kind = at < 0 ? text : text.slice(0, at);
  return KINDS.some(([known]) => known === kind) ? [kind, at < 0 ? "" : text.slice(at + 1)] : ["country", text];
}

