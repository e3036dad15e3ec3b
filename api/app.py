"""The HTTP service: routes, problem documents, the plain page and the OpenAPI document that states every limit."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import FastAPI
from starlette.responses import HTMLResponse

from api.body_limit import BodyLimit
from api.catalogue_keeper import CatalogueKeeper
from api.cesium import KeptFiles, cesium_build
from api.fault_handlers import install_fault_handlers
from api.found_conjunctions import FoundConjunctions
from api.groups import groups_from
from api.heavy_work import HeavyWork
from api.jobs.desk import JobDesk
from api.jobs.pool import WorkerPool
from api.kernels import KernelWarmth
from api.metrics import CountRequests, Metrics
from api.page_files import PageFiles
from api.routers import (
    alerts,
    alliances,
    briefings,
    catalogue,
    conjunctions,
    coverage,
    debris,
    debris_breakup,
    health,
    jobs,
    navigation,
    objects,
    passes,
    probability,
    scenes,
    screenings,
    watchlists,
    webhooks,
)
from api.security import PAGE_SECURITY_POLICY, SecurityHeaders
from api.settings import Settings
from api.webhook_runner import WebhookRunner
from orbits.errors import OrbitsError
from ssa.catalogue.watchlists import Watchlists
from ssa.catalogue.webhooks import Webhooks

STATIC = Path(__file__).resolve().parent / "static"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service for these settings (default: those of the environment).

    Nothing is opened or compiled before the app starts; then kernels are warmed and the catalogue loaded in a thread.
    Raises `InvalidValue` when the file of the user's groups cannot be read.
    """
    chosen = settings or Settings()
    app = FastAPI(
        title="allied-ssa",
        version=_version(),
        summary="Space situational awareness by alliance.",
        description="Every answer carries `catalogue` and `caveats`; every problem is an RFC 9457 document.",
        lifespan=_lifespan,
        docs_url=None,  # its scripts come from another host
        redoc_url=None,
    )
    app.state.settings = chosen
    app.state.keeper = CatalogueKeeper(chosen.database_url, check_s=chosen.catalogue_check_s)
    app.state.heavy = HeavyWork(chosen.heavy_questions, chosen.waiting_questions)
    app.state.groups = groups_from(chosen.groups_file)
    app.state.warmth = KernelWarmth()
    app.state.desk = JobDesk(chosen, app.state.keeper, app.state.heavy, app.state.warmth, app.state.groups)
    app.state.shelf = Watchlists(app.state.desk.database)
    app.state.hooks = Webhooks(app.state.desk.database)
    app.state.found = FoundConjunctions(app.state.desk.queue)
    app.state.metrics = Metrics(app.state.desk.queue)
    app.add_middleware(BodyLimit, most_bytes=chosen.body_bytes)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(CountRequests, metrics=app.state.metrics)
    install_fault_handlers(app)
    answering = (
        health, catalogue, objects, alliances, passes, coverage, briefings, jobs, probability, screenings,
        conjunctions, alerts, watchlists, webhooks, navigation, debris, debris_breakup, scenes,
    )  # fmt: skip
    for module in answering:
        app.include_router(module.router)
    _serve_page(app, chosen)

    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _serve_page(app: FastAPI, settings: Settings) -> None:
    """The page at `/`, and CesiumJS beside it where there is a build; the page is told where."""
    files = PageFiles(STATIC)
    app.mount("/static", files, name="static")
    cesium = cesium_build(settings.cesium_dir)
    if cesium is not None:
        app.mount(cesium.address, KeptFiles(directory=cesium.folder), name="cesium")
    pages = [files.page(cesium.address if cesium else "", sources=sources) for sources in (False, True)]

    @app.get("/", include_in_schema=False)
    async def page(sources: bool = False) -> HTMLResponse:
        return HTMLResponse(pages[sources], headers={"Content-Security-Policy": PAGE_SECURITY_POLICY})


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.warmth.start()
    threading.Thread(target=_load, args=(app.state.keeper,), name="loading the catalogue", daemon=True).start()
    pool = WorkerPool(app.state.settings) if app.state.settings.workers else None
    if pool is not None:
        pool.start()
    runner = None
    if app.state.settings.webhook_check_s > 0.0:
        state = app.state
        runner = WebhookRunner(state.settings, state.keeper, state.desk, state.warmth, state.shelf, state.hooks)
        runner.start()
    try:
        yield
    finally:
        if runner is not None:
            await anyio.to_thread.run_sync(runner.stop)
        if pool is not None:
            await anyio.to_thread.run_sync(pool.stop)
        app.state.desk.close()
        app.state.keeper.close()


def _load(keeper: CatalogueKeeper) -> None:
    """Load the catalogue, and what searches need, before the first request; /readyz tells what went wrong."""
    try:
        served = keeper.snapshot()
    except OrbitsError:
        return
    _ = served.missions, served.search_texts


def _openapi(app: FastAPI) -> dict[str, Any]:
    """FastAPI's document, with problems under their own media type."""
    if app.openapi_schema is None:
        document = FastAPI.openapi(app)
        for path in document["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    content = response.get("content", {})
                    for answered in ("application/json", "text/event-stream", "application/vnd.ssa.frames"):
                        if not status.startswith("2") and answered in content:
                            content["application/problem+json"] = content.pop(answered)
        app.openapi_schema = document
    return app.openapi_schema


def _version() -> str:
    try:
        return version("allied-ssa")
    except PackageNotFoundError:
        return "0"
