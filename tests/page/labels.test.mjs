// Names beside marks: none over another, in their order, and none where there is no room.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placed } from "../../api/static/labels.js";

const at = (x, y, text = "SATELLITE") => ({ x, y, text });

test("names of marks at one place stand right above, right below, left above, left below; a fifth has no room", () => {
  assert.deepEqual(placed(Array.from({ length: 5 }, () => at(100, 100))), [0, 1, 2, 3, -1]);
});

test("marks far apart keep the first place, and what is not seen takes none", () => {
  assert.deepEqual(placed([at(100, 100), at(400, 100), at(100, 300)]), [0, 0, 0]);
  assert.deepEqual(placed([null, at(100, 100)]), [0, 0]);
});

test("a long name to the left gives way to the one that reaches under it", () => {
  assert.deepEqual(placed([at(100, 100, "A NAME OF TWENTY SIGNS"), at(160, 102, "B")]), [0, 1]);
});
