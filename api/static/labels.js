// Where names stand beside their marks, so that none covers another.

/** From the mark to the nearer end of the name's line, px: right above, right below, left above, left below. */
export const PLACES = [[10, -12], [10, 20], [-10, -12], [-10, 20]];
const LINE_PX = 15, LETTER_PX = 7.6;

/**
 * The place of each name, -1 where all four are taken; names that come first choose first.
 * @param {Array<{x: number, y: number, text: string}|null>} marks on the screen; null for what is not seen
 * @returns {number[]}
 */
export function placed(marks) {
  /** @type {Array<{left: number, bottom: number, width: number}>} */
  const taken = [];
  return marks.map((mark) => {
    if (!mark) return 0;
    const width = mark.text.length * LETTER_PX;
    const boxes = PLACES.map(([dx, dy]) => ({ left: mark.x + dx - (dx < 0 ? width : 0), bottom: mark.y + dy, width }));
    const free = boxes.findIndex((box) => taken.every((other) => Math.abs(box.bottom - other.bottom) >= LINE_PX || box.left >= other.left + other.width || other.left >= box.left + box.width));
    if (free >= 0) taken.push(boxes[free]);
    return free;
  });
}
