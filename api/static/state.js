// The whole view stands in the address (docs/page.md): every view reads its own names and writes them back.

/** @type {Set<() => void>} */
const listeners = new Set();
let given = new URLSearchParams(location.search);
let pending = 0;

/** The value of a name, or a default. @returns {string} */
export const param = (name, otherwise = "") => given.get(name) ?? otherwise;
export const has = (name) => given.has(name);

/** A number from the address, or a default when it is none. */
export function number(name, otherwise) {
  const value = Number.parseFloat(given.get(name) ?? "");
  return Number.isFinite(value) ? value : otherwise;
}

/**
 * Writes values; null or "" takes the name out. `push`: a step of its own in the browser's history.
 * @param {Record<string, string|number|boolean|null|undefined>} values
 */
export function write(values, { push = false } = {}) {
  for (const [name, value] of Object.entries(values)) {
    given.delete(name);
    if (value !== null && value !== undefined && value !== "" && value !== false) given.set(name, String(value));
  }
  if (push) history.pushState(null, "", address());
  else if (!pending) pending = window.setTimeout(() => { pending = 0; history.replaceState(null, "", address()); }, 250);
}

/** The address of the view as it is now. */
export const address = () => {
  const text = given.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : location.pathname;
};

/** Told when the address changes by hand, by a link or by the browser's buttons. */
export const onAddress = (listen) => listeners.add(listen);

addEventListener("popstate", () => {
  given = new URLSearchParams(location.search);
  listeners.forEach((listen) => listen());
});
