// The page: header, views, stage and time, and what they share. The address holds the whole view (docs/page.md).

import { Catalogue } from "./catalogue.js";
import { Clock } from "./clock.js";
import { byId, el, field, isCalm, options } from "./dom.js";
import { errorOf, FrameStore, holds, Moment } from "./frames.js";
import { readOutlines } from "./geometry.js";
import { Card } from "./card.js";
import { ask, isAborted } from "./service.js";
import { makeStage, trackOf } from "./stage.js";
import { has, number, onAddress, param, write } from "./state.js";
import { Timeline } from "./timeline.js";
import { ageInWords, clock as clockText, count, iso, problemLines } from "./words.js";
import { ConjunctionsView } from "./view_conjunctions.js";
import { CoverageView } from "./view_coverage.js";
import { DebrisView } from "./view_debris.js";
import { GlobeView } from "./view_globe.js";
import { JobsView } from "./view_jobs.js";
import { PassesView } from "./view_passes.js";

const DAY = 86400e3, OLD_DAYS = 30, WORN_DAYS = 14, FRESH_DAYS = 3;

/** What every view is given. */
export class App {
  constructor() {
    /** @type {Catalogue|any} */ this.catalogue = null;
    this.stage = null;
    this.outlines = [];
    this.clock = new Clock(Date.now());
    this.frames = new FrameStore((problem) => this.tell(problem));
    this.moment = new Moment(0);
    /** @type {any[]} what views point out besides the chosen object */ this.pointed = [];
    this.chosen = -1;
    this.costMs = [];
    /** @type {any} */ this.card = null;
    /** @type {any} */ this.timeline = null;
    /** @type {any[]} */ this.alliances = [];
    this.stageReason = "";
    this.views = {};
    this.current = "";
    this._onGround = null;
  }

  /** Shows what is wrong, in words; null: nothing is any more. */
  tell(problem) {
    if (isAborted(problem)) return;
    if (!problem) { this.clear(); return; }
    if (!("errors" in Object(problem))) { console.error(problem); problem = { detail: `A fault of the page: ${problem?.message ?? problem}`, errors: [] }; }
    const box = byId("problem");
    box.replaceChildren(...problemLines(problem).map((line) => el("p", {}, line)));
    box.hidden = false;
    const form = byId("view").querySelector("form");
    for (const wrong of problem.errors ?? []) {
      const bare = wrong.field.replace(/^.*\./, "").replace(/_deg$|_altitude_m$/, "");
      const input = form?.elements?.[wrong.field] ?? form?.elements?.[bare] ?? form?.elements?.[{ latitude: "lat", longitude: "lon" }[bare] ?? ""];
      if (input instanceof HTMLElement) { input.setAttribute("aria-invalid", "true"); input.focus(); }
    }
  }

  /** A clean sheet before the next question. */
  clear() {
    byId("problem").hidden = true;
    byId("view").querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  }

  /** Chooses an object, by row; -1 chooses none. */
  async choose(row, { fly = false } = {}) {
    this.chosen = row ?? -1;
    const id = this.chosen >= 0 ? this.catalogue.id(this.chosen) : null;
    write({ object: id });
    this.track = null;
    this.card.show(this.chosen);
    this.point();
    this.views[this.current]?.chosen?.(this.chosen);
    if (fly) this.flyTo(this.chosen);
    if (id === null) return;
    this._ask?.abort();
    this._ask = new AbortController();
    try {
      this.track = await trackOf(id, this.clock.ms, this.catalogue.columns.period_min[this.chosen], this._ask.signal);
      this.point();
    } catch (problem) {
      if (!isAborted(problem)) this.card.say(problemLines(problem)[0]);
    }
  }

  flyTo(row) {
    const p = this.moment.at(row);
    if (!p) return;
    const size = Math.hypot(...p);
    this.stage.lookAt((Math.asin(p[2] / size) * 180) / Math.PI, (Math.atan2(p[1], p[0]) * 180) / Math.PI, Math.max((size - 6371) * 2.2, 9000), isCalm());
  }

