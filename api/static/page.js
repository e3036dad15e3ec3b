// The plain page: the catalogue in words, and a form that asks /v1/passes. Everything that comes from the service is
// put in as text (textContent), never as HTML: names are hostile input.

import { ageInWords, asUtc, clock, count, fixed, minute, problemLines } from "./words.js";

const SHOWN_PASSES = 500;
const SHOWN_COUNTS = 8;
const WORN_DAYS = 14;
const OLD_DAYS = 30;
const byId = (id) => document.getElementById(id);
const form = byId("form");
let wasStartGiven = false;

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

async function ask(path) {
  let response;
  try {
    response = await fetch(path, { headers: { Accept: "application/json" } });
  } catch {
    throw { detail: "The service does not answer. Is it still running?", errors: [] };
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw body ?? { detail: `The service answered ${response.status}.`, errors: [] };
  return body;
}

function showProblem(problem) {
  const box = byId("problem");
  box.replaceChildren(...problemLines(problem).map((line) => element("p", line)));
  box.hidden = false;
  for (const wrong of problem.errors ?? []) {
    const field = form.elements[wrong.field] ?? form.elements[wrong.field.replace(/_deg$|_altitude_m$/, "")];
    if (field instanceof HTMLElement) field.setAttribute("aria-invalid", "true");
  }
  form.querySelector("[aria-invalid=true]")?.focus();
}

function clearProblem() {
  byId("problem").hidden = true;
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

// --- the catalogue -------------------------------------------------------------------------------------------------

function showCatalogue(answer) {
  const stamp = answer.catalogue;
  const mode = byId("mode");
  mode.textContent = stamp.data_mode;
  mode.className = `mode ${stamp.data_mode === "REAL" ? "real" : "simulated"}`;
  mode.hidden = false;
  byId("stamp").textContent =
    `${count(stamp.objects)} objects, newest elements ${ageInWords(stamp.newest_epoch_age_days)}, from ${stamp.source}`;
  byId("stamp").classList.toggle("old", stamp.newest_epoch_age_days > WORN_DAYS);
  byId("catalogue-words").textContent =
    `As of ${clock(stamp.as_of, true)} UTC. The newest element set is ${ageInWords(stamp.newest_epoch_age_days)}, ` +
    `the oldest ${ageInWords(stamp.oldest_epoch_age_days)}. Digest ${stamp.digest.slice(0, 16)}.`;
  const owners = Object.fromEntries(
    Object.entries(answer.by_owner).map(([code, number]) => [
      answer.owner_names[code] ? `${answer.owner_names[code]} (${code})` : code, number]));
  byId("counts").replaceChildren(
    counts("By owner", owners), counts("By kind", answer.by_type, KINDS), counts("By orbit", answer.by_regime, ORBITS),
    counts("By mission", answer.by_mission));
  byId("catalogue-caveats").replaceChildren(...answer.caveats.map((text) => element("li", text)));
  byId("catalogue").hidden = false;
  const missions = form.elements.mission;
  const chosen = missions.value;
  for (const name of Object.keys(answer.by_mission).filter((name) => name !== "unknown").sort()) {
    missions.append(new Option(name, name));
  }
  missions.value = chosen;
  if (!wasStartGiven) form.elements.start.value = firstStart(stamp);
}

const KINDS = { PAY: "Payloads", "R/B": "Rocket bodies", DEB: "Debris", UNK: "Unknown kind" };
const ORBITS = { LEO: "Low (LEO)", MEO: "Medium (MEO)", GEO: "Geostationary (GEO)", HEO: "Eccentric (HEO)", OTHER: "Other" };

function counts(title, numbers, names = {}) {
  const box = element("div");
  box.append(element("h3", title));
  const list = element("dl");
  const entries = Object.entries(numbers);
  const total = entries.reduce((sum, [, number]) => sum + number, 0);
  const shown = entries.slice(0, SHOWN_COUNTS);
  const rest = total - shown.reduce((sum, [, number]) => sum + number, 0);
  if (rest > 0) shown.push(["others", rest]);
  for (const [name, number] of shown) {
    list.append(element("dt", names[name] ?? name), element("dd", count(number)));
    const meter = element("meter");
    Object.assign(meter, { max: total, value: number });
    meter.setAttribute("aria-hidden", "true");
    list.append(meter);
  }
  box.append(list);
  return box;
}

// Now, to the minute; or the newest epoch where every element set is old, because passes of then are right.
function firstStart(stamp) {
  const age = Math.max(stamp.newest_epoch_age_days, 0);
  const hour = 3600e3;
  const when = age > OLD_DAYS ? Math.round((Date.now() - age * 24 * hour) / hour) * hour : Date.now();
  return minute(new Date(when).toISOString());
}

// --- passes --------------------------------------------------------------------------------------------------------

function question() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const text = value.trim();
    if (text && !(name === "alt_m" && Number(text) === 0)) asked.set(name, text);
  }
  if (asked.has("start")) asked.set("start", asUtc(asked.get("start")));
  if (asked.has("objects")) {
    for (const name of ["alliance", "commercial"]) asked.delete(name);
    if (form.elements.objects.dataset.asked !== "with mission") asked.delete("mission");
  }
  return asked;
}

