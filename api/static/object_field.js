// A field that finds an object of the catalogue by name or number.

import { el } from "./dom.js";

/** Rows whose name, designator or number holds every word; at most `most`. */
function found(catalogue, words, most) {
  const keep = catalogue.matching({ q: words }), rows = [];
  for (let row = 0; row < keep.length && rows.length < most; row++) if (keep[row]) rows.push(row);
  return rows;
}

/** What stands in the field for a row. */
export const written = (catalogue, row) => `${catalogue.id(row)} ${catalogue.name(row)}`;

/** Lists what matches as one writes; a number gets its name. */
export function suggest(catalogue, input) {
  const list = el("datalist", { id: `found-${input.name}` }), row = catalogue.rowOf(input.value);
  if (row !== undefined) input.value = written(catalogue, row);
  input.after(list);
  input.setAttribute("list", list.id);
  input.addEventListener("input", () => list.replaceChildren(...(input.value.trim().length > 1 ? found(catalogue, input.value, 20) : []).map((one) => el("option", { value: written(catalogue, one) }))));
}

/** The catalogue number that is meant; throws a problem where it is not clear. */
export function numberOf(catalogue, text, name) {
  const number = /^\d+/.exec(text)?.[0], rows = number || !text ? [] : found(catalogue, text, 2);
  if (number) return number;
  if (rows.length === 1) return catalogue.id(rows[0]);
  const reason = !text ? "say which object" : rows.length ? "is the name of several; choose one of the list" : "is no object of this catalogue";
  throw { errors: [{ field: name, value: text, reason }] };
}
