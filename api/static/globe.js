// The globe: CesiumJS with an offline base map, outlines, every object as a point, and what a view lays over them.
// One of two stages with the same methods; the other is flatmap.js.

import { channels } from "./colours.js";
import { circle, densified, footprintAngle, SPIN, toGeodetic } from "./geometry.js";
import { placed, PLACES } from "./labels.js";
import { Points } from "./points.js";

const LIFT_M = 6000;  // lines lie a little above the ground, so that they are not cut by it
const HOME = { longitude: 20, latitude: 35, heightKm: 24000 };
const NEAR_M = 1e3;  // with the 0.1 m of CesiumJS the scene is cut into two depths, and drawn twice
const REACH_PX = 9;

export class Globe {
  kind = "globe";

  /** @param {any} Cesium @param {HTMLElement} container @param {{lite?: boolean}} [how] */
  constructor(Cesium, container, { lite = false } = {}) {
    this.C = Cesium;
    this.container = container;
    Cesium.Ion.defaultAccessToken = undefined;
    const base = Cesium.TileMapServiceImageryProvider.fromUrl(Cesium.buildModuleUrl("Assets/Textures/NaturalEarthII"));
    this.widget = new Cesium.CesiumWidget(container, {
      baseLayer: Cesium.ImageryLayer.fromProviderAsync(base), skyBox: false, scene3DOnly: true, msaaSamples: 1,
      creditContainer: document.createElement("div"), requestRenderMode: true, maximumRenderTimeChange: Infinity, useDefaultRenderLoop: false,
      showRenderLoopErrors: false, ...(lite ? { skyAtmosphere: false } : {}),
    });
    const scene = (this.scene = this.widget.scene);
    scene.globe.showGroundAtmosphere = false;
    scene.fog.enabled = false;
    if (scene.sun) scene.sun.show = false;
    if (scene.moon) scene.moon.show = false;
    scene.globe.enableLighting = false;
    scene.globe.tileCacheSize = 60;
    scene.camera.frustum.near = NEAR_M;
    scene.screenSpaceCameraController.minimumZoomDistance = 150e3;
    scene.screenSpaceCameraController.maximumZoomDistance = 4e8;
    this.turning = scene.primitives.add(new Cesium.PolylineCollection());
    this.lines = scene.primitives.add(new Cesium.PolylineCollection());
    this.marks = scene.primitives.add(new Cesium.PointPrimitiveCollection());
    this.labels = scene.primitives.add(new Cesium.LabelCollection());
    /** @type {any[]} */ this.highlights = [];
    /** @type {any[]} */ this.sites = [];
    this._visible = null;
    this._isDrawn = false;
    scene.camera.moveEnd.addEventListener(() => { this._placeLabels(); this.render(); });
    this.setTheme();
    this.home(false);
  }

  /** Frames are drawn from here on: none is spent on a globe without its objects. */
  begin() {
    const drawn = this.scene.postRender.addEventListener(() => { this._isDrawn = true; drawn(); });
    this.widget.useDefaultRenderLoop = true;
  }

  setTheme(isDark = true) {
    const layer = this.scene.imageryLayers.get(0);
    Object.assign(layer, isDark ? { brightness: 0.55, saturation: 0.6, contrast: 1.1 } : { brightness: 0.62, saturation: 0.7, contrast: 1.05 });
    this.scene.backgroundColor = this.C.Color.fromCssColorString(isDark ? "#070b11" : "#10161f");
    this.scene.globe.baseColor = this.C.Color.fromCssColorString("#0d1826");
    this.render();
  }

  /** @param {Array<{rings: number[][][]}>} countries */
  setOutlines(countries) {
    const { C } = this;
    const instances = countries.flatMap(({ rings }) => rings).map((ring) => new C.GeometryInstance({
      geometry: new C.SimplePolylineGeometry({
        positions: C.Cartesian3.fromDegreesArrayHeights(densified([...ring, ring[0]], 1.5).flatMap(([lon, lat]) => [lon, lat, LIFT_M / 2])),
        arcType: C.ArcType.NONE,
      }),
      attributes: { color: C.ColorGeometryInstanceAttribute.fromColor(new C.Color(0.52, 0.62, 0.72, 1)) },
    }));
    this.scene.primitives.add(new C.Primitive({
      geometryInstances: instances, asynchronous: false, allowPicking: false,
      appearance: new C.PerInstanceColorAppearance({ flat: true, translucent: false }),
    }));
    this.render();
  }

  setCount(n) {
    if (this.points) this.scene.primitives.remove(this.points);
    this.points = this.scene.primitives.add(new Points(this.C, this.scene.context, n), 0);  // first: lines, marks and names lie over them
  }

  setLook(groups, codes, visible) {
    this._visible = visible;
    this.points.setLook(groups, codes, visible);
    this.render();
  }

  /** @param {import("./frames.js").Moment} moment */
  show(moment) {
    this.moment = moment;
    this.points.setTime(moment.frames, moment.ms);
    this._moveHighlights();
    this.render();
  }

