// Numbers and times in words; no page needed, so that it can be tested on its own.

/** "3 hours old", "12 days old", "in the future": an age in days as a person says it. */
export function ageInWords(days) {
  if (days === null || days === undefined) return "of unknown age";
  if (days < -0.02) return `${lengthInWords(-days)} ahead of now`;
  if (days < 1 / 48) return "just now";
  return `${lengthInWords(days)} old`;
}

function lengthInWords(days) {
  const hours = days * 24;
  if (hours < 1.5) return `${Math.max(1, Math.round(hours * 60))} minutes`;
  if (hours < 48) return `${Math.round(hours)} hours`;
  if (days < 730) return `${count(Math.round(days))} days`;
  return `${(days / 365.25).toFixed(1)} years`;
}

/** A whole number with thin groups: 30,311. */
export function count(number) {
  return Number(number).toLocaleString("en-GB");
}

/** A number with so many decimals; an empty text for null. */
export function fixed(number, digits) {
  return number === null || number === undefined ? "" : Number(number).toFixed(digits);
}

/** ISO time as "04:05:06", or with the day before it. */
export function clock(iso, withDay = false) {
  return withDay ? iso.slice(0, 19).replace("T", " ").replace("Z", "") : iso.slice(11, 19);
}

/** ISO time as it stands in the form: "2026-03-11 00:00". */
export function minute(iso) {
  return iso.slice(0, 16).replace("T", " ");
}

/** What a person wrote, as ISO time: blanks and missing seconds are made good, UTC is meant where no zone stands. */
export function asUtc(text) {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}:\d{2}(?::\d{2})?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(text.trim());
  return found ? `${found[1]}T${found[2] ?? "00:00"}${found[3] ?? "Z"}` : text;
}

const FIELD_WORDS = {
  lat: "Latitude", lon: "Longitude", alt_m: "Height", latitude_deg: "Latitude", longitude_deg: "Longitude",
  altitude_m: "Height", start: "Start", hours: "Length", end: "End", min_elevation: "Elevation",
  min_elevation_deg: "Elevation", alliance: "Alliance", objects: "Satellites", mission: "Mission", mask: "Elevation",
};

/** A problem document as lines for people. */
export function problemLines(problem) {
  const errors = problem.errors ?? [];
  if (!errors.length) return [problem.detail ?? "Something went wrong."];
  return errors.map(({ field, value, reason }) => {
    const shown = value === null || value === undefined || value === "" ? "" : ` “${value}”`;
    return `${FIELD_WORDS[field] ?? field}${shown}: ${reason}.`;
  });
}
