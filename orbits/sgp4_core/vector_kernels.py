"""Copies by whole vectors, and past the caches, said in LLVM's own types, which every processor's generator knows.

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
VECTOR_BYTES = 8 * WIDTH
FLAGS = ("contract", "reassoc", "nsz", "arcp")


def splat(builder: Any, value: Any) -> Any:
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


def stream_vector(builder: Any, pointer: Any, place: Any, address: Any) -> None:
    """Emit a copy of the vector at pointer[place] to `address`, a multiple of its size, past the caches."""
    vector = ir.VectorType(ir.DoubleType(), WIDTH)
    read = builder.gep(pointer, [place])
    value = builder.load(builder.bitcast(read, vector.as_pointer()), align=8)
    store = builder.store(value, builder.inttoptr(address, vector.as_pointer()), align=VECTOR_BYTES)
    store.set_metadata("nontemporal", builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)]))


@intrinsic
def stream_vectors(typing_context, source, first, address, count):
    """Copy `count` vectors from source[first] on to `address`, a multiple of VECTOR_BYTES, past the caches."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        index = ir.IntType(64)
        pointer = context.make_array(sig.args[0])(context, builder, args[0]).data
        with cgutils.for_range(builder, args[3], intp=index) as loop:
            place = builder.add(args[1], builder.mul(loop.index, ir.Constant(index, WIDTH)))
            written = builder.add(args[2], builder.mul(loop.index, ir.Constant(index, VECTOR_BYTES)))
            stream_vector(builder, pointer, place, written)
        return context.get_dummy_value()

    return types.void(source, types.int64, types.int64, types.int64), generate
