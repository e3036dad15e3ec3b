// Conjunctions: the nearest first; one of them at its closest approach on the globe, in RTN and against time.

import { figure, lines, planes } from "./charts.js";
import { announce, el, field, isCalm, options } from "./dom.js";
import { Heavy } from "./heavy.js";
import { isAborted } from "./service.js";
import { trackOf } from "./stage.js";
import { param, write } from "./state.js";
import { table } from "./tables.js";
import { asUtc, clock, count, duration, fixed, iso, minute } from "./words.js";
import { restOf } from "./view_passes.js";

const KINDS = [["all", "every object"], ["alliance", "an alliance or state"], ["owner", "an owner, by code"], ["numbers", "catalogue numbers"]];
const FIRST = { all: "", alliance: "NATO", owner: "US", numbers: "" };
const BLUE = "#4aa3df", ORANGE = "#e69f00", LIMIT = 2000, STEPS = 48;
/** By distance alone: the page gives no probability here. */
const LEVELS = [[1, "▲", "under 1 km", "#ff6f5e"], [5, "◆", "1 to 5 km", "#e69f00"], [Infinity, "●", "5 km or more", "#8fb4ff"]];
const levelOf = (row) => LEVELS.find(([most]) => row.miss_distance_km < most) ?? LEVELS[2];
const keyOf = (row) => `${row.primary_id},${row.secondary_id}@${row.tca.slice(0, 19)}`;
/** A number where it is one; else what was written, so that the service says what is wrong with it. */
const asNumber = (text) => (text.trim() && Number.isFinite(Number(text)) ? Number(text) : text.trim());

export class ConjunctionsView {
  static id = "conjunctions";
  static title = "Conjunctions";

  constructor(app) { this.app = app; }

  show(box) {
    const { app } = this, given = param("primaries", "alliance:NATO"), at = given.indexOf(":");
    const kind = given === "all" ? "all" : at < 0 ? "numbers" : given.slice(0, at);
    const text = (name, value, more = {}) => el("input", { name, value, autocomplete: "off", spellcheck: "false", ...more });
    this.kind = el("select", { name: "kind", onchange: () => { this.which.value = FIRST[this.kind.value]; this._kind(); } }, options(KINDS, kind));
    this.which = text("primaries", kind === "all" ? "" : given.slice(at + 1));
    const debris = el("input", { type: "checkbox", name: "debris_on_debris" });
    debris.checked = param("debris", "true") === "true";
    this.heavy = new Heavy("/v1/screenings", "Find conjunctions");
    this.form = el("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); void this.find(); } },
      el("fieldset", {}, el("legend", {}, "Primaries, against every object"),
        el("div", { class: "fields" }, field("Primaries", "", this.kind, "wide"), this.whichField = field("Which", "", this.which, "wide"), el("label", { class: "check" }, debris, "debris on debris, too"))),
      el("fieldset", {}, el("legend", {}, "When and how near"),
        el("div", { class: "fields" },
          field("Start", "UTC", text("start", minute(param("start") || iso(app.clock.ms))), "wide"), field("Length", "hours", text("hours", param("hours", "24"), { inputmode: "decimal" })),
          field("Miss distance", "km", text("miss_km", param("miss_km", "5"), { inputmode: "decimal" })),
          field("Least relative speed", "km/s, empty: any", text("min_relative_speed_km_s", param("min_speed"), { inputmode: "decimal" }), "wide"))),
      this.heavy.parts);
    this.result = el("section", { "aria-label": "Conjunctions", hidden: true });
    box.append(el("h2", {}, "What comes near what, and when"), this.form, this.result);
    this._kind();
    if (param("job")) return this._told(async () => this._show(await this.heavy.ofJob(param("job"))));
    return param("primaries") && param("start") && param("computed") === "1" ? this.find() : undefined;
  }

  hide() { this.heavy.stop(); this._tracks?.abort(); write({ job: null }); }

  _kind() {
    this.whichField.hidden = this.kind.value === "all";
    this.which.setAttribute("list", this.kind.value === "alliance" ? "alliances" : "");
  }

  async _told(work) {
    try {
      await work();
    } catch (problem) {
      if (isAborted(problem)) return;
      this.heavy.say("");
      this.result.hidden = true;
      this.app.tell(problem);
    }
  }