  /** Draws what is pointed out: the view's objects and the chosen one. */
  point(pointed = this.pointed) {
    this.pointed = pointed;
    const chosen = this.chosen >= 0 && !pointed.some((one) => one.row === this.chosen)
      ? [{ row: this.chosen, label: this.catalogue.name(this.chosen), colour: "#ffffff", footprint: true, track: this.track }] : [];
    this.stage.setHighlights([...chosen, ...pointed]);
  }

  /** The next click on the ground is for a view, until it takes null. */
  onGround(listen) {
    this._onGround = listen;
    byId("stage").style.cursor = listen ? "crosshair" : "";
  }

  /** The chosen site, or null. */
  get site() {
    const [latitude, longitude] = param("site").split(",").map(Number);
    return param("site") && Number.isFinite(latitude) && Number.isFinite(longitude) ? { name: param("site_name") || "site", latitude, longitude } : null;
  }

  setSite(site) {
    write({ site: site ? `${site.latitude.toFixed(4)},${site.longitude.toFixed(4)}` : null, site_name: site?.name === "site" ? null : site?.name });
    this.showSites();
    this.card.show(this.chosen);
  }

  showSites(more = []) {
    this.moreSites = more;
    this.stage.setSites([...(this.site ? [this.site] : []), ...more]);
  }

  /** The time shown, and everything at its place. */
  showTime(ms) {
    const frames = this.frames.at(ms, this.clock.isPlaying ? this.clock.speed : 0);
    if (!frames || !holds(frames, ms)) return;
    if (frames.digest !== this.catalogue.stamp.digest) { void this.reload(); return; }
    const began = performance.now();
    this.moment.set(frames, ms);
    this.stage.show(this.moment);
    this.costMs.push(performance.now() - began);
    if (this.costMs.length > 300) this.costMs.shift();
    if (!this.clock.isPlaying) this.card?.tick();
  }

  /** The catalogue has changed, or other alliances are asked for. */
  async reload() {
    if (this._reloading) return;
    this._reloading = true;
    try {
      const id = this.chosen >= 0 ? this.catalogue.id(this.chosen) : null;
      this.catalogue = await Catalogue.load(groupsAsked(), { commercial: param("companies") === "true" });
      this.moment = new Moment(this.catalogue.n);
      this.stage.setCount(this.catalogue.n);
      this.frames = new FrameStore((problem) => this.tell(problem));
      this.showStamp();
      this.look();
      await this.frames.load(this.clock.ms, 0);
      this.showTime(this.clock.ms);
      this.chosen = id === null ? -1 : this.catalogue.rowOf(id) ?? -1;
      this.point();
    } catch (problem) {
      this.tell(problem);
    } finally {
      this._reloading = false;
    }
  }

  /** Colours and filters, from the address. */
  look() {
    const filter = { q: param("q"), type: param("show_type"), regime: param("show_orbit"), mission: param("show_mission"), owner: param("show_owner"), fleet: param("show_fleet") };
    const { groups, codes } = this.catalogue.coloured(param("colour", "alliance"), this.clock.ms);
    const hidden = new Set(param("hide").split(",").filter(Boolean));
    this.visible = this.catalogue.matching(filter);
    this.matches = this.visible.reduce((sum, one) => sum + one, 0);
    const off = groups.map((group) => hidden.has(group.key));
    for (let row = 0; row < codes.length; row++) if (off[codes[row]]) this.visible[row] = 0;
    this.groups = groups;
    this.codes = codes;
    this.stage.setLook(groups, codes, this.visible);
    if (this.moment.frames) this.stage.show(this.moment);
  }

