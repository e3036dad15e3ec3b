"""One object's whole table of states against one site, eight states at a time: where a pass may begin, turn or end.

Two bits are kept of each state, whether it stands above the mask and whether it climbs, 64 states to a word; neither
needs a root or a division. Vectors of eight states deep below the site's horizontal plane, nine of ten in low orbit,
are dropped after one product. What is left to look at are neighbours whose bits differ.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from orbits.sgp4_core.vector_kernels import WIDTH

WORD = 64  # states of one word
ABOVE, CLIMBS, NEAR, EVENT = 0, 1, 2, 3  # rows of words
_FLAGS = ("contract", "reassoc", "nsz", "arcp")
_DOUBLE, _INDEX, _BYTE = ir.DoubleType(), ir.IntType(64), ir.IntType(8)
_VECTOR = ir.VectorType(_DOUBLE, WIDTH)


@intrinsic
def mark_states(typing_context, table, stride, count, place, up, plane_km, floor_km, square_sine, words, row_words):
    """Fill `words` (flat, four rows of `row_words`) with bits of `count` words of states, and one word of zeros.

    `table` (flat, six rows of `stride`) holds positions (km) and velocities in the axes of the site, which stands at
    `place` (km) with the unit vector `up` and the plane up . p = `plane_km`. A state is near when it stands above
    `floor_km` over that plane; where it is not, its other bits are 0. `square_sine` is that of a mask of 0 or more.
    Bit k of the row EVENT says that something may happen between states k and k + 1, both near: a crossing, a peak, or
    a dip above the mask.
    """
    signature = types.void(
        table, types.int64, types.int64, place, up, types.float64, types.float64, types.float64, words, types.int64
    )

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = context.make_array(sig.args[0])(context, builder, args[0]).data
        word_pointer = context.make_array(sig.args[8])(context, builder, args[8]).data
        apart, number, row_length = args[1], args[2], args[9]
        zero, one = ir.Constant(_INDEX, 0), ir.Constant(_INDEX, 1)

        def splat(value: Any) -> Any:
            undefined, narrow = ir.Constant(_VECTOR, ir.Undefined), ir.IntType(32)
            single = builder.insert_element(undefined, value, ir.Constant(narrow, 0))
            return builder.shuffle_vector(single, undefined, ir.Constant(ir.VectorType(narrow, WIDTH), [0] * WIDTH))

        site = [splat(builder.extract_value(args[3], axis)) for axis in range(3)]
        ups = [splat(builder.extract_value(args[4], axis)) for axis in range(3)]
        plane, floor, sine2 = splat(args[5]), splat(args[6]), splat(args[7])
        nothing = splat(ir.Constant(_DOUBLE, 0.0))
        rows = [builder.gep(pointer, [builder.mul(apart, ir.Constant(_INDEX, row))]) for row in range(6)]

        def load(row: int, at: Any) -> Any:
            return builder.load(builder.bitcast(builder.gep(rows[row], [at]), _VECTOR.as_pointer()), align=8)

        def product(left: list[Any], right: list[Any]) -> Any:
            total = builder.fmul(left[0], right[0], flags=_FLAGS)
            for axis in (1, 2):
                total = builder.fadd(total, builder.fmul(left[axis], right[axis], flags=_FLAGS), flags=_FLAGS)
            return total

        def bits(condition: Any) -> Any:
            return builder.zext(builder.bitcast(condition, _BYTE), _INDEX)

        def word_at(row: int, word: Any) -> Any:
            return builder.gep(word_pointer, [builder.add(builder.mul(row_length, ir.Constant(_INDEX, row)), word)])

        kept = [cgutils.alloca_once(builder, _INDEX) for _ in range(3)]
        with cgutils.for_range(builder, number, intp=_INDEX) as loop:
            for place_of in kept:
                builder.store(zero, place_of)
            with cgutils.for_range(builder, ir.Constant(_INDEX, WORD // WIDTH), intp=_INDEX) as eight:
                shift = builder.mul(eight.index, ir.Constant(_INDEX, WIDTH))
                at = builder.add(builder.mul(loop.index, ir.Constant(_INDEX, WORD)), shift)
                position = [load(axis, at) for axis in range(3)]
                height = builder.fsub(product(position, ups), plane, flags=_FLAGS)
                near = bits(builder.fcmp_ordered(">", height, floor))
                with builder.if_then(builder.icmp_unsigned("!=", near, zero), likely=False):
                    velocity = [load(3 + axis, at) for axis in range(3)]
                    line = [builder.fsub(position[axis], site[axis], flags=_FLAGS) for axis in range(3)]
                    distance2 = product(line, line)
                    is_above = builder.and_(
                        builder.fcmp_ordered(">=", height, nothing),
                        builder.fcmp_ordered(
                            ">=", builder.fmul(height, height, flags=_FLAGS),
                            builder.fmul(sine2, distance2, flags=_FLAGS),
                        ),
                    )  # fmt: skip
                    climb = builder.fsub(
                        builder.fmul(product(velocity, ups), distance2, flags=_FLAGS),
                        builder.fmul(height, product(line, velocity), flags=_FLAGS), flags=_FLAGS,
                    )  # fmt: skip
                    found = (bits(is_above), bits(builder.fcmp_ordered(">", climb, nothing)), near)
                    for place_of, value in zip(kept, found, strict=True):
                        builder.store(
                            builder.or_(builder.load(place_of), builder.shl(builder.and_(value, near), shift)), place_of
                        )
            for row, place_of in enumerate(kept):
                builder.store(builder.load(place_of), word_at(row, loop.index))
        for row in (ABOVE, CLIMBS, NEAR):
            builder.store(zero, word_at(row, number))
        with cgutils.for_range(builder, number, intp=_INDEX) as loop:
            following = builder.add(loop.index, one)
            now, then = [], []
            for row in (ABOVE, CLIMBS, NEAR):
                value = builder.load(word_at(row, loop.index))
                carried = builder.shl(builder.load(word_at(row, following)), ir.Constant(_INDEX, WORD - 1))
                now.append(value)
                then.append(builder.or_(builder.lshr(value, one), carried))
            crossing = builder.xor(now[ABOVE], then[ABOVE])
            peak = builder.and_(now[CLIMBS], builder.not_(then[CLIMBS]))
            dip = builder.and_(
                builder.and_(builder.not_(now[CLIMBS]), then[CLIMBS]), builder.and_(now[ABOVE], then[ABOVE])
            )
            event = builder.or_(crossing, builder.or_(peak, dip))
            event = builder.and_(event, builder.and_(now[NEAR], then[NEAR]))
            builder.store(event, word_at(EVENT, loop.index))
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def lowest_bit(typing_context, word):
    """The place of the lowest bit that is set in a word other than 0."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.int64), generate
