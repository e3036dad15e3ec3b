// Debris: where the crowd is, whose objects an alliance may collide with, what a break-up does, when objects come down.

import { BREAKUP } from "./debris_breakup.js";
import { DECAY } from "./debris_decay.js";
import { DENSITY } from "./debris_density.js";
import { EXPOSURE } from "./debris_exposure.js";
import { announce, byId, el, isSmall } from "./dom.js";
import { Heavy } from "./heavy.js";
import { suggest, written } from "./object_field.js";
import { param, write } from "./state.js";
import { ageInWords, clock, count, iso, minute } from "./words.js";
import { restInWords, restOf } from "./view_passes.js";

/**
 * A part: its form is the template `debris-ID`; `asked(values, app)` the question that a form's values make, `shown(app,
 * answer)` the title and the elements of an answer.
 */
const PARTS = [DENSITY, EXPOSURE, BREAKUP, DECAY];

export class DebrisView {
  static id = "debris";
  static title = "Debris";

  constructor(app) { this.app = app; }

  show(box) {
    this.tabs = el("div", { class: "actions parts", role: "group", "aria-label": "Parts of debris" }, PARTS.map((part) => el("button", { type: "button", "data-part": part.id,
      onclick: () => { write({ part: part.id, computed: null, job: null }, { push: true }); void this._open(); } }, part.title)));
    this.body = el("div");
    box.append(el("h2", {}, "Who is in danger of what, and what comes down"), this.tabs, this.body);
    return this._open();
  }

  hide() { this.heavy.stop(); write({ job: null }); }

  /** A click on the globe chooses what breaks up, as long as nothing is answered. */
  chosen(row) {
    const input = this.form.elements.object;
    if (input && row >= 0 && this.result.hidden) input.value = written(this.app.catalogue, row);
  }

  _open() {
    this.heavy?.stop();
    const { app } = this, part = this.part = PARTS.find(({ id }) => id === param("part")) ?? DENSITY, heavy = this.heavy = new Heavy(`/v1/debris/${part.route}`, part.button);
    for (const tab of this.tabs.children) tab.setAttribute("aria-pressed", String(tab.dataset.part === part.id));
    const form = this.form = el("form", { novalidate: true, autocomplete: "off", spellcheck: "false", onchange: () => this._hideUnasked(), onsubmit: (event) => { event.preventDefault(); void this.find(); } },
      byId(`debris-${part.id}`).content.cloneNode(true), heavy.parts);
    for (const input of this._inputs()) {
      const given = param(nameOf(input), input.name === "at" ? minute(iso(app.clock.ms)) : "object" in input.dataset || input.name === "objects" ? param(input.name === "with_object" ? "" : "object") : input.value);
      if (input.type === "checkbox") input.checked = param(nameOf(input)) === "true";
      else input.value = given;
      if ("object" in input.dataset) suggest(app.catalogue, input);
    }
    part.wired?.(form, () => this.find());
    this._hideUnasked();
    this.result = el("section", { "aria-label": part.title, hidden: true });
    this.body.replaceChildren(form, this.result);
    app.point([]);
    app.clear();
    if (param("job")) return this.heavy.told(this, async () => this._show(await heavy.ofJob(param("job"))));
    return part.isQuick || param("computed") === "1" ? this.find() : undefined;
  }

  _inputs() { return [...this.form.querySelectorAll("[name]:not([data-quiet])")]; }

  _hideUnasked() {
    for (const one of this.form.querySelectorAll("[data-when]")) {
      const [name, values] = one.dataset.when.split("=");
      one.hidden = !values.split(",").includes(this.form.elements[name].value);
    }
  }

  find() {
    this.app.clear();
    return this.heavy.told(this, async () => {
      const { app, part, heavy } = this, inputs = this._inputs(), valueOf = (input) => (input.closest("[hidden]") ? "" : input.type === "checkbox" ? input.checked && "true" : input.value.trim());
      const asked = part.asked(Object.fromEntries(inputs.map((input) => [input.name, valueOf(input)])), app), given = Object.entries(asked).filter(([, value]) => value);
      const kept = Object.fromEntries(inputs.map((input) => [nameOf(input), "object" in input.dataset ? Number.parseInt(valueOf(input)) || "" : valueOf(input)]));
      const { answer, job } = await (part.isQuick ? heavy.ask(null, `${heavy.path}?${new URLSearchParams(given)}`) : heavy.ask(Object.fromEntries(given)));
      write({ ...kept, part: part.id, computed: part.isQuick ? null : "1", job: job?.id ?? null });
      if (part === this.part) this._show(answer);
    });
  }

  _show(answer) {
    const { title, parts } = this.part.shown(this.app, answer), { catalogue: { as_of, data_mode, oldest_epoch_age_days } } = answer, heading = el("h2", { tabindex: -1 }, title);
    this.result.replaceChildren(...[heading,
      el("p", { id: "summary" }, `${answer.objects_counted ? `${count(answer.objects_counted)} objects counted, ` : ""}${data_mode} catalogue of ${clock(as_of, true)} UTC; oldest elements then: ${ageInWords(oldest_epoch_age_days)}.${restInWords(answer)}`),
      parts, restOf(answer)].flat(4).filter(Boolean));
    this.result.hidden = false;
    if (isSmall()) this.result.querySelectorAll("details.table").forEach((one) => { one.open = true; });
    heading.focus({ preventScroll: true });
    announce(title);
  }
}

const nameOf = (input) => input.dataset.as ?? input.name;
