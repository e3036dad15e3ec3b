// CesiumJS in a page opened from disk: unpacked from the page itself, with nothing asked of anybody.
//
// Three things make it work where the origin is opaque (file:, srcdoc). They use names that are no public interface of
// CesiumJS: the version is pinned, and a browser test opens such a page.
"use strict";
(() => {
  // 1. CesiumJS starts a worker from a blob whose text imports a second blob, which a worker of an opaque origin may
  //    not read: put the second into the first.
  const partsOf = new WeakMap();
  const blobAt = new Map();
  const PlainBlob = window.Blob;
  const PlainWorker = window.Worker;
  const plainCreate = URL.createObjectURL.bind(URL);
  window.Blob = class extends PlainBlob {
    constructor(parts, options) {
      super(parts, options);
      partsOf.set(this, parts);
    }
  };
  URL.createObjectURL = (blob) => {
    const url = plainCreate(blob);
    blobAt.set(url, blob);
    return url;
  };
  const inlined = (url) => {
    const parts = partsOf.get(blobAt.get(url));
    if (!parts || parts.some((part) => typeof part !== "string")) return url;
    const text = parts.join("");
    const wanted = /^\s*importScripts\("(blob:[^"]+)"\);?/.exec(text);
    const imported = wanted && blobAt.get(wanted[1]);
    return imported ? plainCreate(new PlainBlob([imported, "\n", text.slice(wanted[0].length)], { type: "text/javascript" })) : url;
  };
  window.Worker = class extends PlainWorker {
    constructor(url, options) {
      super(inlined(String(url)), options);
    }
  };

  const bytesOf = (id) => {
    const text = atob(document.getElementById(id).textContent.trim());
    const bytes = new Uint8Array(text.length);
    for (let k = 0; k < text.length; k += 1) bytes[k] = text.charCodeAt(k);
    return bytes;
  };

  // The library from the element `id`, gzip in base64; resolves with `Cesium`.
  window.offlineCesium = async (id) => {
    window.CESIUM_BASE_URL = "./";
    const packed = new PlainBlob([bytesOf(id)]);
    const plain = await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).blob();
    const url = plainCreate(new PlainBlob([plain], { type: "text/javascript" }));
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = resolve;
      script.onerror = () => reject(new Error("CesiumJS could not be loaded from this page"));
      document.head.append(script);
    });
    URL.revokeObjectURL(url);
    // 2. What lies on the ground waits for a file of terrain heights; there is no terrain here.
    Cesium.ApproximateTerrainHeights._terrainHeights = {};
    Cesium.ApproximateTerrainHeights._initPromise = Promise.resolve();
    // 3. The exact pole of the sky is read from files; without them the Sun's direction is good to some arc seconds.
    Cesium.Transforms.iau2006XysData.computeXysRadians = () => undefined;
    Cesium.CreditDisplay.cesiumCredit = new Cesium.Credit("CesiumJS"); // its logo is a file, too
    Cesium.Ion.defaultAccessToken = undefined;
    return Cesium;
  };

  // The base map from the element `id`, a JPEG in base64, as an image over the whole Earth.
  window.offlineBaseMap = (id) => {
    const url = "data:image/jpeg;base64," + document.getElementById(id).textContent.trim();
    const image = Cesium.SingleTileImageryProvider.fromUrl(url, { rectangle: Cesium.Rectangle.MAX_VALUE });
    return Cesium.ImageryLayer.fromProviderAsync(image, {});
  };
})();
