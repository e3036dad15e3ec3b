// A heavy question as a form asks it: its button, how far the job is, and the way to stop waiting.

import { el } from "./dom.js";
import { answerOfJob, askHeavy, isAborted } from "./service.js";
import { duration, fixed, percent } from "./words.js";

export class Heavy {
  /** @param {string} path @param {string} words on the button */
  constructor(path, words) {
    this.path = path;
    this.button = el("button", { class: "go" }, words);
    this.cancel = el("button", { type: "button", hidden: true, onclick: () => { this.stop(); this.say("The job goes on; see Jobs."); } }, "Stop waiting");
    this.status = el("span", { class: "status", role: "status" });
    this.progress = el("progress", { max: 1, value: 0, hidden: true, "aria-label": "Progress" });
    this.parts = [el("div", { class: "actions" }, this.button, this.cancel, this.status), this.progress];
  }

  say(text) { this.status.textContent = text; }

  stop() { this._ask?.abort(); this._waiting(false); }

  _waiting(isWaiting) { this.button.disabled = isWaiting; this.cancel.hidden = !isWaiting; if (!isWaiting) this.progress.hidden = true; }

  async _watched(work) {
    this._ask?.abort();
    const mine = (this._ask = new AbortController());
    this._waiting(true);
    try {
      return await work({ signal: mine.signal, onJob: (job) => {
        this.progress.hidden = false;
        this.progress.value = job.fraction ?? 0;
        this.say(`Job ${job.state}, ${job.seconds_left === null || job.seconds_left === undefined ? percent(job.fraction) : `about ${duration(job.seconds_left)} left`}`);
      } });
    } finally {
      if (mine === this._ask) this._waiting(false);
    }
  }

  /** @param {any} body null: the question stands in the path @returns {Promise<{answer: any, job: any}>} */
  async ask(body, path = this.path) {
    this.say("Computing…");
    const began = performance.now(), found = await this._watched((how) => askHeavy(path, body, how));
    this.say(`Answered in ${fixed((performance.now() - began) / 1000, 1)} s.`);
    return found;
  }

  /** Does a view's work with its answer; where that fails, the view tells why. */
  async told({ app, result }, work) {
    try {
      await work();
    } catch (problem) {
      if (isAborted(problem)) return;
      this.say("");
      result.hidden = true;
      app.tell(problem);
    }
  }

  /** The answer of a job that the address names. */
  async ofJob(id) {
    const answer = await this._watched((how) => answerOfJob(id, how));
    this.say("");
    return answer;
  }
}
