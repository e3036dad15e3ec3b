// The stage: the globe, or the flat map where WebGL or CesiumJS is missing, on phones, or when the address asks for it.

import { loading, reason } from "./cesium.js";
import { FlatMap } from "./flatmap.js";
import { Globe } from "./globe.js";
import { cutAtAntimeridian } from "./geometry.js";
import { ask } from "./service.js";
import { iso } from "./words.js";

/**
 * An object that a view points out.
 * @typedef {{row: number, label: string, colour: string, footprint?: boolean, track?: Track|null}} Highlight
 * @typedef {{teme: number[][], ground: number[][][], ms: number, angle: number}} Track
 */

/** @returns {Promise<{stage: any, reason: string}>} the stage, and why it is not the globe */
export async function makeStage(container, lite) {
  const flat = (reason) => ({ stage: new FlatMap(container), reason });
  if (reason) return flat(reason);
  const Cesium = await loading;
  if (!Cesium) return flat("CesiumJS could not be loaded");
  try {
    return { stage: new Globe(Cesium, container, { lite }), reason: "" };
  } catch (error) {
    container.replaceChildren();
    return flat(`the globe could not start: ${error.message ?? error}`);
  }
}

/**
 * The orbit of an object about a time, as the service propagates it: one turn as it is in space, and its ground track.
 * @returns {Promise<Track|null>}
 */
export async function trackOf(noradId, ms, periodMin, signal) {
  const minutes = Math.min(Math.max(periodMin || 100, 80), 1440), step = Math.max((minutes * 60) / 180, 20);
  const query = new URLSearchParams({ start: iso(ms - minutes * 30e3), hours: String(minutes / 60), step_s: step.toFixed(3) });
  const answer = await ask(`/v1/objects/${noradId}/ephemeris?${query}`, { signal });
  const states = answer.objects[0].states.filter((state) => state.status === 0);
  if (states.length < 2) return null;
  const first = states[0], [x, y] = first.position_teme_km, [u, v] = first.position_itrs_km;
  return {
    teme: states.map((state) => state.position_teme_km),
    ground: cutAtAntimeridian(states.map((state) => [state.longitude_deg, state.latitude_deg])),
    ms: Date.parse(first.time), angle: Math.atan2(y, x) - Math.atan2(v, u),
  };
}