  showStamp() {
    const { stamp } = this.catalogue;
    byId("mode").textContent = stamp.data_mode;
    byId("mode").className = `mode ${stamp.data_mode === "REAL" ? "real" : "simulated"}`;
    byId("mode").hidden = false;
    const age = stamp.newest_epoch_age_days, grade = age <= FRESH_DAYS ? "fresh" : age <= WORN_DAYS ? "worn" : "old";
    byId("stamp").replaceChildren(
      `${count(stamp.objects)} objects, newest elements `, el("strong", { class: grade }, `${ageInWords(age)} (${{ fresh: "fresh", worn: "ageing", old: "old" }[grade]})`),
      el("span", { class: "more" }, `, oldest ${ageInWords(stamp.oldest_epoch_age_days)}, from ${stamp.source}`));
  }

  note() {
    const away = (this.clock.ms - this.catalogue.atMs) / DAY + this.catalogue.stamp.newest_epoch_age_days;
    const far = Math.abs(away) > WORN_DAYS ? ` The time shown is ${Math.round(Math.abs(away))} days ${away > 0 ? "after" : "before"} the newest elements: low orbits are wrong by then.` : "";
    const gone = this.moment.frames?.gone, credit = "Base map Natural Earth II; outlines Natural Earth, no statement on borders.";
    const text = `${this.stageReason ? `Flat map: ${this.stageReason}. ` : ""}Drawn within ${errorOf(this.frames.stepS)} of SGP4; the elements themselves are good to about a kilometre at epoch.${gone ? ` Without a position then: ${count(gone)}.` : ""}${far} ${credit}`;
    if (byId("stage-note").textContent !== text) byId("stage-note").textContent = text;
  }

  open(id) {
    if (!this.views[id]) id = "globe";
    this.views[this.current]?.hide?.();
    this.current = id;
    document.body.toggleAttribute("data-wide", id !== "globe");
    for (const link of byId("views").children) link.toggleAttribute("aria-current", link.dataset.view === id);
    byId("views").querySelector("[aria-current]")?.setAttribute("aria-current", "page");
    this.clear();
    this.onGround(null);
    this.point([]);
    this.stage.setDrawn([]);
    void this.stage.setShading(null);
    this.timeline.setMarks([]);
    this.showSites();
    byId("view").replaceChildren();
    this.card.show(this.chosen);
    this.stage.resize();
    return this.views[id].show(byId("view"));
  }
}

export const groupsAsked = () => param("groups", "NATO").split(",").map((text) => text.trim()).filter(Boolean);

/** Now; or the newest epoch where every element set is old, because what is shown of then is right. */
function beginMs(stamp) {
  const age = Math.max(stamp.newest_epoch_age_days, 0), hour = 3600e3;
  return age > OLD_DAYS ? Math.round((Date.now() - age * DAY) / hour) * hour : Math.floor(Date.now() / 1e3) * 1e3;
}

function theme() {
  const wanted = param("theme", localStorage.getItem("theme") ?? "auto");
  const isLight = wanted === "light" || (wanted === "auto" && matchMedia("(prefers-color-scheme: light)").matches);
  document.documentElement.dataset.theme = isLight ? "light" : "dark";
  return !isLight;
}

function marking() {
  const text = param("marking", localStorage.getItem("marking") ?? "");
  for (const id of ["marking-top", "marking-bottom"]) { byId(id).textContent = text; byId(id).hidden = !text; }
}

function settings(app) {
  const words = el("input", { value: param("marking", localStorage.getItem("marking") ?? ""), maxlength: 120, placeholder: "none",
    oninput: () => { localStorage.setItem("marking", words.value); write({ marking: words.value }); marking(); app.stage.resize(); } });
  const chosen = el("select", { onchange: () => { localStorage.setItem("theme", chosen.value); write({ theme: null }); app.stage.setTheme(theme()); } },
    options([["auto", "as the system"], ["dark", "dark"], ["light", "light"]], localStorage.getItem("theme") ?? "auto"));
  const stage = el("select", { onchange: () => { write({ stage: stage.value }); setTimeout(() => location.reload(), 400); } },
    options([["", "globe where it can be"], ["globe", "globe"], ["map", "flat map"]], param("stage")));
  byId("settings-body").append(field("Marking, shown above and below", "", words), field("Colours", "", chosen), field("Stage", "", stage),
    el("p", { class: "note" }, "The marking and the whole view stand in the address of this page: whoever opens it sees the same. ",
      el("a", { href: "/openapi.json" }, "OpenAPI document")));
}

