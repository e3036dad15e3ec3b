"""`ssa warmup`: compile every kernel once, so that later answers do not wait for it."""

from __future__ import annotations

import time

from api.commands.options import Json
from api.commands.terminal import print_json, say


def command(json: Json = False) -> None:
    """Compile the kernels and keep them in the user's state folder (`SSA_KERNEL_CACHE` to change it)."""
    from api.preparation import warm_with_progress
    from orbits.jit import cache_folder

    began = time.monotonic()
    kernels = warm_with_progress(say)
    seconds = round(time.monotonic() - began, 2)
    if json:
        print_json({"kernels": kernels, "seconds": seconds, "cache": str(cache_folder())})
    else:
        print(f"{kernels} kernels ready in {seconds:.1f} s, kept in {cache_folder()}")
