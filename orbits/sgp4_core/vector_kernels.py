"""One segment's polynomial at all its steps, and copies past the caches: vectors that are written out by hand.

LLVM's vectoriser gives up on sums of this many rows; so this module says vector by vector what it wants, in LLVM's own
types, which every processor's code generator knows. Nodes and steps lie mirror-wise about the middle of a segment, so
the even and the odd part of the polynomial are summed over half the steps and serve both halves.

Arrays larger than the caches are written with non-temporal stores: 23 GB/s on the machine it was measured on, where
plain stores, which read each line before they write it, reached 8.7.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from orbits.jit import inner

WIDTH = 8  # numbers in one vector: AVX-512's eight, which narrower processors split
_FLAGS = ("contract", "reassoc", "nsz", "arcp")


@intrinsic(prefer_literal=True)
def fold_columns(typing_context, parts, stride, degree, matrix, row_stride, m, count, steps, target):
    """WIDTH steps from step `m` on, and their mirror images, of `count` segments of `steps` steps each, into `target`.

    `parts` (flat, rows of `stride`, one column a segment) holds sums of mirrored nodes, the middle node, and their
    differences; `matrix` (flat, rows of `row_stride`) their weights at the steps of the first half. `degree`, `stride`
    and `row_stride` are literals. The weights stay in registers while the segments pass.
    """
    if not all(isinstance(value, types.IntegerLiteral) for value in (degree, stride, row_stride)):
        raise TypeError("degree and strides must be literals")
    points = degree.literal_value + 1
    apart, across = stride.literal_value, row_stride.literal_value
    signature = types.void(parts, stride, degree, matrix, row_stride, m, count, steps, target)

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
                product = builder.fmul(spread(row, s), columns[row], flags=_FLAGS)
                if len(sums) < 2:
                    sums.append(product)
                else:
                    sums[row % 2] = builder.fadd(sums[row % 2], product, flags=_FLAGS)
            return builder.fadd(*sums)

        def store(value: Any, place: Any) -> None:
            spot = builder.gep(target_pointer, [place])
            builder.store(value, builder.bitcast(spot, vector.as_pointer()), align=8)

        columns = [weights(row) for row in range(points)]
        from_end = builder.sub(builder.sub(length, first_step), ir.Constant(index, WIDTH))
        with cgutils.for_range(builder, segments, intp=index) as loop:
            begin = builder.mul(loop.index, length)
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
                product = builder.fmul(part, _splat(builder, weight), flags=_FLAGS)
                total = product if total is None else builder.fadd(total, product, flags=_FLAGS)
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
        twice_v = _splat(
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
                        row(k), builder.fsub(builder.fmul(twice_v, ahead, flags=_FLAGS), further, flags=_FLAGS),
                        flags=_FLAGS,
                    ),
                    ahead,
                )  # fmt: skip
            return ahead, further

        even_first, even_second = clenshaw(list(range(0, last + 1, 2)))
        odd_first, odd_second = clenshaw(list(range(1, last, 2)))
        half = ir.Constant(vector, [0.5] * WIDTH)
        even = builder.fsub(
            even_first, builder.fmul(half, builder.fmul(twice_v, even_second, flags=_FLAGS), flags=_FLAGS),
            flags=_FLAGS,
        )  # fmt: skip
        odd = builder.fmul(_splat(builder, u_value), builder.fsub(odd_first, odd_second, flags=_FLAGS), flags=_FLAGS)
        total = builder.fadd(even, odd, flags=_FLAGS)
        parts = [builder.extract_element(total, ir.Constant(narrow, k)) for k in range(6)]
        return context.make_tuple(builder, sig.return_type, parts)

    return signature, generate


def _splat(builder: Any, value: Any) -> Any:
    """A vector of WIDTH times the same number."""
    vector, narrow = ir.VectorType(ir.DoubleType(), WIDTH), ir.IntType(32)
    undefined = ir.Constant(vector, ir.Undefined)
    single = builder.insert_element(undefined, value, ir.Constant(narrow, 0))
    return builder.shuffle_vector(single, undefined, ir.Constant(ir.VectorType(narrow, WIDTH), [0] * WIDTH))


@intrinsic
def borrowed(typing_context, array):
    """The same array without a claim to its memory: slices of it are not counted, as each count is a locked write.

    Whoever hands the array in must keep it; so only for arguments that come from Python.
    """

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        value = context.make_array(sig.args[0])(context, builder, args[0])
        value.meminfo = cgutils.get_null_value(value.meminfo.type)
        value.parent = cgutils.get_null_value(value.parent.type)
        return value._getvalue()

    return array(array), generate


@intrinsic
def spread(typing_context, value, target, at):
    """WIDTH times `value` from target[at] on."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        vector, narrow = ir.VectorType(ir.DoubleType(), WIDTH), ir.IntType(32)
        undefined = ir.Constant(vector, ir.Undefined)
        single = builder.insert_element(undefined, args[0], ir.Constant(narrow, 0))
        every = builder.shuffle_vector(single, undefined, ir.Constant(ir.VectorType(narrow, WIDTH), [0] * WIDTH))
        pointer = context.make_array(sig.args[1])(context, builder, args[1]).data
        builder.store(every, builder.bitcast(builder.gep(pointer, [args[2]]), vector.as_pointer()), align=8)
        return context.get_dummy_value()

    return types.void(types.float64, target, types.int64), generate


