// The flat map: grid, tracks and sites as SVG over canvases with the land, shaded cells and the catalogue's points (as SVG
// these took seconds to draw without a graphics card). For browsers without WebGL and for phones. Equirectangular.

import { el, svg } from "./dom.js";
import { circle, cutAtAntimeridian, footprintAngle, toGeodetic } from "./geometry.js";
import { placed, PLACES } from "./labels.js";

const REACH_PX = 9;

export class FlatMap {
  kind = "map";

  /** @param {HTMLElement} container */
  constructor(container) {
    this.container = container;
    this.middle = [10, 15];
    this.zoom = 1;
    this.canvas = el("canvas", { class: "points", "aria-hidden": "true" });
    this.shade = el("canvas", { class: "points", "aria-hidden": "true" });
    this.ground = el("canvas", { class: "points", "aria-hidden": "true" });
    this.over = svg("g");
    this.top = svg("svg", { class: "flatmap", "aria-hidden": "true" }, this.over);
    container.append(this.ground, this.shade, this.canvas, this.top);
    this.highlights = [];
    /** @type {any[]} */ this.groups = [];
    /** @type {Uint8Array|undefined} */ this.codes = undefined;
    /** @type {Uint8Array|undefined} */ this.visible = undefined;
    this.sites = [];
    this._listeners = new Set();
    this._drag();
    this.resize();
  }

  begin() {}
  setTheme() { this.render(); }

  setOutlines(countries) {
    this.countries = countries;
    const path = countries.flatMap(({ rings }) => rings).map((ring) =>
      `M${ring.map(([lon, lat]) => `${lon.toFixed(2)} ${(-lat).toFixed(2)}`).join("L")}Z`).join("");
    this.land = new Path2D(path);
    this.render();
  }

  setCount(n) { this.latLon = new Float32Array(2 * n).fill(NaN); }

  setLook(groups, codes, visible) {
    Object.assign(this, { groups, codes, visible });
    this._drawPoints();
  }

  /** @param {import("./frames.js").Moment} moment */
  show(moment) {
    this.moment = moment;
    const now = performance.now();
    if (now - (this._drawnAt ?? -1e9) < 200) {  // five times a second is enough for a map
      this._later ??= setTimeout(() => { this._later = undefined; this.show(this.moment); }, 220);
      return;
    }
    this._drawnAt = now;
    const { positions } = moment;
    for (let row = 0; row < this.visible.length; row++) {
      const [lat, lon] = this.visible[row] ? toGeodetic(positions[3 * row], positions[3 * row + 1], positions[3 * row + 2]) : [NaN, NaN];
      this.latLon[2 * row] = lon; this.latLon[2 * row + 1] = lat;
    }
    this._drawPoints();
    this._drawOver();
  }

  setHighlights(highlights) { this.highlights = highlights; this._drawOver(); }
  setSites(sites) { this.sites = sites; this._drawOver(); }
  setDrawn(drawn) { this.drawn = drawn; this._drawOver(); }

  async setShading(picture) { this.picture = picture; this._drawShade(); }

  get _scale() { return (this.width / 360) * this.zoom; }
  _x(lon) { return this.width / 2 + ((((lon - this.middle[0] + 540) % 360) + 360) % 360 - 180) * this._scale; }
  _y(lat) { return this.height / 2 - (lat - this.middle[1]) * this._scale; }

  /** A canvas, empty, in pixels of the page; drawn by the processor, which needs no upload of every point. */
  _clean(canvas) {
    const context = canvas.getContext("2d", { willReadFrequently: true }), ratio = canvas.width / Math.max(this.width, 1);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    return { context, ratio };
  }