async function findPasses(event) {
  event?.preventDefault();
  clearProblem();
  const asked = question();
  const button = form.querySelector("button");
  button.disabled = true;
  byId("status").textContent = "Computing…";
  const began = performance.now();
  try {
    const answer = await ask(`/v1/passes?${asked}`);
    history.replaceState(null, "", `?${asked}`);
    byId("status").textContent = `Answered in ${fixed((performance.now() - began) / 1000, 1)} s.`;
    showPasses(answer, asked);
  } catch (problem) {
    byId("status").textContent = "";
    byId("result").hidden = true;
    if (!("detail" in Object(problem))) throw problem;
    showProblem(problem);
  } finally {
    button.disabled = false;
  }
}

function showPasses(answer, asked) {
  const rows = answer.passes.slice(0, SHOWN_PASSES).map(passRow);
  byId("passes").tBodies[0].replaceChildren(...rows);
  const shown = answer.passes_found > rows.length ? ` The first ${count(rows.length)} are shown; the files hold more.` : "";
  byId("summary").textContent =
    `${count(answer.passes_found)} ${answer.passes_found === 1 ? "pass" : "passes"} of ` +
    `${count(answer.objects_searched)} ${answer.objects_searched === 1 ? "object" : "objects"}, ` +
    `${clock(answer.start, true)} to ${clock(answer.end, true)} UTC, ${answer.catalogue.data_mode} catalogue.${shown}`;
  byId("downloads").replaceChildren(...["csv", "ics", "json"].map((format) => {
    const link = element("a", format.toUpperCase());
    const query = new URLSearchParams(asked);
    query.set("format", format);
    link.href = `/v1/passes?${query}`;
    return link;
  }));
  byId("rest").replaceChildren(...restOf(answer));
  byId("result").hidden = false;
  byId("result-title").focus({ preventScroll: true });
}

function passRow(pass) {
  const row = element("tr");
  const name = element("th", pass.name || "unnamed");
  name.scope = "row";
  name.append(" ", element("span", String(pass.norad_id), "id"));
  row.append(name);
  const rise = element("td", clock(pass.rise.time, true));
  if (pass.cut_at_start) rise.append(" ", element("span", "already up", "cut"));
  const set = element("td", clock(pass.set.time));
  if (pass.cut_at_end) set.append(" ", element("span", "still up", "cut"));
  row.append(
    rise, element("td", fixed(pass.rise.azimuth_deg, 0), "number"), element("td", clock(pass.culmination.time)),
    element("td", fixed(pass.culmination.elevation_deg, 1), "number"),
    element("td", fixed(pass.culmination.range_km, 0), "number"), set,
    element("td", fixed(pass.set.azimuth_deg, 0), "number"), element("td", fixed(pass.time_plus_minus_s, 1), "number"),
    element("td", fixed(pass.elements_age_days, 1), "number"),
    element("td", `${pass.sunlit ? "sunlit" : "in shadow"}${pass.site_is_dark ? ", site dark" : ""}`));
  return row;
}

function restOf(answer) {
  const failed = answer.failed.map((one) =>
    `${one.norad_id} ${one.name}: SGP4 status ${one.status}, ${one.reason}`);
  const skipped = answer.skipped.map((one) => `${one.norad_id} ${one.name ?? ""}: ${one.reason}`);
  const leftOut = Object.entries(answer.left_out).map(([reason, number]) => `${count(number)}: ${reason}`);
  return [["Objects without a position", failed], ["Skipped", skipped], ["Left out", leftOut],
    ["What to know", answer.caveats]].filter(([, lines]) => lines.length).flatMap(([title, lines]) => {
    const list = element("ul");
    list.append(...lines.map((line) => element("li", line)));
    return [element("h3", title), list];
  });
}

// --- beginning -----------------------------------------------------------------------------------------------------

function fillFromAddress() {
  const given = new URLSearchParams(location.search);
  if (![...given].length) return false;
  form.elements.alliance.value = given.get("alliance") ?? "";
  for (const [name, value] of given) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = value === "true";
    else if (name === "mission" && value) field.append(new Option(value, value, true, true));
    else field.value = name === "start" ? minute(value) : value;
  }
  if (!given.has("mission")) form.elements.mission.value = "";
  else if (given.has("objects")) form.elements.objects.dataset.asked = "with mission";
  wasStartGiven = given.has("start");
  return given.has("lat") && given.has("lon") && given.has("start");
}

async function begin() {
  const isWhole = fillFromAddress();
  if (!wasStartGiven) form.elements.start.value = minute(new Date().toISOString());
  form.addEventListener("submit", findPasses);
  form.elements.objects.addEventListener("input", () => delete form.elements.objects.dataset.asked);
  try {
    const [catalogue, alliances] = await Promise.all([ask("/v1/catalogue"), ask("/v1/alliances")]);
    showCatalogue(catalogue);
    byId("alliances").replaceChildren(...alliances.alliances.map((one) => {
      const option = element("option", `${one.name}, ${one.members} members`);
      option.value = one.aliases[0] ?? one.name;
      return option;
    }));
  } catch (problem) {
    byId("stamp").textContent = "No catalogue";
    if (!("detail" in Object(problem))) throw problem;
    showProblem(problem);
    return;
  }
  if (isWhole) await findPasses();
  document.documentElement.dataset.ready = "true";
}

begin();