@intrinsic
def copy_vector(typing_context, source, first, target, at):
    """Copy WIDTH numbers from source[first] on to place `at` on of `target`, counted in memory whatever its shape."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        vector = ir.VectorType(ir.DoubleType(), WIDTH)
        read, write = (
            builder.gep(context.make_array(sig.args[k])(context, builder, args[k]).data, [args[k + 1]]) for k in (0, 2)
        )
        value = builder.load(builder.bitcast(read, vector.as_pointer()), align=8)
        builder.store(value, builder.bitcast(write, vector.as_pointer()), align=8)
        return context.get_dummy_value()

    return types.void(source, types.int64, target, types.int64), generate


@intrinsic
def copy_number(typing_context, source, first, target, at):
    """Copy one number, source[first], to place `at` of `target`, counted in memory."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        read, write = (
            builder.gep(context.make_array(sig.args[k])(context, builder, args[k]).data, [args[k + 1]]) for k in (0, 2)
        )
        builder.store(builder.load(read), write)
        return context.get_dummy_value()

    return types.void(source, types.int64, target, types.int64), generate


@inner
def fill(values, value):
    """Put one value everywhere; `values[:] = value` compiles a second and a half longer, for its errors of shape."""
    for k in range(values.shape[0]):
        values[k] = value


@inner
def copy_run(source, first, target, at, count):
    """Copy a short run; where it is no multiple of WIDTH, the last vector lies over the one before."""
    k = 0
    while k + WIDTH <= count:
        copy_vector(source, first + k, target, at + k)
        k += WIDTH
    if k < count:
        if count >= WIDTH:
            copy_vector(source, first + count - WIDTH, target, at + count - WIDTH)
        else:
            for place in range(count):
                copy_number(source, first + place, target, at + place)


@intrinsic
def address_of(typing_context, array):
    """The address of an array's first number."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        pointer = context.make_array(sig.args[0])(context, builder, args[0]).data
        return builder.ptrtoint(pointer, ir.IntType(64))

    return types.int64(array), generate


@intrinsic
def stream_vectors(typing_context, source, first, target, at, count):
    """Copy `count` numbers, a multiple of WIDTH, from source[first] on to target[at] on, a multiple of 64 bytes."""
    signature = types.void(source, first, target, at, count)

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        source_array, source_first, target_array, target_at, number = args
        index, vector = ir.IntType(64), ir.VectorType(ir.DoubleType(), WIDTH)
        source_pointer = context.make_array(sig.args[0])(context, builder, source_array).data
        target_pointer = context.make_array(sig.args[2])(context, builder, target_array).data
        with cgutils.for_range_slice(builder, ir.Constant(index, 0), number, ir.Constant(index, WIDTH)) as (k, _):
            read = builder.gep(source_pointer, [builder.add(source_first, k)])
            write = builder.gep(target_pointer, [builder.add(target_at, k)])
            value = builder.load(builder.bitcast(read, vector.as_pointer()), align=8)
            store = builder.store(value, builder.bitcast(write, vector.as_pointer()), align=8 * WIDTH)
            store.set_metadata("nontemporal", builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)]))
        return context.get_dummy_value()

    return signature, generate


@inner
def copy_row(source, target, at, count, past_caches):
    """Copy source[:count] to target[at : at + count]; `past_caches` where nobody reads it soon."""
    k = 0
    if past_caches:
        odd = (address_of(target) // 8 + at) % WIDTH
        lead = min((WIDTH - odd) % WIDTH, count)
        for place in range(lead):
            target[at + place] = source[place]
        whole = (count - lead) // WIDTH * WIDTH
        stream_vectors(source, lead, target, at + lead, whole)
        k = lead + whole
    for place in range(k, count):
        target[at + place] = source[place]