  find() {
    this.app.clear();
    const fields = this.form.elements, kind = this.kind.value, which = this.which.value.trim();
    const asked = { primaries: kind === "all" ? "all" : kind === "numbers" ? which : `${kind}:${which}`, start: asUtc(fields.start.value), hours: asNumber(fields.hours.value), miss_km: asNumber(fields.miss_km.value), debris_on_debris: fields.debris_on_debris.checked, limit: LIMIT };
    if (fields.min_relative_speed_km_s.value.trim()) asked.min_relative_speed_km_s = asNumber(fields.min_relative_speed_km_s.value);
    return this._told(async () => {
      const { answer, job } = await this.heavy.ask(asked);
      write({ job: job?.id ?? null, primaries: asked.primaries, start: asked.start, hours: asked.hours, miss_km: asked.miss_km, debris: asked.debris_on_debris ? null : "false", min_speed: asked.min_relative_speed_km_s ?? null, computed: "1" });
      this._show(answer);
    });
  }

  _show(answer) {
    const { app } = this, { skipped, stays } = answer, left = Object.values(answer.left_out).reduce((sum, one) => sum + one, 0);
    this.rows = [...answer.conjunctions].sort((a, b) => a.miss_distance_km - b.miss_distance_km);
    this.rows.forEach((row, k) => { row.place = k + 1; });
    app.timeline.setMarks(this.rows.slice(0, 800).map((row) => ({ from: Date.parse(row.tca) - 15e3, to: Date.parse(row.tca) + 15e3, colour: levelOf(row)[3], label: `${row.primary_name} and ${row.secondary_name}, ${fixed(row.miss_distance_km, 2)} km` })));
    const heading = el("h2", { tabindex: -1 }, `${count(answer.conjunctions_found)} conjunctions within ${answer.miss_km} km`);
    this.one = el("div");
    this.list = el("div");
    this.result.replaceChildren(heading,
      el("p", { id: "summary" }, `Primaries ${answer.primaries}, secondaries ${answer.secondaries}, ${clock(answer.start, true)} to ${clock(answer.end, true)} UTC, ${answer.catalogue.data_mode} catalogue; ${count(stays.length)} pairs stay together; ${count(skipped.length)} objects skipped, ${count(left)} left out.`),
      this.one, this.list,
      el("h3", {}, "Pairs that stay together"),
      stays.length ? table({ caption: "Within the distance for more than a quarter of a revolution, the nearest first", label: "Stays", rows: stays, sortBy: 4, columns: [
        ...["primary", "secondary"].map((side) => ({ title: side, of: (row) => row[`${side}_name`], cell: (row) => [row[`${side}_name`] || "unnamed", " ", el("span", { class: "id" }, row[`${side}_id`])] })),
        ...["start", "end"].map((edge) => ({ title: edge, unit: "UTC", of: (row) => row[edge], cell: (row) => [clock(row[edge], true), row[`cut_at_${edge}`] && el("span", { class: "cut" }, " cut")] })),
        num("Nearest", "km", (row) => row.min_distance_km, 3), { title: "At", of: (row) => row.closest, cell: (row) => clock(row.closest, true) }] }) : el("p", {}, "None in this window."),
      ...restOf(answer));
    this.result.hidden = false;
    this._list(answer);
    heading.focus({ preventScroll: true });
    announce(`${answer.conjunctions_found} conjunctions found`);
    this.answer = answer;
    const chosen = this.rows.find((row) => keyOf(row) === param("pair"));
    if (chosen) void this.pick(chosen);
  }

  _list(answer) {
    const part = (title, k) => num(title, "km", (row) => row.miss_rtn_km[k], 3);
    this.list.replaceChildren(this.rows.length ? table({
      caption: `The nearest first${answer.conjunctions_found > this.rows.length ? `; ${count(this.rows.length)} listed` : ""}. The sign tells the distance, not the risk: ${LEVELS.map(([, sign, words]) => `${sign} ${words}`).join(", ")}`,
      label: "Table of conjunctions", rows: this.rows, sortBy: 0, isChosen: (row) => keyOf(row) === param("pair"), columns: [
        { title: "Order", number: true, of: (row) => row.place },
        { title: "Pair", of: (row) => row.primary_name, cell: (row) => [el("button", { type: "button", class: "link", onclick: () => this.pick(row) }, `${row.primary_name || row.primary_id} – ${row.secondary_name || row.secondary_id}`), " ", el("span", { class: "id" }, `${row.primary_id}, ${row.secondary_id}`)] },
        { title: "Distance", of: (row) => row.miss_distance_km, cell: (row) => `${levelOf(row)[1]} ${levelOf(row)[2]}` },
        num("Miss", "km", (row) => row.miss_distance_km, 3),
        { title: "Closest", unit: "UTC", of: (row) => row.tca, cell: (row) => [clock(row.tca, true), (row.cut_at_start || row.cut_at_end) && el("span", { class: "cut" }, " cut by the window")] },
        num("Speed", "km/s", (row) => row.relative_speed_km_s, 2),
        num("Angle", "°", (row) => row.approach_angle_deg, 0),
        part("Radial", 0), part("Along", 1), part("Cross", 2),
        num("Height", "km", (row) => row.altitude_km, 0),
        num("Age of primary", "days", (row) => row.primary_age_days, 1),
        num("of secondary", "days", (row) => row.secondary_age_days, 1)],
    }) : el("p", {}, "No conjunction in this window."));
  }

