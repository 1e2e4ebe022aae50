"""The backend's HTTP application: one place builds the parts."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from hmac import compare_digest
from http import HTTPStatus
from json import dumps
from time import monotonic
from typing import Any, Final

import structlog
from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import BaseHTTPResponse, json
from sqlalchemy import Engine

from backend import telemetry
from backend.api.accountability import cases
from backend.api.acts import acts
from backend.api.binding import binding
from backend.api.capacity import areas
from backend.api.context import Backend, backend_of, in_thread
from backend.api.desk import desk
from backend.api.due import due
from backend.api.errors import NotAuthorised, internal_body, status_of, tmf_body
from backend.api.faults import faults
from backend.api.force_majeure import force_majeure
from backend.api.hall import hall
from backend.api.handovers import handovers
from backend.api.hub import hub
from backend.api.incidents import incidents
from backend.api.internal import internal
from backend.api.key_visits import key_visits
from backend.api.listeners import listeners
from backend.api.supervision import supervision
from backend.api.tmf621 import tmf621
from backend.api.tmf621_openapi import allowed_methods
from backend.api.tmf621_ticket import BASE_PATH
from backend.calendars import state_council_calendar
from backend.charter_book import CharterBook
from backend.domain.working_time import Calendar
from backend.ports import Accounts, Capacity
from backend.settings import Settings
from backend.store.migrate import is_current
from backend.store.repository import SqlStore
from backend.usecases.binding import BindingRules
from backend.work.consequences import Consequences

OPEN_PATHS: Final = frozenset({"/healthz", "/readyz"})
CONFIG: Final = {
    "REQUEST_MAX_SIZE": 64 * 1024,  # bytes
    "GRACEFUL_SHUTDOWN_TIMEOUT": 5.0,  # seconds
    "ACCESS_LOG": False,  # its lines would carry the query
    "MOTD": False,
}
_log = structlog.get_logger(__name__)

App = Sanic[Any, Any]


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    *,
    settings: Settings,
    engine: Engine,
    charters: CharterBook,
    accounts: Accounts,
    capacity: Capacity,
    calendar: Calendar | None = None,
    clock: Callable[[], datetime] = utc_now,
    name: str = "backend",
) -> App:
    app: App = Sanic(name, configure_logging=False, dumps=partial(dumps, ensure_ascii=False))
    app.config.update(CONFIG)
    app.ctx.engine = engine
    app.ctx.backend = Backend(
        store=SqlStore(engine, follow=Consequences(charters=charters).follow),
        accounts=accounts,
        capacity=capacity,
        charters=charters,
        calendar=calendar or state_council_calendar(),
        clock=clock,
        token=settings.token,
        binding=BindingRules(
            key=settings.token.encode(),
            wechat=settings.wechat_bound,
            web=settings.web_bound,
            per_hour=settings.codes_per_hour,
        ),
        partners=settings.partners,
        url=settings.url,
        public_url=settings.public_url,
        private_callbacks=settings.private_callbacks,
    )
    app.blueprint([internal, acts, desk, areas, cases, due, faults, force_majeure, handovers, incidents, key_visits])
    app.blueprint([binding, hall, listeners, supervision, hub, tmf621])
    app.add_route(healthz, "/healthz", name="healthz")
    app.add_route(readyz, "/readyz", name="readyz")
    app.register_middleware(_greet, "request")
    app.register_middleware(_part, "response")
    app.exception(Exception)(_explain)
    return app


async def healthz(_request: Request) -> HTTPResponse:
    return json({"alive": True})


async def readyz(request: Request) -> HTTPResponse:
    reasons = await in_thread(_why_not_ready, request.app.ctx.engine)
    backlog = {} if reasons else await in_thread(_backlog, backend_of(request))
    return json({"ready": not reasons, "reasons": reasons, **backlog}, status=503 if reasons else 200)


def _why_not_ready(engine: Engine) -> list[str]:
    try:
        return [] if is_current(engine) else ["the database is not migrated"]
    except Exception as broken:
        return [f"the database does not answer: {type(broken).__name__}"]


def _backlog(backend: Backend) -> dict[str, float]:
    """How long the oldest due work has waited, and what was given up. 0: nothing waits."""
    now = backend.clock()
    with backend.store.reading() as tickets:
        backlog = tickets.agenda.backlog(now=now)
    return {
        "oldest_due_seconds": (now - (backlog.waits_since or now)).total_seconds(),
        "dead_letters": backlog.dead,
        "oldest_dead_letter_seconds": (now - (backlog.dead_since or now)).total_seconds(),
    }


async def _greet(request: Request) -> None:
    structlog.contextvars.clear_contextvars()  # a kept connection is one task
    request.ctx.started = monotonic()
    request.ctx.correlation_id = telemetry.accepted_correlation_id(request.headers.get(telemetry.CORRELATION_HEADER))
    telemetry.bind(correlation_id=request.ctx.correlation_id)
    if request.path not in OPEN_PATHS and not _is_authorised(request):
        raise NotAuthorised


def _is_authorised(request: Request) -> bool:
    """Partners reach TMF621 and nothing else."""
    backend, sent = backend_of(request), request.headers.get("authorization", "").encode()
    if compare_digest(sent, f"Bearer {backend.token}".encode()):
        return True
    partners = backend.partners if request.path.startswith(f"{BASE_PATH}/") else {}
    for name, token in partners.items():
        if compare_digest(sent, f"Bearer {token}".encode()):
            request.ctx.partner = name
    return hasattr(request.ctx, "partner")


async def _part(request: Request, response: BaseHTTPResponse) -> None:
    correlation_id = getattr(request.ctx, "correlation_id", None)
    if correlation_id is None:
        return
    response.headers[telemetry.CORRELATION_HEADER] = correlation_id
    if request.path not in OPEN_PATHS:
        took = round((monotonic() - request.ctx.started) * 1000, 1)
        _log.info("request", method=request.method, path=request.path, status=response.status, milliseconds=took)


async def _explain(request: Request, problem: Exception) -> HTTPResponse:
    status = status_of(problem)
    if status in {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE}:
        ours = problem if status == HTTPStatus.INTERNAL_SERVER_ERROR else None
        _log.error("request.failed", kind=type(problem).__name__, exc_info=ours)
    body = tmf_body(problem) if request.path.startswith(BASE_PATH) else internal_body(problem)
    headers = dict(problem.headers) if isinstance(problem, SanicException) else {}
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers.setdefault("Allow", allowed_methods(request.path))  # the router loses it where paths overlap
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return json(body, status=status, headers=headers)
