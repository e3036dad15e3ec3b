// Conjunctions: the nearest first; one of them at its closest approach on the globe, in RTN and against time.

import { announce, el, field, isCalm, isSmall, options, entry } from "./dom.js";
import { BLUE, factsOf, num, ORANGE, pathPictures, planeFigure, probabilityParts } from "./encounter.js";
import { Heavy } from "./heavy.js";
import { ask, isAborted } from "./service.js";
import { trackOf } from "./stage.js";
import { param, write } from "./state.js";
import { table } from "./tables.js";
import { asUtc, clock, count, fixed, iso, minute, problemLines, scientific } from "./words.js";
import { framed, restOf } from "./view_passes.js";

const KINDS = [["all", "every object"], ["alliance", "an alliance or state"], ["owner", "an owner, by code"], ["numbers", "catalogue numbers"]];
const FIRST = { all: "", alliance: "NATO", owner: "US", numbers: "" };
const LISTS = [["", "the nearest first"], ["grade", "by a policy, the gravest first"]];
const VOLUMES = [["miss_km", "a distance"], ["box_rtn_km", "a box about the primary"], ["ellipsoid_rtn_km", "an ellipsoid about it"]];
const LIMIT = 2000;
/** By distance alone, where no policy grades. */
const LEVELS = [[1, "▲", "under 1 km", "#ff6f5e"], [5, "◆", "1 to 5 km", "#e69f00"], [Infinity, "●", "5 km or more", "#8fb4ff"]];
const GRADES = { red: [0, "▲", "red", "#ff6f5e"], yellow: [1, "◆", "yellow", "#e69f00"], green: [2, "●", "green", "#7fdcb4"] };
const levelOf = (row) => GRADES[row.grade] ?? LEVELS.find(([most]) => row.miss_distance_km < most) ?? LEVELS[2];
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
    this.kind = el("select", { name: "kind", onchange: () => { this.which.value = FIRST[this.kind.value]; this._kind(); } }, options(KINDS, kind));
    this.which = entry("primaries", kind === "all" ? "" : given.slice(at + 1));
    const check = (name, words, isOn) => { const input = el("input", { type: "checkbox", name }); input.checked = isOn; return el("label", { class: "check" }, input, words); };
    const [volume] = VOLUMES.find(([name]) => param(name)) ?? VOLUMES[0], sizes = param(volume).split(",");
    this.listed = el("select", { name: "list", onchange: () => this._kind() }, options(LISTS, param("list")));
    this.volume = el("select", { name: "volume", onchange: () => this._kind() }, options(VOLUMES, volume));
    this.heavy = new Heavy("/v1/screenings", "Find conjunctions");
    this.form = el("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); void this.find(); } },
      el("fieldset", {}, el("legend", {}, "What against what"),
        el("div", { class: "fields" }, field("Primaries", "", this.kind, "wide"), this.whichField = field("Which", "", this.which, "wide"),
          this.others = field("Secondaries", "or alliance:…, owner:…", entry("secondaries", param("secondaries", "all"), { title: "all, alliance:NAME, owner:CODE, or catalogue numbers" }), "wide"))),
      el("fieldset", {}, el("legend", {}, "When and how near"),
        el("div", { class: "fields" },
          field("Start", "UTC", entry("start", minute(param("start") || iso(app.clock.ms))), "wide"), field("Length", "hours", entry("hours", param("hours", "24"), { inputmode: "decimal" })),
          field("List", "", this.listed, "wide")),
        this.near = el("div", { class: "fields" },
          field("Within", "", this.volume, "wide"),
          this.distance = field("Miss distance", "km", entry("miss_km", param("miss_km", "5"), { inputmode: "decimal" })),
          this.sizes = ["Radial", "Along", "Cross"].map((title, k) => field(title, "± km", entry(title.toLowerCase(), (volume !== "miss_km" && sizes[k]) || ["2", "25", "25"][k], { inputmode: "decimal" }))))),
      this.filters = el("fieldset", {}, el("legend", {}, "Only"),
        el("div", { class: "fields" },
          field("Primaries' mission", "", el("select", { name: "mission" }, options(app.catalogue.missions, param("mission"))), "wide"),
          field("Least relative speed", "km/s, empty: any", entry("min_relative_speed_km_s", param("min_speed"), { inputmode: "decimal" }), "wide"),
          check("active_only", "active primaries", param("active") === "true"), check("same_fleet", "pairs of one fleet, too", param("same_fleet", "true") === "true"),
          check("debris_on_debris", "debris on debris, too", param("debris", "true") === "true"))),
      this.heavy.parts);
    this.result = el("section", { "aria-label": "Conjunctions", hidden: true });
    box.append(el("h2", {}, "What comes near what, and when"), this.form, this.result);
    this._kind();
    if (param("job")) return this.heavy.told(this, async () => this._show(await this.heavy.ofJob(param("job"))));
    return param("primaries") && param("start") && param("computed") === "1" ? this.find() : undefined;
  }

  hide() { this.heavy.stop(); this._tracks?.abort(); write({ job: null }); }

  /** Shows the fields that the choices need. */
  _kind() {
    const isGraded = this.listed.value === "grade", isDistance = this.volume.value === "miss_km";
    this.whichField.hidden = this.kind.value === "all";
    this.which.setAttribute("list", this.kind.value === "alliance" ? "alliances" : "");
    for (const part of [this.others, this.near, this.filters]) part.hidden = isGraded;  // a policy has its own
    this.distance.hidden = !isDistance;
    for (const one of this.sizes) one.hidden = isDistance;
  }

  find() {
    this.app.clear();
    const fields = this.form.elements, kind = this.kind.value, which = this.which.value.trim(), isGraded = this.listed.value === "grade";
    const primaries = kind === "all" ? "all" : kind === "numbers" ? which : `${kind}:${which}`, volume = this.volume.value;
    const within = volume === "miss_km" ? asNumber(fields.miss_km.value) : ["radial", "along", "cross"].map((name) => asNumber(fields[name].value));
    const when = { start: asUtc(fields.start.value), hours: asNumber(fields.hours.value), limit: LIMIT };
    /** @type {any} */ const asked = isGraded ? { watch: primaries, grade: "green", ...when } : {
      primaries, secondaries: fields.secondaries.value.trim() || "all", ...when, [volume]: within, debris_on_debris: fields.debris_on_debris.checked, same_fleet: fields.same_fleet.checked,
      ...(fields.active_only.checked && { active_only: true }), ...(fields.mission.value && { mission: fields.mission.value }),
      ...(fields.min_relative_speed_km_s.value.trim() && { min_relative_speed_km_s: asNumber(fields.min_relative_speed_km_s.value) }) };
    return this.heavy.told(this, async () => {
      const { answer, job } = await this.heavy.ask(asked, isGraded ? "/v1/alerts" : "/v1/screenings");
      const isSaid = (name) => !isGraded && !fields[name].checked;
      write({ job: job?.id ?? null, list: this.listed.value, primaries, secondaries: asked.secondaries === "all" ? null : asked.secondaries, start: asked.start, hours: asked.hours,
        ...Object.fromEntries(VOLUMES.map(([name]) => [name, asked[name] === undefined ? null : String(asked[name])])), mission: asked.mission, active: asked.active_only,
        debris: isSaid("debris_on_debris") ? "false" : null, same_fleet: isSaid("same_fleet") ? "false" : null, min_speed: asked.min_relative_speed_km_s, computed: "1" });
      this._show(answer);
    });
  }

  _show(answer) {
    const { app } = this, { stays, policy } = answer, found = policy ? answer.alerts : answer.conjunctions, { catalogue } = app;
    const name = (id) => { const row = catalogue.rowOf(id); return row === undefined ? "" : catalogue.name(row); };
    this.rows = policy ? [...found] : [...found].sort((a, b) => a.miss_distance_km - b.miss_distance_km);
    this.rows.forEach((row, k) => { row.place = k + 1; row.id ??= idOf(row, answer.catalogue); });
    app.timeline.setMarks(this.rows.slice(0, 800).map((row) => ({ from: Date.parse(row.tca) - 15e3, to: Date.parse(row.tca) + 15e3, colour: levelOf(row)[3], label: `${row.primary_name} and ${row.secondary_name}, ${fixed(row.miss_distance_km, 2)} km` })));
    const heading = el("h2", { tabindex: -1 }, policy ? `${count(this.rows.length)} conjunctions graded: ${Object.entries(answer.counts).map(([grade, number]) => `${GRADES[grade][1]} ${count(number)} ${grade}`).join(", ")}` : `${count(answer.conjunctions_found)} conjunctions within ${answer.miss_km} km`);
    const what = policy ? `Watched ${answer.watched.asked}, ${count(answer.watched.objects)} objects, by the policy “${policy.title}”` : `Primaries ${answer.primaries}, secondaries ${answer.secondaries}`;
    this.one = el("div");
    this.list = el("div");
    this.result.replaceChildren(heading,
      el("p", { id: "summary" }, `${what}; ${count(stays.length)} pairs stay together; ${framed(answer, policy ? { ...answer, left_out: answer.watched.left_out } : answer)}`),
      this.one, this.list,
      el("h3", {}, "Pairs that stay together"),
      stays.length ? table({ caption: "Within the distance for more than a quarter of a revolution, the nearest first", label: "Stays", rows: stays, sortBy: 4, columns: [
        ...["primary", "secondary"].map((side) => ({ title: side, of: (row) => row[`${side}_name`] ?? name(row[`${side}_id`]), cell: (row) => [(row[`${side}_name`] ?? name(row[`${side}_id`])) || "unnamed", " ", el("span", { class: "id" }, row[`${side}_id`])] })),
        ...["start", "end"].map((edge) => ({ title: edge, unit: "UTC", of: (row) => row[edge], cell: (row) => [clock(row[edge], true), row[`cut_at_${edge}`] && el("span", { class: "cut" }, " cut")] })),
        num("Nearest", "km", (row) => row.min_distance_km, 3), { title: "At", of: (row) => row.closest, cell: (row) => row.closest && clock(row.closest, true) }] }) : el("p", {}, "None in this window."),
      ...restOf(policy ? { ...answer, left_out: { ...answer.watched.left_out, ...answer.left_out } } : answer));
    this.result.hidden = false;
    this.answer = answer;
    this._list(answer);
    heading.focus({ preventScroll: true });
    announce(`${count(this.rows.length)} conjunctions listed`);
    const chosen = this.rows.find((row) => keyOf(row) === param("pair"));
    if (chosen) void this.pick(chosen);
  }

  _list(answer) {
    const { policy } = answer, part = (title, k) => num(title, "km", (row) => row.miss_rtn_km[k], 3);
    const pair = { title: "Pair", of: (row) => row.primary_name, cell: (row) => [el("button", { type: "button", class: "link", onclick: () => this.pick(row) }, `${row.primary_name || row.primary_id} – ${row.secondary_name || row.secondary_id}`), " ", el("span", { class: "id" }, `${row.primary_id}, ${row.secondary_id}`)] };
    const closest = { title: "Closest", unit: "UTC", of: (row) => row.tca, cell: (row) => [clock(row.tca, true), (row.cut_at_start || row.cut_at_end) && el("span", { class: "cut" }, " cut by the window")] };
    const order = { title: "Order", number: true, of: (row) => row.place }, miss = num("Miss", "km", (row) => row.miss_distance_km, 3), speed = num("Speed", "km/s", (row) => row.relative_speed_km_s, 2);
    const level = { title: policy ? "Grade" : "Distance", of: (row) => (policy ? levelOf(row)[0] : row.miss_distance_km), cell: (row) => el("span", { class: "risk", colour: levelOf(row)[3] }, el("span", { class: "sign" }, levelOf(row)[1]), ` ${levelOf(row)[2]}`) };
    const ages = [num("Age of primary", "days", (row) => row.primary_age_days, 1), num("of secondary", "days", (row) => row.secondary_age_days, 1)];
    this.list.replaceChildren(this.rows.length ? table({
      caption: policy ? `The gravest first; ${policy.standing}` : `The nearest first${answer.conjunctions_found > this.rows.length ? `; ${count(this.rows.length)} listed` : ""}. The sign tells the distance, not the risk: ${LEVELS.map(([, sign, words]) => `${sign} ${words}`).join(", ")}`,
      label: "Table of conjunctions", rows: this.rows, sortBy: 0, isChosen: (row) => keyOf(row) === param("pair"), columns: policy ? [order, pair, level, miss, closest,
        { title: "Probability", number: true, of: (row) => row.probability, cell: (row) => [scientific(row.probability), row.is_diluted && el("span", { class: "cut" }, " diluted")] },
        { title: "At most", number: true, of: (row) => row.maximum_probability, cell: (row) => scientific(row.maximum_probability) }, speed, part("Radial", 0), part("Along", 1), part("Cross", 2), ...ages,
        { title: "Why", of: (row) => row.reasons.join("; "), cell: (row) => el("span", { class: "words" }, row.reasons.join("; ")) }]
        : [order, pair, level, miss, closest, speed, num("Angle", "°", (row) => row.approach_angle_deg, 0), part("Radial", 0), part("Along", 1), part("Cross", 2), num("Height", "km", (row) => row.altitude_km, 0), ...ages],
    }) : el("p", {}, "No conjunction in this window."));
  }

  /** One approach: clock and globe at its time; its pictures; what the service says of it in full. */
  async pick(row) {
    const { app } = this, ms = Date.parse(row.tca);
    write({ pair: keyOf(row) });
    this._list(this.answer);
    app.clock.set(ms);
    const pair = [[row.primary_id, `● ${row.primary_name}`, BLUE], [row.secondary_id, `◆ ${row.secondary_name}`, ORANGE]]
      .map(([id, label, colour], k) => ({ row: app.catalogue.rowOf(id) ?? -1, id, label, colour, track: null }));
    app.point(pair);
    this.one.replaceChildren(el("h3", {}, `${levelOf(row)[1]} ${row.primary_name} – ${row.secondary_name}`), el("p", { class: "note" }, "Asking for its encounter plane…"));
    this._tracks?.abort();
    const { signal } = (this._tracks = new AbortController());
    const full = ask(`/v1/conjunctions/${row.id}`, { signal });
    const tracks = pair.map((one) => one.row >= 0 && trackOf(one.id, ms, app.catalogue.columns.period_min[one.row], signal));
    try {
      this._full(row, await full, true);
    } catch (problem) {
      if (isAborted(problem)) return;
      this._full(row, { caveats: problemLines(problem), conjunction: row }, false);
    }
    try {
      const found = await Promise.all(tracks);
      pair.forEach((one, k) => { one.track = found[k] || null; });
      if (!signal.aborted) app.point(pair);
    } catch (problem) {
      app.tell(problem);
    }
  }

  /** All that is known of one; without an answer of the service, what its row holds. */
  _full(row, { conjunction: one, caveats }, isFull) {
    const file = (form, words) => el("a", { class: "buttonlike", href: one.files[form], download: `${one.id}.${form}` }, words);
    if (one.altitude_km !== undefined) this.app.stage.lookAt(one.latitude_deg, one.longitude_deg, Math.max(one.altitude_km * 2.2, 9000), isCalm());
    this.one.replaceChildren(...[el("h3", {}, `${levelOf(row)[1]} ${row.primary_name} – ${row.secondary_name}`), factsOf(one),
      isFull && el("div", { class: "actions" }, file("cdm", "CDM"), file("czml", "CZML"), el("a", { class: "buttonlike", href: `/v1/conjunctions/${one.id}` }, "JSON")),
      isFull && planeFigure(one.encounter_plane), isFull && probabilityParts(one),
      one.relative_velocity_rtn_km_s && pathPictures(one), el("ul", { class: "caveats" }, caveats.map((text) => el("li", {}, text)))].flat(2).filter(Boolean));
    if (isSmall()) this.one.querySelectorAll("details").forEach((details) => { details.open = true; });
    this.one.scrollIntoView({ block: "start" });
  }
}

/** The id of a conjunction that a list gives none for: both numbers, the time, and the catalogue. */
function idOf(row, { as_of: asOf, digest }) {
  const packed = (text, digits) => { const [whole, part = ""] = text.replace("Z", "").replace(/[-:]/g, "").split("."); return `${whole}${part.padEnd(digits, "0").slice(0, digits)}Z`; };
  return `${row.primary_id}-${row.secondary_id}-${packed(row.tca, 3)}-${packed(asOf, 6)}-${digest.slice(0, 8)}`;
}
