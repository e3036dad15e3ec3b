// The live part of a briefing: starts the globe, or leaves the flat map where it is.
"use strict";
function startBriefing(draw) {
  const root = document.documentElement;
  const element = (id) => document.getElementById(id);
  const figure = document.querySelector("figure.live");
  const letter = { width: 7.4, above: 32, below: 6, grip: 16 }; // px, of names
  const ground = { radius: 6371000, height: 4000, corners: 49, spoke: 6 };

  const off = (reason) => {
    root.dataset.globe = "off";
    root.dataset.globeReason = reason;
    figure.hidden = true;
    document.querySelector(".no-globe").hidden = false;
  };

  // Where a satellite looks now: a circle about the point below it, as wide as it really looked in this window, and
  // the cone from the satellite down to it.
  const circleBelow = (entity, reach) => {
    return new Cesium.CallbackProperty((time) => {
      const position = entity.position.getValue(time);
      if (!position) return [];
      const middle = Cesium.Cartographic.fromCartesian(position);
      if (!middle) return [];
      const angle = reach / ground.radius;
      const points = [];
      for (let k = 0; k < ground.corners; k += 1) {
        const bearing = (2 * Math.PI * k) / (ground.corners - 1);
        const latitude = Math.asin(
          Math.sin(middle.latitude) * Math.cos(angle) + Math.cos(middle.latitude) * Math.sin(angle) * Math.cos(bearing),
        );
        const longitude = middle.longitude + Math.atan2(
          Math.sin(bearing) * Math.sin(angle) * Math.cos(middle.latitude),
          Math.cos(angle) - Math.sin(middle.latitude) * Math.sin(latitude),
        );
        points.push(Cesium.Cartesian3.fromRadians(longitude, latitude, ground.height));
      }
      for (let k = 0; k < ground.corners - 1; k += ground.spoke) points.push(points[k], position, points[k]);
      return points;
    }, false);
  };

  const reaches = (viewer, source) => {
    for (const entity of source.entities.values.slice()) {
      const reach = entity.properties && entity.properties.reach_m && entity.properties.reach_m.getValue();
      if (!reach || !entity.position) continue;
      viewer.entities.add({
        name: entity.name,
        availability: entity.availability,
        polyline: { positions: circleBelow(entity, reach), width: 1, arcType: Cesium.ArcType.NONE, material: entity.point.color.getValue().withAlpha(0.75) },
      });
    }
  };

  // Names stand where they are whole, in front of the Earth, and cover no other; the mouse asks for any other one.
  const namesApart = (viewer, source) => {
    const still = viewer.entities.values.filter((entity) => entity.label);
    const moving = source.entities.values.filter((entity) => entity.label && entity.position);
    const shown = new Map();
    const places = new Map();
    let asked = null;
    let arranged = 0;
    const arrange = () => {
      const time = viewer.clock.currentTime;
      const limb = new Cesium.EllipsoidalOccluder(Cesium.Ellipsoid.WGS84, viewer.camera.positionWC);
      const taken = [];
      for (const entity of new Set([...(asked ? [asked] : []), ...still, ...moving])) {
        const where = entity.position.getValue(time);
        const seen = where && limb.isPointVisible(where);
        const at = seen ? Cesium.SceneTransforms.worldToWindowCoordinates(viewer.scene, where) : undefined;
        const half = (entity.label.text.getValue(time).length * letter.width) / 2 + 4;
        const box = at && [at.x - half, at.y - letter.above, at.x + half, at.y + letter.below];
        const apart = (other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3];
        const inside = box && box[0] >= 0 && box[1] >= 0 && box[2] <= viewer.canvas.clientWidth;
        const free = Boolean(box) && (inside || entity === asked) && taken.every(apart);
        if (free) taken.push(box);
        places.set(entity, at);
        if (shown.get(entity) !== free) entity.label.show = free;
        shown.set(entity, free);
      }
      arranged = performance.now();
    };
    viewer.clock.onTick.addEventListener(() => {
      if (performance.now() - arranged > 250) arrange();
    });
    element("globe").addEventListener("pointermove", (event) => {
      const frame = element("globe").getBoundingClientRect();
      const away = ([, at]) => (at ? Math.hypot(at.x - event.clientX + frame.left, at.y - event.clientY + frame.top) : Infinity);
      const near = [...places].filter(([entity]) => entity.position).sort((one, other) => away(one) - away(other))[0];
      const found = near && away(near) < letter.grip ? near[0] : null;
      if (found !== asked) {
        asked = found;
        arrange();
      }
    });
    arrange();
  };

  const controls = (viewer, clock) => {
    const time = element("time");
    const length = Cesium.JulianDate.secondsDifference(clock.stopTime, clock.startTime);
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const go = (running) => {
      viewer.clock.shouldAnimate = running;
      element("play").textContent = running ? element("play").dataset.pause : element("play").dataset.play;
    };
    time.max = String(length);
    time.step = "10";
    element("play").addEventListener("click", () => go(!viewer.clock.shouldAnimate));
    element("speed").addEventListener("change", (event) => { viewer.clock.multiplier = Number(event.target.value); });
    time.addEventListener("input", () => {
      viewer.clock.currentTime = Cesium.JulianDate.addSeconds(clock.startTime, Number(time.value), new Cesium.JulianDate());
    });
    let shown = "";
    viewer.clock.onTick.addEventListener(({ currentTime }) => {
      const text = Cesium.JulianDate.toIso8601(currentTime, 0).replace("T", " ").replace("Z", " UTC");
      if (text === shown) return;
      shown = text;
      element("clock").textContent = text;
      time.setAttribute("aria-valuetext", text);
      if (document.activeElement !== time || viewer.clock.shouldAnimate) {
        time.value = String(Math.round(Cesium.JulianDate.secondsDifference(currentTime, clock.startTime)));
      }
    });
    element("globe").addEventListener("keydown", (event) => {
      const turn = 0.08 * Math.min(viewer.camera.positionCartographic.height / ground.radius, 1);
      const does = {
        ArrowLeft: () => viewer.camera.rotateRight(-turn), ArrowRight: () => viewer.camera.rotateRight(turn),
        ArrowUp: () => viewer.camera.rotateUp(-turn), ArrowDown: () => viewer.camera.rotateUp(turn),
        "+": () => viewer.camera.zoomIn(viewer.camera.positionCartographic.height * 0.2),
        "-": () => viewer.camera.zoomOut(viewer.camera.positionCartographic.height * 0.2),
      }[event.key];
      if (does) { does(); event.preventDefault(); }
    });
    go(!still);
  };

  const hasWebGL = () => {
    try {
      return Boolean(document.createElement("canvas").getContext("webgl2"));
    } catch {
      return false;
    }
  };

  const start = async () => {
    if (!hasWebGL()) return off("no WebGL");
    if (!("DecompressionStream" in window)) return off("an old browser");
    await offlineCesium("cesium-js");
    figure.hidden = false;
    const viewer = draw();
    const source = await new Promise((resolve) => {
      if (viewer.dataSources.length) return resolve(viewer.dataSources.get(0));
      return viewer.dataSources.dataSourceAdded.addEventListener((_, added) => resolve(added));
    });
    const clock = source.clock;
    viewer.clock.startTime = clock.startTime.clone();
    viewer.clock.stopTime = clock.stopTime.clone();
    viewer.clock.currentTime = clock.currentTime.clone();
    viewer.clock.multiplier = clock.multiplier;
    viewer.clock.clockRange = Cesium.ClockRange.LOOP_STOP;
    reaches(viewer, source);
    namesApart(viewer, source);
    controls(viewer, clock);
    root.dataset.globe = "on";
    return viewer;
  };
  // The words first: the library takes a second or two, and nothing is painted meanwhile.
  requestAnimationFrame(() => setTimeout(() => start().catch((error) => off(error.message)), 0));
}
