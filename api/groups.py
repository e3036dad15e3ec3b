"""A user's own groups, from the file that a setting or an option names."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from orbits import InvalidValue
from ssa.alliances import Alliance
from ssa.groups_file import read_groups


def groups_from(file: str | os.PathLike[str] | None) -> tuple[Alliance, ...]:
    """The groups of a JSON or TOML file, none when no file is named; raises `InvalidValue` when it cannot be read."""
    if file is None:
        return ()
    path = Path(file)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidValue("groups", str(path), f"cannot be read: {error.strerror or error}") from None
    return read_groups(content, "toml" if path.suffix.lower() == ".toml" else "json")


def groups_digest(file: str | os.PathLike[str] | None) -> str:
    """A digest of the file of groups; empty when no file is named."""
    return "" if file is None else hashlib.sha256(Path(file).read_bytes()).hexdigest()
