// Shapes for drawing: subpoints, circles on the ground, rings of outlines. Answers are computed by the service, not here.

const RADIUS_KM = 6378.137, FLATTENING = 1 / 298.257223563, E2 = FLATTENING * (2 - FLATTENING);
export const EARTH_KM = 6371.0088;
/** Turn of the Earth, rad/s. */
export const SPIN = 7.292115e-5;
const DEG = 180 / Math.PI;

/** Latitude, longitude (deg) and height (km) over WGS84 of an Earth-fixed position (km). */
export function toGeodetic(x, y, z) {
  const p = Math.hypot(x, y), polar = RADIUS_KM * (1 - FLATTENING);
  let beta = Math.atan2(z * RADIUS_KM, p * polar), latitude = 0;
  for (let k = 0; k < 2; k++) {
    latitude = Math.atan2(z + (E2 / (1 - E2)) * polar * Math.sin(beta) ** 3, p - E2 * RADIUS_KM * Math.cos(beta) ** 3);
    beta = Math.atan2((1 - FLATTENING) * Math.sin(latitude), Math.cos(latitude));
  }
  const sine = Math.sin(latitude), normal = RADIUS_KM / Math.sqrt(1 - E2 * sine * sine);
  return [latitude * DEG, Math.atan2(y, x) * DEG, p * Math.cos(latitude) + z * sine - (RADIUS_KM * RADIUS_KM) / normal];
}

/** Half angle (rad) at the Earth's centre of what a satellite at a height sees down to an elevation. */
export function footprintAngle(heightKm, elevationDeg = 0) {
  const elevation = elevationDeg / DEG;
  return Math.acos(Math.min((EARTH_KM / (EARTH_KM + Math.max(heightKm, 0))) * Math.cos(elevation), 1)) - elevation;
}

/** A circle about a place as [longitude, latitude] (deg), closed; longitudes run on past 180. */
export function circle(latitude, longitude, angle, count = 90) {
  const phi = latitude / DEG;
  let before = longitude;
  return Array.from({ length: count + 1 }, (_, k) => {
    const azimuth = (2 * Math.PI * k) / count;
    const sine = Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(azimuth);
    const east = Math.atan2(Math.sin(azimuth) * Math.sin(angle) * Math.cos(phi), Math.cos(angle) - Math.sin(phi) * sine);
    let lon = longitude + east * DEG;
    while (lon - before > 180) lon -= 360;
    while (lon - before < -180) lon += 360;
    before = lon;
    return [lon, Math.asin(Math.min(Math.max(sine, -1), 1)) * DEG];
  });
}

/** Cuts a line of [longitude, latitude] where it jumps across the antimeridian. */
export function cutAtAntimeridian(points) {
  const parts = [[]];
  let before = null;
  for (const [lon, lat] of points) {
    const wrapped = ((((lon + 180) % 360) + 360) % 360) - 180;
    if (before !== null && Math.abs(wrapped - before[0]) > 180) {
      const sign = before[0] > 0 ? 180 : -180, span = wrapped + 2 * sign - before[0];
      const share = span ? (sign - before[0]) / span : 0, crossing = before[1] + share * (lat - before[1]);
      parts[parts.length - 1].push([sign, crossing]);
      parts.push([[-sign, crossing]]);
    }
    parts[parts.length - 1].push([wrapped, lat]);
    before = [wrapped, lat];
  }
  return parts.filter((part) => part.length > 1);
}

/**
 * Outlines of countries from their compact file.
 * @returns {Array<{name: string, iso3: string|null, rings: Array<Array<[number, number]>>}>}
 */
export function readOutlines(table) {
  const step = 1 / table.steps_per_deg;
  return table.countries.map((country) => ({
    name: country.name, iso3: country.iso3,
    rings: country.rings.map((flat) => {
      const points = [];
      for (let k = 0, lon = 0, lat = 0; k < flat.length; k += 2) points.push([(lon += flat[k]) * step, (lat += flat[k + 1]) * step]);
      return points;
    }),
  }));
}

/** The same line with no stretch longer than `most` degrees, so that it follows the globe. */
export function densified(points, most = 2) {
  const out = [];
  points.forEach(([lon, lat], k) => {
    if (k) {
      const [lon0, lat0] = points[k - 1], parts = Math.ceil(Math.max(Math.abs(lon - lon0), Math.abs(lat - lat0)) / most);
      for (let part = 1; part < parts; part++) out.push([lon0 + ((lon - lon0) * part) / parts, lat0 + ((lat - lat0) * part) / parts]);
    }
    out.push([lon, lat]);
  });
  return out;
}
