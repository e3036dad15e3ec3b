// A briefing on what a view asks: one file of each form that is wanted, made by a job when it is large.

import { byId, el, field } from "./dom.js";
import { Heavy } from "./heavy.js";
import { isAborted } from "./service.js";
import { behind } from "./tables.js";

const FORMS = [["html", "HTML with a globe"], ["light", "Light HTML"], ["pdf", "PDF"]];

/** @param {any} app @param {() => any} asked the body of /v1/briefings @param {any[]} fields more of the form */
export function briefing(app, asked, fields = []) {
  const heavy = new Heavy("/v1/briefings", ""), title = el("input", { name: "title", maxlength: 200, placeholder: "as the region" }), files = el("ul", { "aria-label": "Files of briefings" });
  const buttons = el("fieldset", { class: "actions" }, FORMS.map(([format, words]) => el("button", { type: "button", onclick: () => void make(format, words) }, words)));
  heavy.button.hidden = true;

  async function make(format, words) {
    const marking = byId("marking-top").textContent, named = title.value.trim();
    app.clear();
    buttons.disabled = true;
    try {
      const { answer, job } = await heavy.ask({ ...asked(), format, ...(marking && { marking }), ...(named && { title: named }) });
      const href = job ? `/v1/briefings/${job.id}/file` : URL.createObjectURL(new Blob([Uint8Array.from(atob(answer.file.content), (sign) => sign.charCodeAt(0))], { type: answer.file.media_type }));
      files.append(el("li", {}, el("a", { href, download: answer.file.name }, words), `: ${answer.title}${marking && `, marked ${marking}`}`));
    } catch (problem) {
      heavy.say("");
      if (!isAborted(problem)) app.tell(problem);
    } finally {
      buttons.disabled = false;
    }
  }

  return behind("Briefing of this: one file to keep or to send", [
    el("p", { class: "note" }, "With each object's own sensor; the marking of this page goes along. Each form is a file of its own."),
    el("div", { class: "fields" }, fields, field("Title", "", title, "wide")), buttons, heavy.parts, files]);
}
