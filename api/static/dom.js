// Elements made in code. Text goes in as text nodes only: names from a catalogue are hostile input.

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} id */
export const byId = (id) => /** @type {any} */ (document.getElementById(id));

/**
 * An HTML element. Attributes: `class`, `on<event>` with a function, true for a bare one, null or false to leave it out.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node|string|number|null|undefined|false|Array<any>)} children
 * @returns {any}
 */
export function el(tag, attributes = {}, ...children) {
  return dressed(document.createElement(tag), attributes, children);
}

/** @returns {any} */
export function svg(tag, attributes = {}, ...children) {
  return dressed(document.createElementNS(SVG, tag), attributes, children);
}

function dressed(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" && "value" in node) node.value = value;
    else if (name === "colour") node.style.setProperty("--colour", value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child))));
  return node;
}

/** Options of a select. @param {string[][]} pairs value and text */
export function options(pairs, chosen) {
  return pairs.map(([value, text]) => {
    const option = el("option", { value }, text);
    option.selected = value === chosen;
    return option;
  });
}

export function field(label, unit, input, extra = "") {
  return el("label", { class: `field ${extra}` }, el("span", {}, label, unit && el("span", { class: "unit" }, ` ${unit}`)), input);
}

/** A field that browsers neither complete nor correct. */
export const entry = (name, value, more = {}) => el("input", { name, value, autocomplete: "off", spellcheck: "false", ...more });

/** Whether movement should be spared. */
export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Whether the screen is a phone's, where pictures are narrow and the flat map is drawn. */
export const isSmall = () => globalThis.matchMedia?.("(max-width: 720px)").matches;

/** Says something to readers of the screen, politely. */
export function announce(text) {
  byId("live").textContent = text;
}