  /** One approach: clock and globe at its time, its pictures. */
  async pick(row) {
    const { app } = this, ms = Date.parse(row.tca), tca = `${clock(row.tca, true)} UTC`;
    write({ pair: keyOf(row) });
    this._list(this.answer);
    app.clock.set(ms);
    const pair = [[row.primary_id, `● ${row.primary_name}`, BLUE], [row.secondary_id, `◆ ${row.secondary_name}`, ORANGE]]
      .map(([id, label, colour], k) => ({ row: app.catalogue.rowOf(id) ?? -1, id, label, colour, below: k > 0, track: null }));
    app.point(pair);
    app.stage.lookAt(row.latitude_deg, row.longitude_deg, Math.max(row.altitude_km * 2.2, 9000), isCalm());
    const speed = Math.max(row.relative_speed_km_s, 1e-6), half = Math.min(Math.max((3 * row.miss_distance_km) / speed, 0.5), 30);
    const points = Array.from({ length: STEPS + 1 }, (_, k) => {
      const s = half * ((2 * k) / STEPS - 1), at = row.miss_rtn_km.map((v, axis) => v + s * row.relative_velocity_rtn_km_s[axis]);
      return { s, at, km: Math.hypot(...at) };
    });
    const values = () => table({ caption: `Seconds from ${tca}`, rows: points.filter((_, k) => k % 4 === 0), columns: [
      num("Time", "s", (point) => point.s, 2),
      ...["Radial", "Along", "Cross"].map((title, axis) => num(title, "km", (point) => point.at[axis], 3)),
      num("Distance", "km", (point) => point.km, 3)] });
    const facts = [["Closest", `${tca}, ${fixed(row.miss_distance_km, 3)} km at ${fixed(row.relative_speed_km_s, 2)} km/s`],
      ...[["● Primary", "primary"], ["◆ Secondary", "secondary"]].map(([title, side]) => [title, `${row[`${side}_name`]} (${row[`${side}_id`]}), ${row[`${side}_owner`] ?? "owner not known"}, elements ${fixed(row[`${side}_age_days`], 1)} days from it`])];
    this.one.replaceChildren(el("h3", {}, `${levelOf(row)[1]} ${row.primary_name} – ${row.secondary_name}`),
      el("dl", { class: "facts" }, facts.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
      figure(`Path of the secondary (◆) past the primary (●), from ${duration(half)} before to ${duration(half)} after: a straight line, axes of the primary at the closest approach, km`,
        planes([["along", "radial", 1, 0], ["along", "cross", 1, 2]].map(([x, y, a, b]) => ({ x, y, points: points.map(({ at }) => [at[a], at[b]]), mark: [row.miss_rtn_km[a], row.miss_rtn_km[b]] })), BLUE, ORANGE), values()),
      figure("Distance against time, the same straight line", lines({ isTime: false, low: 0, yTitle: "km", xTitle: "seconds from the closest approach", marks: [[0, `${fixed(row.miss_distance_km, 3)} km`]], yText: (v) => String(Number(v.toPrecision(3))),
        series: [{ name: "distance", colour: ORANGE, points: points.map(({ s, km }) => [s, km]) }] }), values()));
    if (matchMedia("(max-width: 720px)").matches) this.one.querySelectorAll("details").forEach((one) => { one.open = true; });
    this.one.scrollIntoView({ block: "start" });
    this._tracks?.abort();
    const { signal } = (this._tracks = new AbortController());
    try {
      const found = await Promise.all(pair.map((one) => one.row >= 0 && trackOf(one.id, ms, app.catalogue.columns.period_min[one.row], signal)));
      pair.forEach((one, k) => { one.track = found[k] || null; });
      if (!signal.aborted) app.point(pair);
    } catch (problem) {
      app.tell(problem);
    }
  }
}

const num = (title, unit, of, digits) => ({ title, unit, number: true, of, cell: (row) => fixed(of(row), digits) });
