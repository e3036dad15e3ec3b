// Colours that people with every kind of colour vision can tell apart: Okabe and Ito 2008 for kinds, cividis for amounts.

export const FLEETS = ["#56b4e9", "#e69f00", "#2bc48a", "#f0e442", "#e58bc0", "#ff8a3d"];
export const SHARED = "#b7a6ff", OTHERS = "#aab4bf", BODIES = "#8d7f6d", REMAINS = "#6a7580", UNKNOWN = "#7b6f80";
const WHEEL = ["#56b4e9", "#e69f00", "#2bc48a", "#f0e442", "#e58bc0", "#ff8a3d", "#8fb4ff", "#c9d36a", "#d7b899", "#9be3e0", "#b7a6ff"];
export const CIVIDIS = ["#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369", "#e1cc55", "#fee838"];
/** Young to old elements: light to dark red, told apart by lightness alone. */
export const AGES = [[1, "up to 1 day", "#fee838"], [3, "1 to 3 days", "#d3c05e"], [7, "3 to 7 days", "#a59c74"],
  [14, "7 to 14 days", "#8f8b86"], [30, "14 to 30 days", "#e58bc0"], [Infinity, "over 30 days", "#ff6f5e"]];

/** @param {number} place */
export const wheel = (place) => WHEEL[place % WHEEL.length];

/** "#rrggbb" as three numbers of 0 to 255. */
export const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/**
 * Round classes for values, with their colours: light is more. `inverted`: light is less (a long gap is little coverage).
 * @param {number[]} values @param {boolean} [inverted]
 */
export function scale(values, inverted = false) {
  const known = values.filter(Number.isFinite);
  const low = Math.min(...known), high = Math.max(...known);
  if (!known.length || high - low <= 1e-9 * Math.max(Math.abs(high), 1e-12)) {
    return { edges: known.length ? [high, high] : [], colours: known.length ? [CIVIDIS[5]] : [], classOf: (v) => (Number.isFinite(v) ? 0 : -1) };
  }
  const rough = (high - low) / 7, size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((part) => part * size).find((part) => part >= rough * (1 - 1e-9)) ?? rough;
  const first = Math.floor(low / step + 1e-9), last = Math.ceil(high / step - 1e-9);
  const edges = Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
  const count = edges.length - 1;
  const colours = Array.from({ length: count }, (_, k) => CIVIDIS[Math.round((k * 9) / Math.max(count - 1, 1))]);
  if (inverted) colours.reverse();
  return { edges, colours, classOf: (v) => (Number.isFinite(v) ? Math.min(Math.max(Math.floor((v - edges[0]) / step + 1e-12), 0), count - 1) : -1) };
}

/**
 * Classes of half a decade (1, 3, 10, ...) or of whole ones, the highest `most` of them: light is more. What is smaller has none.
 * @param {number[]} values @param {number} [most] @param {number} [parts] classes of a decade
 */
export function decades(values, most = 8, parts = 2) {
  const known = values.filter((v) => v > 0), place = (v) => Math.floor(parts * Math.log10(v) + 0.05);
  const high = place(Math.max(...known, 1e-300)) + 1, low = Math.max(place(Math.min(...known, 1e300)), high - most), n = known.length ? high - low : 0;
  const edges = Array.from({ length: n + 1 }, (_, k) => Number(`${(low + k) % parts ? 3 : 1}e${Math.floor((low + k) / parts)}`));
  const colours = Array.from({ length: n }, (_, k) => CIVIDIS[Math.round((k * 9) / Math.max(n - 1, 1))]);
  return { edges, colours, classOf: (v) => edges.filter((edge) => edge <= v).length - 1 };
}
