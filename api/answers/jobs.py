"""Jobs as dictionaries."""

from __future__ import annotations

from typing import Any

import orjson

from orbits import Instant
from ssa.catalogue.job_records import JobRecord

JOBS = "/v1/jobs"


def job_row(job: JobRecord) -> dict[str, Any]:
    """What is to be said of a job; its request is not, since sites and regions are nobody else's business."""
    location = f"{JOBS}/{job.id}"
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "fraction": round(job.fraction, 4),
        "seconds_left": None if job.left_s is None else round(job.left_s, 1),
        "seconds_estimated": round(job.estimated_s, 1),
        "attempts": job.attempts,
        "partials": job.partials,
        "partials_dropped": job.partials_dropped,
        "created": job.created.isoformat(3),
        "started": _text(job.started),
        "finished": _text(job.finished),
        "expires": _text(job.expires),
        "request_digest": job.request_digest,
        "catalogue_digest": job.catalogue_digest,
        "catalogue_as_of": job.catalogue_as_of.isoformat(0),
        "location": location,
        "events": f"{location}/events",
        "result": f"{location}/result" if job.state == "done" else None,
        "problem": None if job.problem is None else orjson.loads(job.problem),
    }


def _text(when: Instant | None) -> str | None:
    return None if when is None else when.isoformat(3)
