// The address holds the view: what is written is read back. Only the browser's own names stand in for it here; the browser
// tests do the same with the real ones.
import assert from "node:assert/strict";
import { test } from "node:test";

const listeners = {};
const seen = [];
Object.assign(globalThis, {
  location: { search: "?view=passes&hours=x&hide=a,b&sites=Kyiv%3D50.45%2C30.52", pathname: "/" },
  history: { replaceState: (_, __, address) => seen.push(address), pushState: (_, __, address) => seen.push(`pushed ${address}`) },
  window: { setTimeout: (act) => { act(); return 0; } },
  addEventListener: (name, listen) => { listeners[name] = listen; },
});
const state = await import("../../api/static/state.js");

test("names are read, with defaults for what is missing or no number", () => {
  assert.equal(state.param("view"), "passes");
  assert.equal(state.param("q", "none"), "none");
  assert.equal(state.number("hours", 24), 24);
  assert.equal(state.param("sites"), "Kyiv=50.45,30.52");
});

test("what is written stands in the address, empty values leave it, commas stay legible", () => {
  state.write({ hours: 6, view: null, hide: "x,y", cam: "20.00,35.00,24000", play: false });
  assert.equal(seen.at(-1), "?sites=Kyiv%3D50.45,30.52&hours=6&hide=x,y&cam=20.00,35.00,24000");
  state.write({ view: "jobs" }, { push: true });
  assert.ok(seen.at(-1).startsWith("pushed ?"));
  assert.equal(state.param("view"), "jobs");
});

test("whoever listens is told when the browser goes back", () => {
  let told = 0;
  state.onAddress(() => { told += 1; });
  globalThis.location.search = "?view=globe";
  listeners.popstate();
  assert.deepEqual([state.param("view"), told], ["globe", 1]);
  assert.equal(state.has("hours"), false);
});
