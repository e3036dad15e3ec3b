"""The kinds of heavy questions that there are; a new one is a module here and a line below."""

from __future__ import annotations

from typing import Any

from api.jobs.kind import JobKind
from api.jobs.kinds.alerts import ALERTS
from api.jobs.kinds.briefing import BRIEFING
from api.jobs.kinds.coverage import COVERAGE
from api.jobs.kinds.debris import DEBRIS
from api.jobs.kinds.passes import PASSES
from api.jobs.kinds.screenings import SCREENINGS

KINDS: dict[str, JobKind[Any]] = {kind.name: kind for kind in (ALERTS, BRIEFING, COVERAGE, *DEBRIS, PASSES, SCREENINGS)}
