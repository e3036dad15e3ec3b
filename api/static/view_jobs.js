// Heavy questions under way: how far, how long, cancel; and the answers, each at its own address.

import { el } from "./dom.js";
import { ask, endJob, isFinal } from "./service.js";
import { write } from "./state.js";
import { table } from "./tables.js";
import { clock, duration, percent } from "./words.js";

const EVERY_MS = 1500, SHOWN_IN = { coverage: "coverage", passes: "passes", screenings: "conjunctions", alerts: "conjunctions", "debris-risk": "debris", "debris-breakups": "debris", "debris-decay": "debris" };
const PARTS = { "debris-risk": "exposure", "debris-breakups": "breakup", "debris-decay": "decay" };
const WORDS = { queued: "waits", running: "runs", done: "done", failed: "failed", cancelled: "cancelled", interrupted: "interrupted" };

export class JobsView {
  static id = "jobs";
  static title = "Jobs";

  constructor(app) { this.app = app; }

  show(box) {
    this.list = el("div");
    this.isOpen = true;
    this.before = "";
    box.append(el("h2", {}, "Jobs"), el("p", { class: "note" }, "A question that is too large to be answered at once is computed by a job. Its answer is kept for a day; the address of the answer stays the same."), this.list);
    return this._ask();
  }

  hide() { this.isOpen = false; clearTimeout(this.again); }

  async _ask() {
    try {
      const { jobs } = await ask("/v1/jobs?limit=100");
      if (!this.isOpen) return;
      this._fill(jobs);
      this.again = setTimeout(() => void this._ask(), jobs.some((job) => !isFinal(job)) ? EVERY_MS : 4 * EVERY_MS);
    } catch (problem) {
      this.app.tell(problem);
    }
  }

  _fill(jobs) {
    const text = JSON.stringify(jobs);
    if (text === this.before) return;
    this.before = text;
    this.list.replaceChildren(jobs.length ? table({ caption: `${jobs.length} jobs, the newest first`, label: "Jobs", rows: jobs, columns: [
      { title: "Question", of: (job) => job.kind, cell: (job) => [job.kind, " ", el("span", { class: "id" }, job.id.slice(0, 8))] },
      { title: "Asked", unit: "UTC", of: (job) => job.created, cell: (job) => clock(job.created, true) },
      { title: "State", of: (job) => job.state, cell: (job) => (job.problem ? el("span", { class: "old", title: job.problem.detail }, `✕ ${WORDS[job.state]}: ${job.problem.detail}`) : `${{ done: "✓", running: "▶", queued: "…" }[job.state] ?? "✕"} ${WORDS[job.state]}`) },
      { title: "Progress", of: (job) => job.fraction, cell: (job) => (isFinal(job) ? "" : [el("progress", { max: 1, value: job.fraction, "aria-label": `Progress of ${job.kind}` }), ` ${percent(job.fraction)}`]) },
      { title: "Left", number: true, of: (job) => job.seconds_left, cell: (job) => (isFinal(job) ? "" : job.seconds_left === null ? "not known yet" : duration(job.seconds_left)) },
      { title: "Answer", of: () => "", cell: (job) => [
        job.state === "done" && this._link(job), " ",
        job.result && el("a", { href: job.result }, "JSON"), " ",
        el("button", { type: "button", class: "link", onclick: () => void this._end(job) }, isFinal(job) ? "Remove" : "Cancel")] },
    ] }) : el("p", {}, "No job is kept now."));
  }

  /** The way to an answer: its view, or the file of a briefing. */
  _link(job) {
    const view = SHOWN_IN[job.kind], part = PARTS[job.kind];
    if (job.kind === "briefing") return el("a", { href: `/v1/briefings/${job.id}/file` }, "File");
    return view && el("a", { href: `?view=${view}${part ? `&part=${part}` : ""}&job=${job.id}`, onclick: (event) => { event.preventDefault(); write({ view, job: job.id, ...(part && { part }) }, { push: true }); void this.app.open(view); } }, "Show");
  }

  async _end(job) {
    try {
      await endJob(job.id);
      clearTimeout(this.again);
      await this._ask();
    } catch (problem) {
      this.app.tell(problem);
    }
  }
}
