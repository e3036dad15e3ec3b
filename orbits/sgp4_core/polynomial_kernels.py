"""Polynomials of many segments at once: checked, at all their steps, and their coefficients, by hand-written vectors.

LLVM's vectoriser gives up on sums of this many rows; so this module says vector by vector what it wants, in LLVM's own
types, which every processor's code generator knows. Nodes and steps lie mirror-wise about the middle of a segment, so
the even and the odd part of the polynomial are summed over half the steps and serve both halves.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from orbits.sgp4_core.vector_kernels import FLAGS, VECTOR_BYTES, WIDTH, splat, stream_vector


@intrinsic
def add_rows(typing_context, values, at, stride, rows, target):
    """target[s] = the sum over `rows` rows of values[at + row stride + s], for s < stride, whole vectors at a time."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        index, vector = ir.IntType(64), ir.VectorType(ir.DoubleType(), WIDTH)
        source, sums = (context.make_array(sig.args[k])(context, builder, args[k]).data for k in (0, 4))

        def spot(pointer: Any, place: Any) -> Any:
            return builder.bitcast(builder.gep(pointer, [place]), vector.as_pointer())

        zero = ir.Constant(vector, [0.0] * WIDTH)
        with cgutils.for_range_slice(builder, ir.Constant(index, 0), args[2], ir.Constant(index, WIDTH)) as (s, _):
            total = cgutils.alloca_once_value(builder, zero)
            builder.store(zero, total)
            with cgutils.for_range(builder, args[3], intp=index) as loop:
                place = builder.add(builder.add(args[1], s), builder.mul(loop.index, args[2]))
                builder.store(builder.fadd(builder.load(total), builder.load(spot(source, place), align=8)), total)
            builder.store(builder.load(total), spot(sums, s), align=8)
        return context.get_dummy_value()

    return types.void(values, types.int64, types.int64, types.int64, target), generate


