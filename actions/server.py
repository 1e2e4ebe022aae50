"""The actions over HTTP: Rasa's webhook behind the engine's token, health, and the filing of what waits."""

from __future__ import annotations

import hmac
from functools import partial

import httpx
import structlog
from rasa_sdk.endpoint import create_app
from sanic import HTTPResponse, Request, Sanic, response

from actions import filing
from actions.executor import executor_of
from actions.parts import Parts
from actions.settings import Settings
from actions.unfiled import NoticeFailed, Unfiled, file_what_waits
from backend import telemetry
from backend.calendars import state_council_calendar
from backend.charters import load_charter
from backend.client import BackendClient, Refused, Report

RETRY_EVERY = 5.0  # seconds between attempts to file what waits
NOTICE_TIMEOUT = 2.0
WEBHOOK = "/webhook"
log = structlog.get_logger()


async def file_and_tell(report: Report, *, parts: Parts, bot: httpx.AsyncClient) -> None:
    """File a kept report and tell its customer the number. Both ends know it by the matter's id.

    Raises BackendUnavailable, Refused, NoticeFailed.
    """
    try:
        receipt = await parts.backend.file(report, correlation_id=report.matter_id)
    except Refused as refusal:
        hotline = parts.charter.operator.hotline
        await _notify(bot, report, name="refused", text=filing.refused_after_all(refusal, hotline=hotline))
        raise
    await _notify(bot, report, name="filed", text=filing.number_follows(receipt))


async def _notify(bot: httpx.AsyncClient, report: Report, *, name: str, text: str) -> None:
    notice = {"id": f"{name}-{report.matter_id}", "conversation": report.conversation, "text": text}
    try:
        (await bot.post("/internal/notices", json=notice)).raise_for_status()
    except httpx.HTTPError as error:
        raise NoticeFailed(type(error).__name__) from error


def guard(app: Sanic, *, token: str) -> None:
    """Only the engine may call an action: whoever can, files in any customer's name."""
    wanted = f"Bearer {token}".encode()

    @app.on_request
    async def check(request: Request) -> HTTPResponse | None:
        given = (request.headers.get("Authorization") or "").encode()
        if request.path == WEBHOOK and not hmac.compare_digest(given, wanted):
            return response.json({"error": "the engine's token is missing or wrong"}, status=401)
        return None


def log_each_run(app: Sanic) -> None:
    """A line for each action that ran, with the correlation id of its turn."""

    @app.on_request
    async def bind(request: Request) -> None:
        structlog.contextvars.clear_contextvars()  # a kept connection is one task
        if request.path == WEBHOOK:
            call = request.json
            metadata = call["tracker"]["latest_message"].get("metadata") or {}
            telemetry.bind(correlation_id=metadata.get("correlation_id") or telemetry.new_correlation_id())
            request.ctx.action = call.get("next_action")

    @app.on_response
    async def tell(request: Request, answer: HTTPResponse) -> None:
        if request.path == WEBHOOK:
            log.info("action_ran", action=getattr(request.ctx, "action", None), status=answer.status)


def create(settings: Settings) -> Sanic:
    parts = Parts(
        charter=load_charter(operator=settings.operator),
        calendar=state_council_calendar(),
        backend=BackendClient(base_url=settings.backend_url, token=settings.backend_token),
        unfiled=Unfiled(settings.var / "unfiled.sqlite"),
    )
    app = create_app(executor_of(parts), cors_origins=None)
    bot = httpx.AsyncClient(
        base_url=settings.bot_url,
        headers={"Authorization": f"Bearer {settings.bot_token}"},
        timeout=NOTICE_TIMEOUT,
        trust_env=False,
    )

    guard(app, token=settings.engine_token)
    log_each_run(app)

    @app.after_server_start
    async def file_in_the_background(app: Sanic) -> None:
        work = partial(file_and_tell, parts=parts, bot=bot)
        app.add_task(file_what_waits(parts.unfiled, file_and_tell=work, every=RETRY_EVERY), name="unfiled")

    @app.get("/healthz")
    async def alive(_: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @app.get("/readyz")
    async def ready(_: Request) -> HTTPResponse:
        task = app.get_task("unfiled", raise_exception=False)
        filing_lives = task is not None and not task.done()
        return response.json(
            {"status": "ok" if filing_lives else "filing stopped", "unfiled": len(parts.unfiled.waiting())},
            status=200 if filing_lives else 503,
        )

    return app
