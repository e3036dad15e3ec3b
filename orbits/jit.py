"""The one door to Numba: how kernels are compiled, where the machine code is kept, and how they use both cores.

Three facts, each measured, shape this module. `cache=True` notices an edit in the kernel's own file only, so the cache
folder is named by a digest of every kernel file and of Numba's version. First compiles of a kernel race between
processes, so a file lock of its own stands round each; a second process compiles from the other end of the list. Two
threads inside one `prange` abort the process under Numba's plain threading layer, so kernels are serial, release the
interpreter's lock, and are run side by side on slices of the objects.

A kernel's machine code lives in the user's state folder (`SSA_KERNEL_CACHE` to change it), never beside the source.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import llvmlite.binding as llvm
import numba
import numpy as np
import platformdirs
from filelock import FileLock
from numba import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler

Function = TypeVar("Function", bound=Callable[..., Any])

# No fast-math flags: they won nothing in these scalar kernels, and without them the constants of a record are those of
# the reference to the last bit. NaN tests must stay in any case: never `nnan` or `ninf`.
# `fastmath=False` is said aloud, since a function that does not say it takes over its caller's flags: time differences
# between Julian dates were once reassociated that way, and every state was 0.1 m off.
_OPTIONS: dict[str, Any] = {"error_model": "numpy", "nogil": True, "fastmath": False}
_QUICK: dict[str, Any] = {**_OPTIONS, "fastmath": {"contract", "reassoc", "nsz", "arcp"}}
_WARM_LOCK_TIMEOUT_S = 300.0
_PACKAGES = ("orbits", "ssa")


class _CodeForCallers(JITCodeLibrary):
    """Code that is only ever linked into its callers, which optimise it with their own and write it out.

    Loops marked `quick` are optimised on their own as well, before they disappear in a caller: without that the search
    for accesses was an eighth slower.
    """

    is_quick = False

    def _optimize_final_module(self) -> None:
        if self.is_quick:
            super()._optimize_final_module()  # type: ignore[no-untyped-call]

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()  # type: ignore[no-untyped-call]
        self._verify_declare_only_symbols()  # type: ignore[no-untyped-call]
        self._finalized = True


class _PartOfKernels(Compiler):
    """Numba's compiler for functions that only kernels call: no machine code of their own, no doors for Python.

    Optimising and writing out their code at every level of calls took a third of the time of compiling a kernel. Called
    from Python such a function raises a TypeError; use its `py_func` there.
    """

    def define_pipelines(self) -> Any:
        state = self.state
        state.flags.no_compile = True
        state.flags.no_cpython_wrapper = True
        state.flags.no_cfunc_wrapper = True
        state.library = _CodeForCallers(state.targetctx.codegen(), state.func_id.func_qualname)  # type: ignore[no-untyped-call]
        state.library.enable_object_caching()
        state.library.is_quick = bool(state.flags.fastmath)
        return super().define_pipelines()  # type: ignore[no-untyped-call]

    def compile_extra(self, func: Any) -> Any:
        result = super().compile_extra(func)  # type: ignore[no-untyped-call]
        # Numba's tables ask for a built-in of its own for each function; this one refuses whatever it is given
        refusal = np.empty(0).__setstate__
        result.target_context.insert_user_function(refusal, result.fndesc, [result.library])
        return result._replace(entry_point=refusal)


_functions: Any = types.Function
_find_call_type = _functions.get_call_type
_call_types: dict[Any, Any] = {}


def _remembered_call_type(function_type: Any, context: Any, arguments: Any, named: Any) -> Any:
    """What Numba's built-in operations give for numbers and arrays, found once: a fifth of the time of compiling.

    Numba tries some nine templates anew for each operation in the code. What is written in Python itself (overloads,
    whose code depends on its caller's flags) is never remembered.
    """
    if named or not all(isinstance(one, (types.Number, types.Boolean, types.Array)) for one in arguments):
        return _find_call_type(function_type, context, arguments, named)
    question = (function_type, tuple(arguments))
    found = _call_types.get(question)
    if found is None:
        found = _find_call_type(function_type, context, arguments, named)
        if function_type.get_impl_key(found) is function_type.typing_key:
            _call_types[question] = found
    return found


def _part(function: Function, **options: Any) -> Function:
    """A function for kernels, compiled once for all whole numbers that it is called with.

    Numba would compile it anew for each literal among its arguments (a count that begins at 0 is one), and for what
    that one calls in turn. Literal truth values stay: they take branches out.
    """
    part: Any = numba.njit(pipeline_class=_PartOfKernels, **options)(function)
    resolve = part.get_call_template

    def plain(argument: Any) -> Any:
        return types.int64 if isinstance(argument, types.IntegerLiteral) else argument

    def resolve_plain(arguments: Any, named: Any) -> Any:
        return resolve(tuple(map(plain, arguments)), {name: plain(argument) for name, argument in named.items()})

    part.get_call_template = resolve_plain
    compiled: Function = part
    return compiled


b1 = types.boolean
f8 = types.float64
f4 = types.float32
i4 = types.int32
i8 = types.int64
u1 = types.uint8


def column(dtype: Any, ndim: int = 1) -> Any:
    """The type of an input array: C-contiguous and read-only, which writable arrays are accepted for, too."""
    return types.Array(dtype, ndim, "C", readonly=True)


def out(dtype: Any, ndim: int = 1) -> Any:
    """The type of an array that a kernel fills: C-contiguous and writable."""
    return types.Array(dtype, ndim, "C")


def kernel_digest() -> str:
    """A digest of every kernel file of the project, of this file and of Numba's version."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256(f"numba {numba.__version__}".encode())
    for package in _PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            if file.stem.endswith("_kernels") or file.stem in ("jit", "record", "constants", "status"):
                digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@cache
def cache_folder() -> Path:
    """Where this version's machine code is kept; a temporary folder when the state folder cannot be written."""
    named = os.environ.get("SSA_KERNEL_CACHE")
    folder = (Path(named) if named else Path(platformdirs.user_state_path("allied-ssa")) / "kernels") / kernel_digest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"allied-ssa-kernels-{os.getuid()}" / kernel_digest()
        folder.mkdir(parents=True, exist_ok=True)
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    return folder


class EntryKernel:
    """A kernel that Python calls: compiled (or loaded) at its first call, for exactly one signature."""

    def __init__(self, function: Callable[..., Any], signature: Any) -> None:
        self.name = f"{function.__module__}.{function.__name__}"
        self.function = function
        self.signature = signature
        self.__doc__ = function.__doc__
        self._compiled: Callable[..., Any] | None = None
        self._lock = threading.Lock()

    def compile(self) -> Callable[..., Any]:
        """The compiled kernel; a damaged cache is wiped and compiled anew once."""
        with self._lock:
            if self._compiled is None:
                folder = cache_folder()
                with FileLock(folder / f"{self.name}.lock", timeout=_WARM_LOCK_TIMEOUT_S):
                    try:
                        self._compiled = self._build()
                    except Exception:  # a cut or damaged cache file surfaces as almost any exception
                        for entry in folder.iterdir():
                            if entry.is_dir():
                                shutil.rmtree(entry, ignore_errors=True)
                        self._compiled = self._build()
                    (folder / f"{self.name}.ready").touch()
        return self._compiled

    @property
    def is_kept(self) -> bool:
        """Whether the machine code is, or is being, put into the cache folder by some process."""
        folder = cache_folder()
        return (folder / f"{self.name}.ready").exists() or (folder / f"{self.name}.lock").exists()

    def _build(self) -> Callable[..., Any]:
        collects = gc.isenabled()
        gc.disable()  # Numba's own objects live on: looking through them again and again is a seventh of the time
        _functions.get_call_type = _remembered_call_type
        try:
            compiled: Callable[..., Any] = numba.njit(self.signature, cache=True, **_OPTIONS)(self.function)
        finally:
            _functions.get_call_type = _find_call_type
            if collects:
                gc.enable()
        return compiled

    @property
    def is_compiled(self) -> bool:
        return self._compiled is not None

    def __call__(self, *arguments: Any) -> Any:
        return (self._compiled or self.compile())(*arguments)


def _widen_vectors() -> None:
    """Let AVX-512 machines use their full width: LLVM's default of half of it made the grid kernel 1.4 times slower."""
    features = llvm.get_host_cpu_features()
    if features.get("avx512f") and not os.environ.get("NUMBA_CPU_FEATURES"):
        numba.config.CPU_FEATURES = f"{features.flatten()},-prefer-256-bit"  # type: ignore[attr-defined]


_widen_vectors()
_entries: list[EntryKernel] = []


def entry(*arguments: Any, returns: Any = types.void) -> Callable[[Callable[..., Any]], EntryKernel]:
    """Decorator for a kernel that Python calls, with its argument types; registered for `warm_up`."""

    def register(function: Callable[..., Any]) -> EntryKernel:
        made = EntryKernel(function, returns(*arguments))
        _entries.append(made)
        return made

    return register


def inner(function: Function) -> Function:
    """Decorator for a function that only kernels call, never Python; it becomes part of their machine code."""
    return _part(function, **_OPTIONS)


def inlined(function: Function) -> Function:
    """Like `inner`, put into its caller's code without asking: for short loops that take many arrays."""
    return _part(function, forceinline=True, **_OPTIONS)


def quick(function: Function) -> Function:
    """Like `inner`, for loops that the compiler may turn into vector code: products and sums may be regrouped.

    Never for differences of times, and never where a NaN is tested.
    """
    return _part(function, **_QUICK)


def record_type(dtype: Any) -> Any:
    """The Numba type of a structured NumPy dtype."""
    return numba.from_dtype(dtype)


def warm_up() -> Iterator[tuple[int, int, str]]:
    """Compile (or load) every registered kernel; yields (done, total, name) before each and once at the end."""
    total = len(_entries)
    missing = [made for made in _entries if not made.is_compiled and not made.is_kept]
    helpers = []
    if len(missing) > 1 and core_count() > 1:
        command = "import sys; from orbits.jit import compile_backwards; compile_backwards(sys.argv[1:])"
        helpers = [subprocess.Popen([sys.executable, "-c", command, *(made.name for made in missing)])]  # noqa: S603 - our own names
    for done, made in enumerate(_entries):
        yield done, total, made.name
        made.compile()
    for helper in helpers:
        helper.wait()
    yield total, total, ""


def compile_backwards(names: list[str]) -> None:
    """Compile the named kernels from the last on, in a process of its own, until one is met that another has begun."""
    for name in reversed(names):
        module, _, attribute = name.rpartition(".")
        made: EntryKernel = getattr(importlib.import_module(module), attribute)
        if made.is_kept:
            return
        made.compile()


def uncompiled() -> list[str]:
    """The names of registered kernels that are not ready yet."""
    return [made.name for made in _entries if not made.is_compiled]


def core_count() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_slices(work: Callable[[int, int], None], count: int, threads: int | None = None, slices: int = 0) -> None:
    """Call `work(first, last)` on slices that together cover `range(count)`, on `threads` threads (default: all cores).

    `work` must release the interpreter's lock (kernels do) and write only its own rows. Slices are dealt out as
    threads come free; the result does not depend on their number.
    """
    threads = max(1, min(threads or core_count(), count))
    pieces = min(count, slices or 8 * threads) if threads > 1 else 1
    if pieces <= 1:
        if count:
            work(0, count)
        return
    edges = [count * piece // pieces for piece in range(pieces + 1)]
    waiting = iter(list(itertools.pairwise(edges)))  # a list's iterator gives each slice to one thread only

    def take_slices() -> None:
        for first, last in waiting:
            work(first, last)

    others: list[Future[None]] = []
    try:
        others.extend(_helpers().submit(take_slices) for _ in range(threads - 1))
        take_slices()
    finally:
        # one that has not begun by now has nothing left to do; all others must be done before the arrays are read
        begun = [other for other in others if not other.cancel()]
        wait(begun)
    failed = next((error for other in begun if (error := other.exception()) is not None), None)
    others.clear()  # an error's traceback holds this frame: together with what holds the error it would stay for long
    begun.clear()
    if failed is not None:
        try:
            raise failed
        finally:
            del failed


@cache
def _helpers() -> ThreadPoolExecutor:
    """Threads that stay: to start and end them for each question took 0.7 ms, as much as 80,000 states."""
    return ThreadPoolExecutor(max(1, core_count() - 1), thread_name_prefix="kernels")


os.register_at_fork(after_in_child=_helpers.cache_clear)
