"""Names as people type them: any case, any dash, accents or none; and the nearest known ones for a name that is not."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

SIMULATED_MARK = " [SIM]"  # ends the name of every simulated object


def without_mark(name: str) -> str:
    """An object's name without the mark of the simulated catalogue: what name patterns are tried on."""
    return name.removesuffix(SIMULATED_MARK)


def folded(name: object) -> str:
    """A name for comparing: without case, accents, punctuation and doubled blanks; `+` stays, as in ADMM+.

    >>> folded("  Five-Eyes "), folded("ADMM+"), folded("Türkiye")
    ('five eyes', 'admm+', 'turkiye')
    """
    plain = unicodedata.normalize("NFKD", str(name)).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+\+?", letters))


def nearest_names(name: object, known: Iterable[str], *, count: int = 3) -> list[str]:
    """Up to `count` known names most like `name`, the likest first; empty when nothing is like it."""
    spellings: dict[str, str] = {}
    for text in known:
        spellings.setdefault(folded(text), text)
    wanted = folded(name)
    close = difflib.get_close_matches(wanted, spellings, n=count, cutoff=0.6)
    begun = [key for key in spellings if len(wanted) >= 3 and key.startswith(wanted)]
    return [spellings[key] for key in dict.fromkeys((*close, *begun))][:count]