  /** @param {import("./stage.js").Highlight[]} highlights */
  setHighlights(highlights) {
    this.highlights = highlights;
    this._redraw();
  }

  setSites(sites) {
    this.sites = sites;
    this._redraw();
  }

  setDrawn(drawn) {
    this.drawn = drawn;
    this._redraw();
  }

  _line(collection, positions, colour, width, alpha = 1) {
    return collection.add({ positions, width, material: this.C.Material.fromType("Color", { color: this._colour(colour, alpha) }) });
  }

  _colour(hex, alpha = 1) {
    const [r, g, b] = channels(hex);
    return new this.C.Color(r / 255, g / 255, b / 255, alpha);
  }

  _redraw() {
    const { C } = this;
    for (const collection of [this.turning, this.lines, this.marks, this.labels]) collection.removeAll();
    const ground = (points) => C.Cartesian3.fromDegreesArrayHeights(points.flatMap(([lon, lat]) => [lon, lat, LIFT_M]));
    const write = (text, position, colour) => this.labels.add({
      text, position, font: "600 13px system-ui, sans-serif", fillColor: this._colour(colour), outlineColor: C.Color.BLACK,
      outlineWidth: 4, style: C.LabelStyle.FILL_AND_OUTLINE, eyeOffset: new C.Cartesian3(0, 0, -4e5),  // before the points about it, behind the Earth all the same
    });
    for (const { points, colour } of this.drawn ?? []) this._line(this.lines, ground(densified(points, 1)), colour, 2);
    for (const site of this.sites) {
      const position = C.Cartesian3.fromDegrees(site.longitude, site.latitude, LIFT_M);
      this.marks.add({ position, pixelSize: 9, color: this._colour("#ffffff"), outlineColor: this._colour("#d1242f"), outlineWidth: 3 });
      write(site.name, position, "#ffffff");
    }
    this._moving = this.highlights.map((one) => {
      if (one.track) {
        this._line(this.turning, one.track.teme.map((p) => new C.Cartesian3(p[0] * 1e3, p[1] * 1e3, p[2] * 1e3)), one.colour, 1.8, 0.95);
        for (const part of one.track.ground) this._line(this.lines, ground(part), one.colour, 1.6, 0.7);
      }
      const footprint = one.footprint ? this._line(this.lines, [], one.colour, 1.8, 0.9) : null;
      return {
        one, footprint, label: write(one.label, C.Cartesian3.ZERO, one.colour),
        point: this.marks.add({ position: C.Cartesian3.ZERO, pixelSize: 11, color: this._colour(one.colour), outlineColor: C.Color.WHITE, outlineWidth: 2 }),
      };
    });
    this._moveHighlights();
    this.render();
  }

  _moveHighlights() {
    const { C } = this;
    for (const { one, footprint, label, point } of this._moving ?? []) {
      const at = this._at(one.row);
      point.show = Boolean(at);
      if (footprint) footprint.show = Boolean(at);
      label.position = at ?? C.Cartesian3.ZERO;
      if (!at) continue;
      point.position = at;
      if (footprint) {
        const [lat, lon, height] = toGeodetic(at.x / 1e3, at.y / 1e3, at.z / 1e3);
        footprint.positions = this.C.Cartesian3.fromDegreesArrayHeights(
          circle(lat, lon, footprintAngle(height)).flatMap(([e, n]) => [e, n, LIFT_M * 2]));
      }
    }
    this._placeLabels();
    const track = this.highlights.find((one) => one.track)?.track;
    if (track) {
      const angle = track.angle + (SPIN * (this.moment.ms - track.ms)) / 1e3;
      this.turning.modelMatrix = this.C.Matrix4.fromRotationTranslation(this.C.Matrix3.fromRotationZ(-angle));
    }
  }

  /** Names beside their marks, none over another; one without room is not shown. */
  _placeLabels() {
    const { C, labels } = this, all = Array.from({ length: labels.length }, (_, k) => labels.get(k));
    const marks = all.map((label) => {
      const at = label.position.equals(C.Cartesian3.ZERO) || this._isHidden(label.position) ? null : C.SceneTransforms.worldToWindowCoordinates(this.scene, label.position);
      return at ? { x: at.x, y: at.y, text: label.text } : null;
    });
    placed(marks).forEach((place, k) => {
      all[k].show = place >= 0 && Boolean(marks[k]);
      if (place < 0) return;
      all[k].pixelOffset = new C.Cartesian2(...PLACES[place]);
      all[k].horizontalOrigin = PLACES[place][0] < 0 ? C.HorizontalOrigin.RIGHT : C.HorizontalOrigin.LEFT;
    });
  }

  _at(row) {
    const p = this.moment?.at(row);
    return p ? new this.C.Cartesian3(p[0] * 1e3, p[1] * 1e3, p[2] * 1e3) : null;
  }

