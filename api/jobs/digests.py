"""When two questions are the same: equal digests of question and catalogue mean equal answers. How those are stored."""

from __future__ import annotations

import gzip
import hashlib
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import orjson
from pydantic import BaseModel

from api.jobs.kind import JobKind

_QUICK_GZIP = 1  # three times as fast as the usual 6, for a tenth more bytes


def stored(answer: dict[str, Any]) -> bytes:
    """An answer as jobs keep it: gzip of JSON."""
    written = orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)
    return gzip.compress(written, compresslevel=_QUICK_GZIP, mtime=0)


def canonical_request(request: BaseModel) -> bytes:
    """The request as JSON with every default filled in and the keys in order."""
    return orjson.dumps(request.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)


def request_digest(kind: JobKind[BaseModel], request: BaseModel, groups_digest: str) -> str:
    """SHA-256 of the kind, the request, the user's own groups, and the version of what computes the answer."""
    parts = (kind.name.encode(), str(kind.version).encode(), _own_version(), groups_digest.encode())
    return hashlib.sha256(b"\x1f".join((*parts, canonical_request(request)))).hexdigest()


def _own_version() -> bytes:
    try:
        return version("allied-ssa").encode()
    except PackageNotFoundError:
        return b"0"
