"""The page's scripts as they are sent: shortened by tdewolff's minifier, which renames what is local to a module.

Where that package has no build for the machine, scripts are sent as they are: longer, and the same in what they do.
"""

from __future__ import annotations

_JAVASCRIPT = "application/javascript"


def shortened(source: str) -> str:
    """The same module, shorter: names it imports, exports and reads from objects stay."""
    try:
        import minify
    except ImportError:
        return source
    return str(minify.string(_JAVASCRIPT, source))