  _drawGround() {
    const { context, ratio } = this._clean(this.ground), k = this._scale, style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`);
    context.fillStyle = colour("sea");
    context.fillRect(0, this._y(90), this.width, 180 * k);
    if (!this.land) return;
    for (const turn of [-360, 0, 360]) {
      const x = this.width / 2 + (turn - this.middle[0]) * k;
      if (x + 200 * k < 0 || x - 180 * k > this.width) continue;
      context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * (this.height / 2 + this.middle[1] * k));
      Object.assign(context, { fillStyle: colour("land"), strokeStyle: colour("coast"), lineWidth: 0.7 / k });
      context.fill(this.land);
      context.stroke(this.land);
    }
  }

  _drawPoints() {
    const { visible, codes, groups, latLon } = this;
    if (!visible || !latLon) return;
    const { context } = this._clean(this.canvas);
    context.globalAlpha = Math.min(0.4 + (this.width * this.zoom) / 1500, 1);  // the land stays in sight on a small map
    const order = groups.map((_, k) => k).sort((a, b) => groups[a].size - groups[b].size);
    for (const k of order) {
      context.fillStyle = groups[k].colour;
      const size = groups[k].size * Math.min(0.8, 0.3 + (this.width * this.zoom) / 3200);
      for (let row = 0; row < visible.length; row++) {
        if (codes[row] !== k || !visible[row]) continue;
        const lon = latLon[2 * row];
        if (lon === lon) context.fillRect(this._x(lon) - size / 2, this._y(latLon[2 * row + 1]) - size / 2, size, size);
      }
    }
  }

  _drawShade() {
    const { context } = this._clean(this.shade), { picture } = this;
    if (!picture) return;
    context.globalAlpha = 0.85;
    context.imageSmoothingEnabled = false;
    const middle = (picture.west + picture.east) / 2, x = this._x(middle) - ((picture.east - picture.west) / 2) * this._scale;
    for (const turn of [-360, 0, 360]) {
      context.drawImage(picture.canvas, x + turn * this._scale, this._y(picture.north),
        (picture.east - picture.west) * this._scale, (picture.north - picture.south) * this._scale);
    }
    context.globalAlpha = 1;
  }

  _drawOver() {
    const line = (points, colour, className = "") => cutAtAntimeridian(points).flatMap((part) => {
      const x = part.map(([lon]) => this._x(lon)), parts = [[]];
      part.forEach((point, k) => {
        if (k && Math.abs(x[k] - x[k - 1]) > this.width * this.zoom / 2) parts.push([]);
        parts[parts.length - 1].push(`${x[k].toFixed(1)} ${this._y(point[1]).toFixed(1)}`);
      });
      return parts.map((one) => svg("path", { d: `M${one.join("L")}`, stroke: colour, class: `line ${className}` }));
    });
    const grid = [-60, -30, 0, 30, 60].map((lat) => `M0 ${this._y(lat).toFixed(1)}H${this.width}`);
    for (let lon = -180; lon < 180; lon += 30) grid.push(`M${this._x(lon).toFixed(1)} ${this._y(90)}V${this._y(-90)}`);
    const shapes = [svg("path", { d: grid.join(""), class: "grid" })];
    for (const { points, colour } of this.drawn ?? []) shapes.push(...line(points, colour));
    /** @type {Array<{x: number, y: number, text: string}>} */
    const marks = this.sites.map((site) => ({ x: this._x(site.longitude), y: this._y(site.latitude), text: site.name }));
    marks.forEach(({ x, y }) => shapes.push(svg("circle", { cx: x, cy: y, r: 4, class: "site" })));
    for (const one of this.highlights) {
      const at = this._place(one.row);
      for (const part of one.track?.ground ?? []) shapes.push(...line(part, one.colour, "track"));
      if (!at) continue;
      if (one.footprint) shapes.push(...line(circle(at.latitude, at.longitude, footprintAngle(at.height)), one.colour));
      const x = this._x(at.longitude), y = this._y(at.latitude);
      shapes.push(svg("circle", { cx: x, cy: y, r: 5, fill: one.colour, class: "mark" }));
      marks.push({ x, y, text: one.label });
    }
    placed(marks).forEach((place, k) => {
      if (place < 0) return;
      const [dx, dy] = PLACES[place];
      shapes.push(svg("text", { x: marks[k].x + dx, y: marks[k].y + dy, "text-anchor": dx < 0 ? "end" : "start", class: "maplabel" }, marks[k].text));
    });
    this.over.replaceChildren(...shapes);
  }

  _place(row) {
    const p = this.moment?.at(row);
    if (!p) return null;
    const [latitude, longitude, height] = toGeodetic(...p);
    return { latitude, longitude, height };
  }

  screenPos(row) {
    const at = this._place(row);
    return at ? { x: this._x(at.longitude), y: this._y(at.latitude) } : null;
  }

  rowAt(x, y) {
    let best = -1, nearest = REACH_PX * REACH_PX;
    for (let row = 0; row < (this.visible?.length ?? 0); row++) {
      const lon = this.latLon[2 * row];
      if (!this.visible[row] || lon !== lon) continue;
      const away = (this._x(lon) - x) ** 2 + (this._y(this.latLon[2 * row + 1]) - y) ** 2;
      if (away < nearest) { nearest = away; best = row; }
    }
    return best;
  }

  placeAt(x, y) {
    const latitude = this.middle[1] + (this.height / 2 - y) / this._scale;
    if (Math.abs(latitude) > 90) return null;
    const longitude = this.middle[0] + (x - this.width / 2) / this._scale;
    return { latitude, longitude: ((((longitude + 180) % 360) + 360) % 360) - 180 };
  }

  lookAt(latitude, longitude, heightKm) {
    this.middle = [longitude, latitude];
    this.zoom = Math.min(Math.max(16000 / Math.max(heightKm, 500), 1), 24);
    this._moved();
  }

  home() { this.middle = [10, 15]; this.zoom = 1; this._moved(); }
  get camera() { return [this.middle[0], this.middle[1], 16000 / this.zoom]; }
  onCamera(listen) { this._listeners.add(listen); }

  key(name) {
    const step = 20 / this.zoom;
    const moves = {
      ArrowLeft: () => (this.middle[0] -= step), ArrowRight: () => (this.middle[0] += step), ArrowUp: () => (this.middle[1] += step),
      ArrowDown: () => (this.middle[1] -= step), "+": () => (this.zoom *= 1.4), "=": () => (this.zoom *= 1.4), "-": () => (this.zoom /= 1.4), 0: () => this.home(),
    };
    if (!moves[name]) return false;
    moves[name]();
    this._moved();
    return true;
  }

  _moved() {
    this.zoom = Math.min(Math.max(this.zoom, 1), 24);
    const reach = Math.max(90 - this.height / 2 / this._scale, 0);
    this.middle[1] = Math.min(Math.max(this.middle[1], -reach), reach);
    this.middle[0] = ((((this.middle[0] + 180) % 360) + 360) % 360) - 180;
    this.render();
    this._listeners.forEach((listen) => listen());
  }

  _drag() {
    let from = null;
    this.container.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY, ...this.middle]; });
    addEventListener("pointerup", () => { from = null; });
    this.container.addEventListener("pointermove", (event) => {
      if (!from) return;
      this.middle = [from[2] - (event.clientX - from[0]) / this._scale, from[3] + (event.clientY - from[1]) / this._scale];
      this._moved();
    });
    this.container.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom *= event.deltaY < 0 ? 1.15 : 1 / 1.15;
      this._moved();
    }, { passive: false });
  }

  render() {
    this._drawGround();
    this._drawShade();
    this._drawPoints();
    this._drawOver();
  }

  resize() {
    this.width = Math.max(this.container.clientWidth, 50);
    this.height = Math.max(this.container.clientHeight, 50);
    const ratio = Math.min(devicePixelRatio || 1, 2);
    for (const canvas of [this.ground, this.canvas, this.shade]) { canvas.width = this.width * ratio; canvas.height = this.height * ratio; }
    this._moved();
  }

  get isSettled() { return Boolean(this.countries); }
}