/** A question asked before its answer is waited for: if it fails, whoever waits is told. @template T @param {Promise<T>} asked */
const early = (asked) => { asked.catch(() => {}); return asked; };

async function begin() {
  const app = new App();
  theme();
  marking();
  // an address of a pass question from before there were views
  if (!has("view") && has("lat") && has("start")) write({ view: "passes" });
  let begun = 0;
  try {
    // all questions at once; the small one tells the time that the frames are asked for
    const outlines = early(fetch(new URL("./outlines.json", import.meta.url)).then((answer) => answer.json()));
    const stage = makeStage(byId("stage"), param("lite") === "1");
    const columns = early(Catalogue.load(groupsAsked(), { commercial: param("companies") === "true" })), known = early(ask("/v1/alliances"));
    begun = beginMs((await ask("/v1/catalogue")).catalogue);
    app.clock.ms = Date.parse(param("t")) || begun;
    app.clock.speed = number("speed", 1);
    const frames = app.frames.load(app.clock.ms, 0);
    app.catalogue = await columns.catch(async (problem) => {
      if (problem.status !== 422) throw problem;
      app.tell(problem);  // an alliance that is not known
      return Catalogue.load([]);
    });
    app.showStamp();
    app.moment = new Moment(app.catalogue.n);
    const [made, , table, alliances] = await Promise.all([stage, frames, outlines, known]);
    app.outlines = readOutlines(table);
    app.alliances = alliances.alliances;
    Object.assign(app, { stage: made.stage, stageReason: made.reason });
  } catch (problem) {
    byId("stamp").textContent = "No catalogue";
    app.tell(problem);
    document.documentElement.dataset.ready = "failed";
    return;
  }
  app.stage.setTheme(document.documentElement.dataset.theme === "dark");
  app.stage.setOutlines(app.outlines);
  app.stage.setCount(app.catalogue.n);
  const lists = el("datalist", { id: "alliances" }, app.alliances.map((one) => el("option", { value: one.aliases[0] ?? one.name }, `${one.name}, ${one.members} members`)));
  document.body.append(lists, el("datalist", { id: "countries" }, app.outlines.map((one) => el("option", { value: one.name }))));
  app.card = new Card(app, byId("card"));
  app.timeline = new Timeline(app.clock, byId("timeline"), () => begun);
  app.views = Object.fromEntries([GlobeView, PassesView, CoverageView, ConjunctionsView, DebrisView, JobsView].map((View) => [View.id, new View(app)]));
  byId("views").append(...Object.values(app.views).map((view) => el("a", { href: `?view=${view.constructor.id}`, "data-view": view.constructor.id,
    onclick: (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      write({ view: view.constructor.id }, { push: true });
      void app.open(view.constructor.id);
    } }, view.constructor.title)));
  settings(app);
  app.look();
  app.showTime(app.clock.ms);
  listenToStage(app);
  app.clock.onTime((ms) => app.showTime(ms));
  app.clock.onChange(() => { write({ t: iso(app.clock.ms), speed: app.clock.speed === 1 ? null : app.clock.speed }); app.note(); });
  let beats = 0;  // the address is written every other second: browsers limit that
  setInterval(() => { if (app.clock.isPlaying) { if (beats++ % 8 === 0) write({ t: iso(app.clock.ms) }); app.note(); app.card.tick(); } else if (app.moment.ms !== app.clock.ms) app.showTime(app.clock.ms); }, 250);
  const [lon, lat, height] = param("cam").split(",").map(Number);
  if (param("cam") && Number.isFinite(height)) app.stage.lookAt(lat, lon, height, true);
  await Promise.resolve(app.open(param("view", "globe"))).catch((problem) => app.tell(problem));
  const row = has("object") ? app.catalogue.rowOf(param("object")) : undefined;
  if (row !== undefined) await app.choose(row, { fly: !param("cam") });
  app.note();
  if (param("play") === "1" && !isCalm()) app.clock.play();
  onAddress(() => { app.clock.set(Date.parse(param("t")) || begun); void app.open(param("view", "globe")); void app.choose(has("object") ? app.catalogue.rowOf(param("object")) ?? -1 : -1); });
  matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => app.stage.setTheme(theme()));
  window.__ssa = watched(app);
  document.documentElement.dataset.ready = "true";
  requestAnimationFrame(() => setTimeout(() => app.stage.begin()));  // the panel is painted before the first frame of the globe
}

