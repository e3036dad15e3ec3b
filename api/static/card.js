// The card of the chosen object: facts, age, place, and next passes over the chosen site.

import { el } from "./dom.js";
import { toGeodetic } from "./geometry.js";
import { ask, isAborted } from "./service.js";
import { ageInWords, clock, fixed, iso, KINDS, ORBITS, place, problemLines, STATUS } from "./words.js";

export class Card {
  /** @param {any} app @param {HTMLElement} box */
  constructor(app, box) {
    this.app = app;
    this.box = box;
    app.clock.onChange(() => this.tick());
  }

  /** @param {number} row -1: none */
  show(row) {
    const { app, box } = this;
    this.row = row;
    box.hidden = row < 0;
    if (row < 0) return;
    const { catalogue } = app, id = catalogue.id(row), age = catalogue.ageDays(row, app.clock.ms);
    const columns = catalogue.columns;
    this.where = el("dd", {}, "–");
    this.passes = el("div");
    const facts = [
      ["Number", `${id}${columns.object_id[row] ? ` · ${columns.object_id[row]}` : ""}`],
      ["Owner", `${catalogue.ownerName(row)}${catalogue.value("owner", row) ? ` (${catalogue.value("owner", row)})` : ""}`],
      ["Alliance", catalogue.fleetWords(row)],
      ["Kind", [KINDS[catalogue.value("object_type", row)] ?? "not known", STATUS[catalogue.value("ops_status", row)]].filter(Boolean).join(", ")],
      ["Mission", catalogue.value("mission", row)],
      ["Orbit", `${ORBITS[catalogue.value("regime", row)]}, ${columns.perigee_height_km[row]} × ${columns.apogee_height_km[row]} km`],
      ["", `${fixed(columns.inclination_deg[row], 2)}° inclination, ${fixed(columns.period_min[row], 1)} min`],
    ];
    const grade = Math.abs(age) <= 3 ? "fresh" : Math.abs(age) <= 14 ? "worn" : "old";
    box.replaceChildren(...[
      el("button", { type: "button", class: "flat close", "aria-label": "Close", onclick: () => app.choose(-1) }, "✕"),
      el("h2", {}, catalogue.name(row)),
      el("dl", { class: "facts" }, facts.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
        el("dt", {}, "Elements"), el("dd", {}, el("strong", { class: grade }, age < 0 ? `${ageInWords(-age).replace(" old", "")} younger than the time shown` : `${ageInWords(age)} at the time shown`)),
        el("dt", {}, "Below it"), this.where),
      el("div", { class: "actions" },
        el("button", { type: "button", onclick: () => app.flyTo(row) }, "Centre"),
        el("a", { class: "buttonlike", href: `?view=passes&objects=${id}&start=${iso(app.clock.ms)}&hours=24${app.site ? `&sites=${app.site.latitude},${app.site.longitude}` : ""}` }, "Passes"),
        el("a", { class: "buttonlike", href: `/v1/objects/${id}/elements` }, "Elements"),
        el("a", { class: "buttonlike", href: `/v1/objects/${id}` }, "JSON")),
      app.current === "globe" && el("h3", {}, "Next passes"), this.passes, this.status = el("p", { class: "note" })].filter(Boolean));
    this.tick();
    if (app.current === "globe") void this._passes(id);
  }

  say(text) { if (this.status) this.status.textContent = text; }

  tick() {
    if (this.row === undefined || this.row < 0 || !this.where) return;
    const p = this.app.moment.at(this.row);
    if (!p) { this.where.textContent = "no position: SGP4 gives none for this time"; return; }
    const [lat, lon, height] = toGeodetic(...p);
    this.where.textContent = `${place(lat, lon)}, ${height.toFixed(0)} km up`;
  }

  async _passes(id) {
    const { app, passes } = this, { site } = app;
    const choose = el("button", { type: "button", onclick: () => {
      this.say("Click on the ground where the site is.");
      app.onGround((at) => { app.onGround(null); app.setSite({ name: "site", ...at }); });
    } }, site ? "Another site" : "Choose a site on the map");
    if (!site) { passes.replaceChildren(choose); return; }
    passes.replaceChildren(el("p", { class: "note" }, "Computing…"));
    const query = new URLSearchParams({ lat: String(site.latitude), lon: String(site.longitude), objects: String(id), start: iso(app.clock.ms), hours: "48", limit: "5" });
    this._ask?.abort();
    this._ask = new AbortController();
    try {
      const answer = await ask(`/v1/passes?${query}`, { signal: this._ask.signal });
      const rows = answer.passes.map((one) => el("tr", {},
        el("th", { scope: "row" }, el("button", { type: "button", class: "link", onclick: () => app.clock.set(Date.parse(one.culmination.time)) }, clock(one.culmination.time, true).slice(5, 16))),
        el("td", { class: "number" }, `${fixed(one.culmination.elevation_deg, 0)}°`), el("td", {}, one.sunlit ? "sunlit" : "in shadow")));
      passes.replaceChildren(
        rows.length ? el("table", {}, el("caption", {}, `Over ${place(site.latitude, site.longitude)}, from 10°, next 48 h`), el("thead", {}, el("tr", {}, ["Highest, UTC", "Elevation", "Light"].map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, rows))
          : el("p", { class: "note" }, `None over ${place(site.latitude, site.longitude)} above 10° in 48 h.`),
        el("p", { class: "actions" }, choose));
    } catch (problem) {
      if (!isAborted(problem)) passes.replaceChildren(el("p", { class: "note" }, problemLines(problem)[0]), choose);
    }
  }
}
