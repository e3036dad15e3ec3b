"""A user's JSON or TOML text, parsed; every refusal says which file, where in it, and what to do."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from orbits.errors import InvalidValue


def parsed(text: str | bytes, form: str, *, kind: str, file: str = "") -> Any:
    """The content of a text in `form` (json or toml); `kind` says what it is, `file` how the user calls it.

    Raises `InvalidValue` for another form, bytes that are not UTF-8, text that does not parse, a key that stands twice.

    >>> parsed('a = 1', "toml", kind="sensors file")
    {'a': 1}
    """
    name = file or kind
    if form not in ("json", "toml"):
        raise InvalidValue("form", form, f"is not a form of a {kind}; give json or toml")
    try:
        plain = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InvalidValue(name, f"byte {error.start}", "is not UTF-8 text; save the file as UTF-8") from None

    def without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise InvalidValue(name, key, "stands twice in one object; keep one")
            found[key] = value
        return found

    try:
        return json.loads(plain, object_pairs_hook=without_twins) if form == "json" else tomllib.loads(plain)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InvalidValue(name, where, f"is not JSON there ({error.msg})") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line \d+, column \d+|end of document", str(error))
        raise InvalidValue(name, place[0] if place else "text", f"is not TOML ({error})") from None
    except RecursionError:
        raise InvalidValue(name, "text", f"is nested too deeply to be a {kind}") from None