function listenToStage(app) {
  const box = byId("stage"), tip = byId("tip");
  let down = null, last = 0;
  const local = (event) => { const edge = box.getBoundingClientRect(); return [event.clientX - edge.left, event.clientY - edge.top]; };
  box.addEventListener("pointerdown", (event) => { down = [event.clientX, event.clientY]; });
  box.addEventListener("click", (event) => {
    if (!down || Math.hypot(event.clientX - down[0], event.clientY - down[1]) > 4) return;
    const [x, y] = local(event);
    if (app._onGround) { const place = app.stage.placeAt(x, y); if (place) app._onGround(place, event); return; }
    const row = app.stage.rowAt(x, y);
    if (row >= 0 || app.chosen >= 0) void app.choose(row);
  });
  box.addEventListener("pointermove", (event) => {
    const now = performance.now();
    if (event.buttons || now - last < 60) return;
    last = now;
    const [x, y] = local(event), row = app._onGround ? -1 : app.stage.rowAt(x, y);
    tip.hidden = row < 0;
    if (row < 0) return;
    tip.textContent = `${app.catalogue.name(row)} · ${app.catalogue.ownerName(row)} · ${app.groups[app.codes[row]].label}`;
    tip.style.left = `${Math.min(x + 14, box.clientWidth - 200)}px`;
    tip.style.top = `${y + 12}px`;
  });
  box.addEventListener("pointerleave", () => { tip.hidden = true; });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") void app.choose(-1);
    else if (!event.ctrlKey && !event.altKey && !event.metaKey && app.stage.key(event.key)) event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    const isTyping = /** @type {any} */ (event.target).closest?.("input, select, textarea, button, a, summary, [role=slider]");
    if (event.key === " " && !isTyping) { event.preventDefault(); app.clock.play(!app.clock.isPlaying); }
    if (event.key === "/" && !isTyping) { event.preventDefault(); /** @type {any} */ (document.querySelector("[type=search]"))?.focus(); }
  });
  app.stage.onCamera(() => { const [lon, lat, height] = app.stage.camera; write({ cam: `${lon.toFixed(2)},${lat.toFixed(2)},${height.toFixed(0)}` }); });
  new ResizeObserver(() => app.stage.resize()).observe(box);
}

/** What tests read: nothing of it is needed by the page. */
const watched = (app) => ({
  app,
  stage: app.stage.kind,
  get counts() { return { objects: app.catalogue.n, visible: app.visible.reduce((sum, one) => sum + one, 0) }; },
  get settled() { return app.stage.isSettled && app.moment.ms === app.clock.ms; },
  screenPos: (id) => app.stage.screenPos(app.catalogue.rowOf(id)),
  position: (id) => [...app.moment.at(app.catalogue.rowOf(id)) ?? []],
  cost: () => [...app.costMs],
  time: () => clockText(iso(app.clock.ms), true),
});

void begin();
