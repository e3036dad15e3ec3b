// The view of everything: search, colours, filters, and the objects as a table.

import { briefing } from "./briefing.js";
import { COLOURINGS } from "./catalogue.js";
import { el, field, options, entry } from "./dom.js";
import { param, write } from "./state.js";
import { table } from "./tables.js";
import { count, fixed, iso, KINDS, ORBITS } from "./words.js";

export class GlobeView {
  static id = "globe";
  static title = "Globe";

  /** @param {any} app */
  constructor(app) { this.app = app; }

  show(box) {
    const { app } = this, { catalogue } = app;
    const later = debounced(() => { app.look(); this._fill(); }, 120);
    const bound = (name, input, event = "change") => { input.addEventListener(event, () => { write({ [name]: input.value }); later(); }); return input; };
    const choices = (column, names = {}) => catalogue.columns[column].values.filter((value) => value !== null)
      .map((value) => [value, names[value] ?? value]).sort((a, b) => String(a[1]).localeCompare(String(b[1])));
    const groups = el("input", { name: "groups", list: "alliances", value: param("groups", "NATO"), autocomplete: "off", "aria-describedby": "groups-help",
      onchange: () => { write({ groups: groups.value, hide: null }); void app.reload().then(() => { this._legend(); this._fill(); }); } });
    const companies = el("input", { type: "checkbox", name: "companies", onchange: () => { write({ companies: companies.checked ? "true" : null }); void app.reload().then(() => { this._legend(); this._fill(); }); } });
    companies.checked = param("companies") === "true";
    const pick = (name, label, pairs) => field(label, "", bound(name, el("select", { name }, options([["", "all"], ...pairs], param(name)))));
    this.legend = el("div");
    this.list = el("div");
    box.append(
      el("form", { onsubmit: (event) => event.preventDefault() },
        field("Search", "name, designator or number; key /", bound("q", entry("q", param("q"), { type: "search" }), "input"), "full"),
        el("fieldset", {}, el("legend", {}, "Colour"),
          el("div", { class: "fields" },
            field("By", "", bound("colour", el("select", { name: "colour", onchange: () => { write({ hide: null }); setTimeout(() => this._legend(), 150); } }, options(COLOURINGS, param("colour", "alliance"))))),
            field("Alliances", "up to 6, commas between", groups, "wide"),
            el("label", { class: "check" }, companies, "companies, too")),
          el("p", { id: "groups-help", class: "unseen" }, "The first that an object counts for gives its colour."), this.legend),
        el("fieldset", {}, el("legend", {}, "Show"),
          el("div", { class: "fields" },
            pick("show_type", "Kind", choices("object_type", KINDS)), pick("show_orbit", "Orbit", choices("regime", ORBITS)),
            pick("show_mission", "Mission", choices("mission")), pick("show_owner", "Owner", choices("owner", Object.fromEntries(Object.entries(catalogue.columns.owner_names).map(([code, name]) => [code, `${name} (${code})`])))),
            pick("show_fleet", "Alliance", [["counted", "only what counts"], ["shared", "and what is shared"]])))),
      this._briefing(), el("h3", {}, "Objects"), this.list,
      el("ul", { class: "caveats" }, catalogue.caveats.map((text) => el("li", {}, text))));
    this._legend();
    this._fill();
  }

  /** A briefing of the first alliance, from the time shown, over the chosen site or the alliance's own ground. */
  _briefing() {
    const { app } = this, first = () => param("groups", "NATO").split(",")[0].trim(), at = app.site;
    const region = el("input", { name: "region", autocomplete: "off", value: at ? `circle:${at.latitude},${at.longitude},500` : `alliance:${first()}` }), hours = el("input", { name: "hours", value: "24", inputmode: "decimal" });
    return briefing(app, () => ({ region: region.value.trim(), alliance: first(), commercial: param("companies") === "true", start: iso(app.clock.ms), hours: Number(hours.value) }),
      [field("Region", "", region, "wide"), field("Length", "hours", hours)]);
  }

  chosen() { this._fill(); }

  _legend() {
    const { app } = this, hidden = new Set(param("hide").split(",").filter(Boolean));
    this.legend.replaceChildren(el("ul", { class: "legend" }, app.groups.map((group) => el("li", {}, el("button", {
      type: "button", "aria-pressed": String(!hidden.has(group.key)), title: "Show or hide",
      onclick: () => {
        if (hidden.has(group.key)) hidden.delete(group.key); else hidden.add(group.key);
        write({ hide: [...hidden].join(",") });
        app.look();
        this._legend();
        this._fill();
      },
    }, el("span", { class: "dot", colour: group.colour }), el("span", {}, group.label), el("span", {}, count(group.count)))))));
  }

  _fill() {
    const { app } = this, { catalogue, visible } = app, rows = [];
    for (let row = 0; row < visible.length; row++) if (visible[row]) rows.push(row);
    const first = app.chosen >= 0 && visible[app.chosen] ? [app.chosen, ...rows.filter((row) => row !== app.chosen)] : rows;
    this.list.replaceChildren(table({
      caption: `${count(rows.length)} of ${count(catalogue.n)} objects${catalogue.columns.decayed_rows.length ? `; ${count(catalogue.columns.decayed_rows.length)} that have decayed are left out` : ""}`,
      label: "Objects", rows: first, isChosen: (row) => row === app.chosen,
      columns: [
        { title: "Object", of: (row) => catalogue.name(row).toLowerCase(), cell: (row) => el("button", { type: "button", class: "link", onclick: () => app.choose(row, { fly: true }) }, catalogue.name(row)) },
        { title: "Number", number: true, of: (row) => catalogue.id(row) },
        { title: "Owner", of: (row) => catalogue.value("owner", row) ?? "" },
        { title: "Perigee", unit: "km", number: true, of: (row) => catalogue.columns.perigee_height_km[row] },
        { title: "Incl.", unit: "°", number: true, of: (row) => catalogue.columns.inclination_deg[row], cell: (row) => fixed(catalogue.columns.inclination_deg[row], 1) },
        { title: "Age", unit: "days", number: true, of: (row) => catalogue.ageDays(row, app.clock.ms), cell: (row) => fixed(catalogue.ageDays(row, app.clock.ms), 1) },
      ],
    }));
  }
}

/** Waits for a pause. */
export function debounced(act, ms) {
  let waiting = 0;
  return () => { clearTimeout(waiting); waiting = window.setTimeout(act, ms); };
}
