// Shapes of the encounter plane: ellipses of a covariance, and how many sigma lie between two places.

/** Share of a two-dimensional normal distribution inside its ellipse of k sigma. */
export const shareWithin = (k) => 1 - Math.exp(-(k * k) / 2);

/**
 * One-sigma half axes of a covariance (2, 2), km, and the turn of the larger from x towards y, degrees.
 * @param {number[][]} covariance km²
 */
export function ellipseOf([[xx, xy], [, yy]]) {
  const mean = (xx + yy) / 2, apart = Math.hypot((xx - yy) / 2, xy);
  return { large: Math.sqrt(mean + apart), small: Math.sqrt(Math.max(mean - apart, 0)), turnDeg: (Math.atan2(2 * xy, xx - yy) * 90) / Math.PI };
}

/** Distance of a place from the middle of a distribution in its sigmas; null where the covariance has no inverse. */
export function sigmasOf([x, y], [[xx, xy], [, yy]]) {
  const determinant = xx * yy - xy * xy;
  return determinant > 0 ? Math.sqrt((yy * x * x - 2 * xy * x * y + xx * y * y) / determinant) : null;
}

/**
 * The frame that holds the primary (0, 0) and the ellipse of so many sigma about the miss, with a margin; no side is less than
 * six tenths of the other.
 * @returns {{x: number, y: number, wide: number, high: number}} its middle and half its sides, km
 */
export function frameAbout([x, y], covariance, sigmas, least) {
  const edges = [x, y].map((middle, k) => {
    const spread = sigmas * Math.sqrt(covariance[k][k]);
    return [Math.min(-least, middle - spread), Math.max(least, middle + spread)];
  });
  const [wide, high] = edges.map(([low, top]) => 0.55 * (top - low));
  return { x: (edges[0][0] + edges[0][1]) / 2, y: (edges[1][0] + edges[1][1]) / 2, wide: Math.max(wide, 0.6 * high), high: Math.max(high, 0.6 * wide) };
}