@intrinsic(prefer_literal=True)
def mirror_columns(typing_context, nodes, at, columns, degree, tails, parts, stride, tolerance, faults):
    """Sums of mirrored nodes, the middle node, then their differences, to rows of `parts`; and a check of each column.

    `nodes` holds, from `at` on in memory, a row of `columns` for each node. faults[s] grows by 1 where the last two
    Chebyshev coefficients of column s are not below `tolerance`: their weights, `tails` (2, degree + 1), are mirrored
    as the nodes are. `degree`, even, and `stride`, that of `parts`, are literals. Whole vectors at a time, so up to
    WIDTH - 1 columns more are read and written.
    """
    if not (isinstance(degree, types.IntegerLiteral) and isinstance(stride, types.IntegerLiteral)):
        raise TypeError("degree and stride must be literals")
    last, apart = degree.literal_value, stride.literal_value
    middle = last // 2
    signature = types.void(nodes, at, columns, degree, tails, parts, stride, tolerance, faults)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        index, vector = ir.IntType(64), ir.VectorType(ir.DoubleType(), WIDTH)
        node_pointer, tail_pointer, part_pointer, fault_pointer = (
            context.make_array(sig.args[k])(context, builder, args[k]).data for k in (0, 4, 5, 8)
        )

        def spot(pointer: Any, place: Any) -> Any:
            return builder.bitcast(builder.gep(pointer, [place]), vector.as_pointer())

        def node(j: int, s: Any) -> Any:
            row = builder.add(args[1], builder.mul(args[2], ir.Constant(index, j)))
            return builder.load(spot(node_pointer, builder.add(row, s)), align=8)

        def keep(row: int, s: Any, value: Any) -> None:
            builder.store(value, spot(part_pointer, builder.add(s, ir.Constant(index, row * apart))), align=8)

        def grown(total: Any, coefficient: int, j: int, value: Any) -> Any:
            weight = builder.load(builder.gep(tail_pointer, [ir.Constant(index, coefficient * (last + 1) + j)]))
            product = builder.fmul(splat(builder, weight), value, flags=FLAGS)
            return product if total is None else builder.fadd(total, product, flags=FLAGS)

        def absolute(value: Any) -> Any:
            return builder.select(builder.fcmp_ordered("<", value, zero), builder.fneg(value), value)

        zero, one = (ir.Constant(vector, [number] * WIDTH) for number in (0.0, 1.0))
        bound = splat(builder, args[7])
        with cgutils.for_range_slice(builder, ir.Constant(index, 0), args[2], ir.Constant(index, WIDTH)) as (s, _):
            highest = next_to_highest = None
            for j in range(middle):
                early, late = node(j, s), node(last - j, s)
                even, odd = builder.fadd(early, late), builder.fsub(early, late)
                keep(j, s, even)
                keep(middle + 1 + j, s, odd)
                highest, next_to_highest = grown(highest, 0, j, even), grown(next_to_highest, 1, j, odd)
            even = node(middle, s)
            keep(middle, s, even)
            left_out = builder.fadd(absolute(grown(highest, 0, middle, even)), absolute(next_to_highest))
            fault = builder.select(builder.fcmp_ordered("<", left_out, bound), zero, one)
            count = spot(fault_pointer, s)
            builder.store(builder.fadd(builder.load(count, align=8), fault), count, align=8)
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def fold_columns(
    typing_context, parts, stride, degree, matrix, row_stride, m, count, steps, target, at, moved, first, address, pairs
):  # fmt: skip
    """WIDTH steps from step `m` on, and their mirror images, of `count` segments of `steps` steps each, into `target`.

    `parts` (flat, rows of `stride`, one column a segment) holds sums of mirrored nodes, the middle node, and their
    differences; `matrix` (flat, rows of `row_stride`) their weights at the steps of the first half. `degree`, `stride`
    and `row_stride` are literals. The weights stay in registers while the segments pass. `target` begins at `at`.

    Meanwhile `pairs` pairs of vectors, at most `count`, go from moved[first] on to `address` (see `stream_vectors`):
    memory takes them while the sums are made. Where `moved` is None there are none.
    """
    if not all(isinstance(value, types.IntegerLiteral) for value in (degree, stride, row_stride)):
        raise TypeError("degree and strides must be literals")
    points = degree.literal_value + 1
    apart, across = stride.literal_value, row_stride.literal_value
    signature = types.void(
        parts, stride, degree, matrix, row_stride, m, count, steps, target, at, moved, first, address, pairs
    )
    moves = not isinstance(moved, types.NoneType)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        double, index, narrow = ir.DoubleType(), ir.IntType(64), ir.IntType(32)
        vector = ir.VectorType(double, WIDTH)
        undefined = ir.Constant(vector, ir.Undefined)
        all_first = ir.Constant(ir.VectorType(narrow, WIDTH), [0] * WIDTH)
        backwards = ir.Constant(ir.VectorType(narrow, WIDTH), list(range(WIDTH))[::-1])
        part_pointer, matrix_pointer, target_pointer = (
            context.make_array(sig.args[place])(context, builder, args[place]).data for place in (0, 3, 8)
        )
        first_step, segments, length = args[5], args[6], args[7]
        if moves:
            moved_pointer = context.make_array(sig.args[10])(context, builder, args[10]).data

        def move(s: Any) -> None:
            with builder.if_then(builder.icmp_signed("<", s, args[13])):
                for half in range(2):
                    vectors = builder.add(builder.shl(s, ir.Constant(index, 1)), ir.Constant(index, half))
                    place = builder.add(args[11], builder.mul(vectors, ir.Constant(index, WIDTH)))
                    written = builder.add(args[12], builder.mul(vectors, ir.Constant(index, VECTOR_BYTES)))
                    stream_vector(builder, moved_pointer, place, written)

        def weights(row: int) -> Any:
            spot = builder.gep(matrix_pointer, [builder.add(first_step, ir.Constant(index, row * across))])
            return builder.load(builder.bitcast(spot, vector.as_pointer()), align=8)

        def spread(row: int, s: Any) -> Any:
            spot = builder.gep(part_pointer, [builder.add(s, ir.Constant(index, row * apart))])
            single = builder.insert_element(undefined, builder.load(spot), ir.Constant(narrow, 0))
            return builder.shuffle_vector(single, undefined, all_first)

        def weighted(rows: range, s: Any) -> Any:
            sums: list[Any] = []
            for row in rows:
                product = builder.fmul(spread(row, s), columns[row], flags=FLAGS)
                if len(sums) < 2:
                    sums.append(product)
                else:
                    sums[row % 2] = builder.fadd(sums[row % 2], product, flags=FLAGS)
            return builder.fadd(*sums)

        def store(value: Any, place: Any) -> None:
            spot = builder.gep(target_pointer, [place])
            builder.store(value, builder.bitcast(spot, vector.as_pointer()), align=8)

        columns = [weights(row) for row in range(points)]
        from_end = builder.sub(builder.sub(length, first_step), ir.Constant(index, WIDTH))
        with cgutils.for_range(builder, segments, intp=index) as loop:
            if moves:
                move(loop.index)
            begin = builder.add(args[9], builder.mul(loop.index, length))
            even = weighted(range(points // 2 + 1), loop.index)
            odd = weighted(range(points // 2 + 1, points), loop.index)
            store(builder.fadd(even, odd), builder.add(begin, first_step))
            late = builder.fsub(even, odd)
            store(builder.shuffle_vector(late, undefined, backwards), builder.add(begin, from_end))
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def chebyshev_coefficients(typing_context, values, degree, weights, target, at):
    """Coefficients of eight polynomials from their values at the Lobatto nodes: row k of target, from `at` on.

    `values` (flat, rows of WIDTH) has a row a node, `weights` (flat) row k of the transform as its even or odd half:
    for even k over sums of mirrored nodes and the middle node, for odd k over differences. `degree` is a literal.
    """
    if not isinstance(degree, types.IntegerLiteral):
        raise TypeError("degree must be a literal")
    last = degree.literal_value
    signature = types.void(values, degree, weights, target, at)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        index, vector = ir.IntType(64), ir.VectorType(ir.DoubleType(), WIDTH)
        pointers = [context.make_array(sig.args[k])(context, builder, args[k]).data for k in (0, 2, 3)]

        def row_of(pointer: Any, place: Any) -> Any:
            return builder.bitcast(builder.gep(pointer, [place]), vector.as_pointer())

        nodes = [builder.load(row_of(pointers[0], ir.Constant(index, j * WIDTH)), align=8) for j in range(last + 1)]
        sums = [builder.fadd(nodes[j], nodes[last - j]) for j in range(last // 2)] + [nodes[last // 2]]
        differences = [builder.fsub(nodes[j], nodes[last - j]) for j in range(last // 2)]
        for k in range(last + 1):
            total = None
            for j, part in enumerate(differences if k % 2 else sums):
                weight = builder.load(builder.gep(pointers[1], [ir.Constant(index, k * (last // 2 + 1) + j)]))
                product = builder.fmul(part, splat(builder, weight), flags=FLAGS)
                total = product if total is None else builder.fadd(total, product, flags=FLAGS)
            spot = row_of(pointers[2], builder.add(args[4], ir.Constant(index, k * WIDTH)))
            builder.store(total, spot, align=8)
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def chebyshev_sum(typing_context, coefficients, at, degree, u):
    """Six of eight polynomials at -1 <= u <= 1, by Clenshaw's recurrence on the even and the odd degrees side by side.

    Row k of `coefficients` (flat, rows of WIDTH, from `at` on) belongs to degree k; `degree` is an even literal.
    """
    if not isinstance(degree, types.IntegerLiteral):
        raise TypeError("degree must be a literal")
    last = degree.literal_value
    signature = types.UniTuple(types.float64, 6)(coefficients, at, degree, u)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        double, index, narrow = ir.DoubleType(), ir.IntType(64), ir.IntType(32)
        vector = ir.VectorType(double, WIDTH)
        pointer = context.make_array(sig.args[0])(context, builder, args[0]).data
        u_value = args[3]
        twice_v = splat(
            builder,
            builder.fsub(
                builder.fmul(ir.Constant(double, 4.0), builder.fmul(u_value, u_value)), ir.Constant(double, 2.0)
            ),
        )

        def row(k: int) -> Any:
            spot = builder.gep(pointer, [builder.add(args[1], ir.Constant(index, k * WIDTH))])
            return builder.load(builder.bitcast(spot, vector.as_pointer()), align=8)

        def clenshaw(degrees: list[int]) -> tuple[Any, Any]:
            """b0 and b1 of sum c_k T_k(v), v = 2 u^2 - 1."""
            zero = ir.Constant(vector, [0.0] * WIDTH)
            ahead, further = row(degrees[-1]), zero
            for k in degrees[-2::-1]:
                ahead, further = (
                    builder.fadd(
                        row(k), builder.fsub(builder.fmul(twice_v, ahead, flags=FLAGS), further, flags=FLAGS),
                        flags=FLAGS,
                    ),
                    ahead,
                )  # fmt: skip
            return ahead, further

        even_first, even_second = clenshaw(list(range(0, last + 1, 2)))
        odd_first, odd_second = clenshaw(list(range(1, last, 2)))
        half = ir.Constant(vector, [0.5] * WIDTH)
        even = builder.fsub(
            even_first, builder.fmul(half, builder.fmul(twice_v, even_second, flags=FLAGS), flags=FLAGS),
            flags=FLAGS,
        )  # fmt: skip
        odd = builder.fmul(splat(builder, u_value), builder.fsub(odd_first, odd_second, flags=FLAGS), flags=FLAGS)
        total = builder.fadd(even, odd, flags=FLAGS)
        parts = [builder.extract_element(total, ir.Constant(narrow, k)) for k in range(6)]
        return context.make_tuple(builder, sig.return_type, parts)

    return signature, generate
