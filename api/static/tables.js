// Tables that can be sorted by every column; long ones show a part and more on request.

import { el } from "./dom.js";
import { count, fixed } from "./words.js";

const PART = 200;

/**
 * @typedef {{title: string, unit?: string, number?: boolean, of: (row: any) => any, cell?: (row: any) => any}} Column
 * @param {{caption: string, columns: Column[], rows: any[], isChosen?: (row: any) => boolean, sortBy?: number, falling?: boolean, label?: string}} what
 * @returns {any} a scrolling region with the table
 */
export function table({ caption, columns, rows, isChosen = () => false, sortBy = -1, falling = false, label }) {
  let shown = PART, order = [...rows];
  const body = el("tbody");
  const heads = columns.map((column, k) => el("th", { scope: "col", class: column.number ? "number" : null },
    el("button", { type: "button", onclick: () => sort(k) }, column.title, column.unit && el("span", { class: "unit" }, ` ${column.unit}`))));
  const more = el("button", { type: "button", class: "flat", onclick: () => { shown += 1000; fill(); } });
  const box = el("div", {}, el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label ?? caption },
    el("table", {}, el("caption", {}, el("span", {}, caption)), el("thead", {}, el("tr", {}, heads)), body)), more);

  function fill() {
    body.replaceChildren(...order.slice(0, shown).map((row) => el("tr", { "aria-current": isChosen(row) ? "true" : null },
      columns.map((column, k) => {
        const content = (column.cell ?? column.of)(row) ?? "";
        return k ? el("td", { class: column.number ? "number" : null }, content) : el("th", { scope: "row" }, content);
      }))));
    more.hidden = shown >= order.length;
    more.textContent = `Show more of ${count(order.length)}`;
  }

  function sort(k, isFalling = heads[k].getAttribute("aria-sort") === "ascending") {
    const { of } = columns[k], sign = isFalling ? -1 : 1;
    order = [...rows].sort((a, b) => {
      const x = of(a), y = of(b);
      if (x === y) return 0;
      if (x === null || x === undefined || x === "") return 1;  // what is not known comes last
      if (y === null || y === undefined || y === "") return -1;
      return (x < y ? -1 : 1) * sign;
    });
    heads.forEach((head, place) => (place === k ? head.setAttribute("aria-sort", isFalling ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
    fill();
  }

  if (sortBy >= 0) sort(sortBy, falling);
  else fill();
  return box;
}

/** A table folded away under a picture, since every picture has one. */
export function behind(summary, made) {
  return el("details", { class: "table" }, el("summary", {}, summary), made);
}

const reader = (of) => (typeof of === "string" ? (row) => row[of] : of);

/** A column of words. @param {string} title @param {any} of key or function @param {any} [cell] what is shown @returns {Column} */
export const col = (title, of, cell, unit = "") => ({ title, unit, of: reader(of), cell });

/** A column of numbers, each put by `words`. @returns {Column} */
export const as = (words, title, of, unit = "") => ({ title, unit, number: true, of: reader(of), cell: (row) => words(reader(of)(row)) });

/** A column of numbers with so many decimals. */
export const num = (title, unit, of, digits) => as((v) => fixed(v, digits), title, of, unit);

/** The column of objects: the name chooses it on the stage. */
export const objects = (app) => col("Object", "name", (row) => [el("button", { type: "button", class: "link", onclick: () => app.choose(app.catalogue.rowOf(row.norad_id) ?? -1, { fly: true }) }, row.name || "unnamed"), " ", el("span", { class: "id" }, row.norad_id)]);

/** Figures with their words beneath. @param {any[][]} made value, words, and how it has changed */
export const tiles = (made) => el("div", { class: "tiles" }, made.map(([value, words, change]) => el("div", { class: "tile" }, el("b", {}, value), el("span", {}, words), change && el("i", { class: "cut" }, ` ${change}`))));
