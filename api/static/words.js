// Numbers and times in words.

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

/** A number with so many decimals, without a minus before nothing; an empty text for null. */
export function fixed(number, digits) {
  return number === null || number === undefined ? "" : Number(number).toFixed(digits).replace(/^-(0\.?0*)$/, "$1");
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
  primaries: "Primaries", miss_km: "Miss distance", min_relative_speed_km_s: "Relative speed",
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

/** Milliseconds since 1970 as ISO text with `Z`, to the second. */
export function iso(ms) {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** Seconds in the unit that a person would use. */
export function duration(s) {
  if (s === null || s === undefined) return "–";
  const size = Math.abs(s);
  if (size < 120) return `${size < 10 ? Number(s.toFixed(1)) : Math.round(s)} s`;
  if (size < 7200) return `${(s / 60).toFixed(size < 600 ? 1 : 0)} min`;
  if (size < 172800) return `${(s / 3600).toFixed(1)} h`;
  return `${(s / 86400).toFixed(1)} d`;
}

/** A share as per cent with digits that mean something. */
export function percent(fraction) {
  if (fraction === null || fraction === undefined) return "–";
  const value = fraction * 100;
  return `${value === 0 || Math.abs(value) >= 10 ? value.toFixed(1) : value.toPrecision(2)} %`;
}

/** A small or large number as people write it: 0.042, 3.1 × 10⁻⁹. */
export function scientific(number, digits = 2) {
  if (number === null || number === undefined) return "–";
  const [mantissa, power] = Number(number).toExponential(digits - 1).split("e").map(Number);
  if (!number || (power >= -3 && power < 5)) return String(Number(Number(number).toPrecision(digits)));
  const raised = [...String(power)].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("");
  return `${mantissa === 1 ? "" : `${mantissa} × `}10${raised}`;
}

/** Degrees of latitude and longitude with their letters. */
export function place(latitude, longitude) {
  const part = (value, letters) => `${Math.abs(value).toFixed(2)}° ${letters[value < 0 ? 1 : 0]}`;
  return `${part(latitude, "NS")}, ${part(longitude, "EW")}`;
}

export const KINDS = { PAY: "Payload", "R/B": "Rocket body", DEB: "Debris", UNK: "Unknown" };
export const ORBITS = { LEO: "Low (LEO)", MEO: "Medium (MEO)", GEO: "Geostationary (GEO)", HEO: "Eccentric (HEO)", OTHER: "Other" };
export const STATUS = { "+": "works", P: "works in part", B: "backup", S: "spare", X: "extended mission", "-": "not in operation", D: "decayed", "?": "not known" };
