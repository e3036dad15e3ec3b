"""Key frames of the whole catalogue as bytes for the globe, and the last answers kept at hand.

Little-endian. A client reads the header, then views the arrays in place: each begins at a multiple of its own size.

| bytes | what |
| --- | --- |
| 0 | magic `SSAF` |
| 4 | u32 version of this layout: 1 |
| 8 | u32 n, objects |
| 12 | u32 k, frames |
| 16 | f64 time of the first frame, UTC seconds since 1970-01-01 (POSIX) |
| 24 | f64 seconds between frames |
| 32 | the 32 bytes of the catalogue's digest |
| 64 | f64[3n] reference positions, km, x y z of each object |
| then | for each frame f32[3n] offsets from the reference, km, and f32[3n] velocities, km/s |
| then | u32[n] catalogue numbers, in the order of the rows |

Earth-fixed (ITRS), velocities relative to the turning Earth; NaN where SGP4 gives no state. Between frames:
`orbits/key_frames.py`.
"""

from __future__ import annotations

import struct
import threading
from collections import OrderedDict

import numpy as np

from orbits import Instant, TimeGrid
from orbits.key_frames import KeyFrames, key_frames
from ssa.catalogue.snapshot import CatalogueSnapshot

MAGIC, VERSION = b"SSAF", 1
HEADER = struct.Struct("<4sIIIdd32s")
MEDIA_TYPE = "application/vnd.ssa.frames"
_EPOCH_1970 = Instant.parse("1970-01-01T00:00:00Z")
_KEPT = 8


def pack_frames(frames: KeyFrames, digest: str) -> bytes:
    """The bytes of the layout above."""
    start_s = frames.times.start.seconds_since(_EPOCH_1970)
    count = len(frames.times)
    parts = [
        HEADER.pack(
            MAGIC, VERSION, len(frames.norad_id), count, start_s, frames.times.step_s, bytes.fromhex(digest)[:32]
        ),
        np.ascontiguousarray(frames.reference_itrs_km, dtype="<f8").tobytes(),
    ]
    for frame in range(count):
        parts.append(np.ascontiguousarray(frames.offset_itrs_km[frame], dtype="<f4").tobytes())
        parts.append(np.ascontiguousarray(frames.velocity_itrs_km_s[frame], dtype="<f4").tobytes())
    parts.append(frames.norad_id.astype("<u4").tobytes())
    return b"".join(parts)


class FrameCache:
    """The last answers, so that several who look at one time cost one computation; safe for many threads."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._answers: OrderedDict[tuple[str, Instant, float, int], bytes] = OrderedDict()

    def of(self, snapshot: CatalogueSnapshot, grid: TimeGrid) -> bytes:
        """The frames of a catalogue at the times of a grid."""
        key = (snapshot.digest, grid.start, grid.step_s, grid.count)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = pack_frames(key_frames(snapshot.elements, grid), snapshot.digest)
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)
        return answer
