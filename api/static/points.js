// The catalogue on the globe. The graphics card stands every object between two key frames (the polynomial of frames.js), so
// that a frame costs the page no work per object; only a step to the next key frame sends anything.

import { inMetres, weights } from "./frames.js";

const PLACES = { high: 0, low: 1, p0: 2, v0: 3, p1: 4, v1: 5, look: 6 };
const FARTHEST_M = 1e9;

// A disc with a dark rim, so that neighbours stay apart. Reference in two parts, so that Float32 does not round a far orbit by metres; an object that is not shown stands outside.
const VERTEX = `in vec3 high, low, p0, v0, p1, v1;
in vec4 look;
uniform vec4 u_weights;
out vec4 v_look;
void main() {
  v_look = vec4(look.rgb, look.a * ${255 / 16} * czm_pixelRatio);
  gl_PointSize = v_look.a + 2.0;
  gl_Position = vec4(0.0, 0.0, 9.0, 1.0);
  if (look.a > 0.0) gl_Position = czm_modelViewProjectionRelativeToEye
    * czm_translateRelativeToEye(high, low + mat4x3(p0, v0, p1, v1) * u_weights);
}`;
const FRAGMENT = `in vec4 v_look;
void main() {
  float edge = v_look.a * 0.5 + 0.5 - length(gl_PointCoord - 0.5) * (v_look.a + 2.0);
  float disc = clamp(edge, 0.0, 1.0), rim = 0.5 * clamp(edge + 0.7, 0.0, 1.0);
  if (rim < 0.1) discard;
  out_FragColor = vec4(v_look.rgb * disc, max(disc, rim));
}`;

/** A primitive of CesiumJS. */
export class Points {
  /** @type {import("./frames.js").Frames|undefined} */ _frames;
  _k = -1;
  _next = -1;

  /** @param {any} Cesium @param {any} context of the scene @param {number} n */
  constructor(Cesium, context, n) {
    const C = (this.C = Cesium), { FLOAT, UNSIGNED_BYTE } = C.ComponentDatatype;
    this._weights = new C.Cartesian4();
    const buffer = (bytes) => C.Buffer.createVertexBuffer({ context, sizeInBytes: Math.max(bytes * n, 4), usage: C.BufferUsage.DYNAMIC_DRAW });
    /** @type {any} */ this._buffers = {};
    const attributes = Object.entries(PLACES).map(([name, index]) => {
      const isLook = name === "look", vertexBuffer = (this._buffers[name] = buffer(isLook ? 4 : 12));
      return { index, vertexBuffer, componentsPerAttribute: isLook ? 4 : 3, componentDatatype: isLook ? UNSIGNED_BYTE : FLOAT, normalize: isLook };
    });
    this._array = new C.VertexArray({ context, attributes });
    this._program = C.ShaderProgram.fromCache({ context, vertexShaderSource: VERTEX, fragmentShaderSource: FRAGMENT, attributeLocations: PLACES });
    this._command = new C.DrawCommand({
      owner: this, vertexArray: this._array, shaderProgram: this._program, primitiveType: C.PrimitiveType.POINTS, pass: C.Pass.OPAQUE,
      renderState: C.RenderState.fromCache({ depthTest: { enabled: true }, depthMask: false, blending: C.BlendingState.ALPHA_BLEND }),
      uniformMap: { u_weights: () => this._weights }, boundingVolume: new C.BoundingSphere(C.Cartesian3.ZERO, FARTHEST_M),
    });
  }

  /** @param {import("./catalogue.js").Group[]} groups @param {Uint8Array} codes @param {Uint8Array} visible */
  setLook(groups, codes, visible) {
    const words = groups.map(({ colour, size }) => {  // the size in sixteenths of a pixel
      const rgb = parseInt(colour.slice(1), 16);
      return ((rgb >> 16) | (rgb & 0xff00) | ((rgb & 0xff) << 16) | ((size * 16) << 24)) >>> 0;
    });
    this._shown = Uint32Array.from(codes, (code, row) => (visible[row] ? words[code] : 0));
    this._sendLook();
  }

  /** @param {import("./frames.js").Frames} frames @param {number} ms */
  setTime(frames, ms) {
    const { k, next, a, b, c, d } = weights(frames, ms);
    if (frames !== this._frames) this._send(inMetres(frames.reference));
    if (frames !== this._frames || k !== this._k) {
      [this._frames, this._k, this._next] = [frames, k, next];
      this._send({ p0: frames.offset[k], v0: frames.velocity[k], p1: frames.offset[next], v1: frames.velocity[next] });
      this._sendLook();
    }
    this.C.Cartesian4.fromElements(1e3 * a, 1e3 * b, 1e3 * c, 1e3 * d, this._weights);
  }

  _send(values) {
    for (const name in values) this._buffers[name].copyFromArrayView(values[name], 0);
  }

  /** Colours and sizes; none for who has no state at one of the two key frames. */
  _sendLook() {
    if (!this._shown || !this._frames) return;
    const p0 = this._frames.offset[this._k], p1 = this._frames.offset[this._next];
    this._send({ look: this._shown.map((word, row) => (Number.isNaN(p0[3 * row] + p1[3 * row]) ? 0 : word)) });
  }

  update({ passes, commandList }) {
    if (passes.render && this._frames && this._shown) commandList.push(this._command);
  }

  isDestroyed() { return false; }

  destroy() {
    this._array.destroy();
    this._program.destroy();
  }
}