  /**
   * Cells shaded, over the base map. @param {{canvas: HTMLCanvasElement, west: number, south: number, east: number, north: number}|null} picture
   */
  async setShading(picture) {
    const { C } = this, turn = (this._turn = (this._turn ?? 0) + 1);
    const layer = picture && C.ImageryLayer.fromProviderAsync(C.SingleTileImageryProvider.fromUrl(picture.canvas.toDataURL(), {
      rectangle: C.Rectangle.fromDegrees(wrapped(picture.west), picture.south, wrapped(picture.east), picture.north) }));
    if (turn !== this._turn) return;
    if (this._shading) this.scene.imageryLayers.remove(this._shading);
    this._shading = layer;
    if (layer) {
      layer.alpha = 0.82;
      layer.readyEvent?.addEventListener(() => this.render());
      this.scene.imageryLayers.add(layer);
    }
    this.render();
  }

  /** Where an object is on the screen, px in the stage; null when it is behind the Earth or has no position. */
  screenPos(row) {
    const at = this._at(row);
    if (!at || this._isHidden(at)) return null;
    const found = this.C.SceneTransforms.worldToWindowCoordinates(this.scene, at);
    return found ? { x: found.x, y: found.y } : null;
  }

  _isHidden(at) {
    const eye = this.scene.camera.positionWC, R2 = 6371e3 ** 2;
    const dx = at.x - eye.x, dy = at.y - eye.y, dz = at.z - eye.z, size = dx * dx + dy * dy + dz * dz;
    const along = -(eye.x * dx + eye.y * dy + eye.z * dz) / size;
    if (along <= 0 || along >= 1) return false;
    return (eye.x + along * dx) ** 2 + (eye.y + along * dy) ** 2 + (eye.z + along * dz) ** 2 < R2;
  }

  /** The visible object nearest to a place on the screen, or -1. */
  rowAt(x, y) {
    const { C } = this, p = this.moment?.positions, visible = this._visible;
    if (!p || !visible) return -1;
    const width = this.scene.canvas.clientWidth, height = this.scene.canvas.clientHeight;
    const m = C.Matrix4.multiply(this.scene.camera.frustum.projectionMatrix, this.scene.camera.viewMatrix, new C.Matrix4());
    let best = -1, nearest = REACH_PX * REACH_PX;
    const at = new C.Cartesian3();
    for (let row = 0, k = 0; row < visible.length; row++, k += 3) {
      if (!visible[row] || Number.isNaN(p[k])) continue;
      at.x = p[k] * 1e3; at.y = p[k + 1] * 1e3; at.z = p[k + 2] * 1e3;
      const w = m[3] * at.x + m[7] * at.y + m[11] * at.z + m[15];
      if (w <= 0) continue;
      const sx = ((m[0] * at.x + m[4] * at.y + m[8] * at.z + m[12]) / w + 1) * 0.5 * width - x;
      const sy = (1 - (m[1] * at.x + m[5] * at.y + m[9] * at.z + m[13]) / w) * 0.5 * height - y;
      const away = sx * sx + sy * sy;
      if (away < nearest && !this._isHidden(at)) { nearest = away; best = row; }
    }
    return best;
  }

  /** Latitude and longitude under a place on the screen, or null beside the Earth. */
  placeAt(x, y) {
    const at = this.scene.camera.pickEllipsoid(new this.C.Cartesian2(x, y));
    if (!at) return null;
    const found = this.C.Cartographic.fromCartesian(at);
    return { latitude: (found.latitude * 180) / Math.PI, longitude: (found.longitude * 180) / Math.PI };
  }

  lookAt(latitude, longitude, heightKm, isQuick = false) {
    const destination = this.C.Cartesian3.fromDegrees(longitude, latitude, heightKm * 1e3);
    if (isQuick) this.scene.camera.setView({ destination });
    else this.scene.camera.flyTo({ destination, duration: 1.1 });
    this.render();
  }

  home(isQuick = true) { this.lookAt(HOME.latitude, HOME.longitude, HOME.heightKm, isQuick || !this.moment); }

  /** The camera for the address: longitude, latitude, height. */
  get camera() {
    const found = this.scene.camera.positionCartographic;
    return [(found.longitude * 180) / Math.PI, (found.latitude * 180) / Math.PI, found.height / 1e3];
  }

  onCamera(listen) { this.scene.camera.moveEnd.addEventListener(listen); }

  /** The camera by keys. @returns {boolean} whether the key was for it */
  key(name) {
    const { camera } = this.scene, turn = 0.12, height = camera.positionCartographic.height;
    const moves = {
      ArrowLeft: () => camera.rotateLeft(turn), ArrowRight: () => camera.rotateRight(turn),
      ArrowUp: () => camera.rotateUp(turn), ArrowDown: () => camera.rotateDown(turn),
      "+": () => camera.zoomIn(height * 0.2), "=": () => camera.zoomIn(height * 0.2), "-": () => camera.zoomOut(height * 0.25), 0: () => this.home(),
    };
    if (!moves[name]) return false;
    moves[name]();
    this.render();
    return true;
  }

  render() { this.scene.requestRender(); }
  resize() { this.widget.resize(); this.render(); }
  get isSettled() { return this._isDrawn && this.scene.globe.tilesLoaded; }
}

const wrapped = (lon) => (lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon);
