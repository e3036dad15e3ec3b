"""Sixteen pairs at a time: which neighbours of one object may come close within an interval.

Written out in LLVM's own vector types, as in `orbits/sgp4_core/vector_kernels.py`: LLVM does not turn the loop with its
early exits into vectors by itself. Narrower processors split the vectors.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

LANES = 16
_FLAGS = ("contract", "reassoc", "nsz", "arcp")
_INDEX, _NARROW = ir.IntType(64), ir.IntType(32)
_VECTOR = ir.VectorType(ir.FloatType(), LANES)


def _splat(builder: Any, value: Any) -> Any:
    undefined = ir.Constant(_VECTOR, ir.Undefined)
    single = builder.insert_element(undefined, value, ir.Constant(_NARROW, 0))
    return builder.shuffle_vector(single, undefined, ir.Constant(ir.VectorType(_NARROW, LANES), [0] * LANES))


def _load(context: Any, builder: Any, kind: Any, array: Any, at: Any) -> Any:
    pointer = context.make_array(kind)(context, builder, array).data
    return builder.load(builder.bitcast(builder.gep(pointer, [at]), _VECTOR.as_pointer()), align=4)


def _dot(builder: Any, one: list[Any], other: list[Any]) -> Any:
    total = builder.fmul(one[0], other[0], flags=_FLAGS)
    for a, b in zip(one[1:], other[1:], strict=True):
        total = builder.fadd(total, builder.fmul(a, b, flags=_FLAGS), flags=_FLAGS)
    return total


def _mask(builder: Any, comparison: Any) -> Any:
    return builder.zext(builder.bitcast(comparison, ir.IntType(LANES)), _INDEX)


@intrinsic
def line_mask(typing_context, xs, ys, zs, us, vs, ws, at, x, y, z, u, v, w, reach_squared, close_squared):
    """Bit l is set where middles are closer than `reach` and the lines of the two paths closer than `close`.

    A path is its middle (x, y, z) and its whole displacement (u, v, w). The lines are endless, so this passes more than
    `chord_mask`; it needs no division, and nearly always answers 0, which a processor guesses. NaN gives no bit.
    """
    single = types.float32
    signature = types.int64(xs, ys, zs, us, vs, ws, types.int64, *[single] * 8)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        apart, moved = _relative(context, builder, sig, args)
        distance, motion = _dot(builder, apart, apart), _dot(builder, moved, moved)
        along = _dot(builder, apart, moved)
        off_line = builder.fsub(
            builder.fmul(distance, motion, flags=_FLAGS), builder.fmul(along, along, flags=_FLAGS), flags=_FLAGS
        )
        is_near = builder.fcmp_ordered("<", distance, _splat(builder, args[13]))
        is_close = builder.fcmp_ordered("<=", off_line, builder.fmul(_splat(builder, args[14]), motion, flags=_FLAGS))
        return _mask(builder, builder.and_(is_near, is_close))

    return signature, generate


def _relative(context: Any, builder: Any, sig: Any, args: Any) -> tuple[list[Any], list[Any]]:
    """Middles and displacements of LANES paths, from column args[6] on, relative to that of args[7:13]."""
    relative = [
        builder.fsub(_load(context, builder, sig.args[k], args[k], args[6]), _splat(builder, args[7 + k]), flags=_FLAGS)
        for k in range(6)
    ]
    return relative[:3], relative[3:]


@intrinsic
def chord_mask(typing_context, xs, ys, zs, us, vs, ws, at, x, y, z, u, v, w, limit_squared):
    """Bit l is set where two straight paths come closer than the root of `limit_squared` within the interval.

    A path is its middle (x, y, z) and its whole displacement (u, v, w); NaN gives no bit.
    """
    single = types.float32
    signature = types.int64(xs, ys, zs, us, vs, ws, types.int64, *[single] * 7)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        apart, moved = _relative(context, builder, sig, args)
        least = ir.Constant(_VECTOR, [1.0e-20] * LANES)
        half, minus_half = ir.Constant(_VECTOR, [0.5] * LANES), ir.Constant(_VECTOR, [-0.5] * LANES)
        squared = builder.fadd(_dot(builder, moved, moved), least)
        # minus the place of the closest approach, in intervals from the middle
        place = builder.fdiv(_dot(builder, apart, moved), squared)
        place = builder.select(builder.fcmp_ordered("<", place, half), place, half)
        place = builder.select(builder.fcmp_ordered(">", place, minus_half), place, minus_half)
        closest = [
            builder.fsub(a, builder.fmul(place, b, flags=_FLAGS), flags=_FLAGS)
            for a, b in zip(apart, moved, strict=True)
        ]
        close = builder.fcmp_ordered("<", _dot(builder, closest, closest), _splat(builder, args[13]))
        return _mask(builder, close)

    return signature, generate


@intrinsic
def lowest_bit(typing_context, mask):
    """The place of the lowest set bit of a mask that is not 0."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.int64), generate
