// Whether there is a globe, and CesiumJS if so. By far the largest file, it is asked for before the other modules are here.

import { isSmall } from "./dom.js";

const { cesium } = document.documentElement.dataset, wanted = new URLSearchParams(location.search).get("stage");

/** @type {Promise<any>|null} */
export let loading = null;

/** Why there is no globe; empty where there is one. */
export const reason = (() => {
  if (wanted === "map") return "the flat map was asked for";
  if (wanted !== "globe" && isSmall()) return "small screens get the flat map";
  if (!cesium) return "CesiumJS is not installed with the service";
  loading = load(`${cesium}/`);  // on its way while the browser makes a context, which takes long
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context ? "" : "this browser has no WebGL 2";
})();

function load(base) {
  window.CESIUM_BASE_URL = base;
  const script = document.createElement("script");
  script.src = `${base}Cesium.js`;
  document.head.append(script);
  return new Promise((resolve) => {
    script.onload = () => resolve(window.Cesium);
    script.onerror = () => resolve(null);
  });
}
