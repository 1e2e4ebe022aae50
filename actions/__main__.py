"""Starts the actions: `python -m actions`."""

from __future__ import annotations

import fcntl
import os
import sys
from functools import partial
from pathlib import Path

import httpx
import structlog
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import HTTPResponse, Request, Sanic, response

from actions import chitchat, commitment, contact, fault, fee, filing, handoff, order, outlet, progress
from actions.answers import AnswerAction, Answers
from actions.parts import Parts
from actions.settings import SettingMissing, Settings
from actions.unfiled import NoticeFailed, Unfiled, file_what_waits
from backend import telemetry
from backend.calendars import state_council_calendar
from backend.charters import CharterInvalid, load_charter
from backend.client import BackendClient, Report

RETRY_EVERY = 5.0  # seconds between attempts to file what waits
NOTICE_TIMEOUT = 2.0
log = structlog.get_logger()

TOPICS = (fee, commitment, contact, outlet, order, chitchat)


def answers_of(parts: Parts) -> Answers:
    return Answers(
        parts=parts,
        anywhere={intent: answer for topic in TOPICS for intent, answer in topic.ANYWHERE.items()},
        between={intent: answer for topic in (contact, chitchat) for intent, answer in topic.BETWEEN.items()},
    )


def executor_of(parts: Parts) -> ActionExecutor:
    answers = answers_of(parts)
    executor = ActionExecutor()
    for action in (
        fault.FaultForm(parts, answers),
        fault.FileFault(parts),
        handoff.QuestionForm(parts, answers),
        handoff.FileQuestion(parts),
        progress.ProgressForm(parts, answers),
        progress.TellProgress(parts),
        AnswerAction(answers),
        chitchat.NotUnderstood(parts),
    ):
        executor.register_action(action)
    return executor


async def file_and_tell(report: Report, *, parts: Parts, bot: httpx.AsyncClient) -> None:
    """File a kept report and tell its customer the number. Both ends know it by the matter's id.

    Raises BackendUnavailable, Refused, NoticeFailed.
    """
    receipt = await parts.backend.file(report, correlation_id=report.matter_id)
    text = filing.number_follows(receipt, parts)
    try:
        answer = await bot.post(
            "/internal/notices",
            json={"id": f"filed-{report.matter_id}", "conversation": report.conversation, "text": text},
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise NoticeFailed(type(error).__name__) from error


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


def _owned(path: Path) -> object:
    """One process owns the SQLite file; the lock goes with the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(path.name + ".lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def main() -> None:
    telemetry.configure(process="actions")
    try:
        settings = Settings.from_environ(os.environ)
        lock = _owned(settings.var / "unfiled.sqlite")
        app = create(settings)
    except (SettingMissing, CharterInvalid) as wrong:
        sys.exit(f"actions: {wrong}")
    except BlockingIOError:
        sys.exit(f"actions: {settings.var}/unfiled.sqlite belongs to another running process")
    log.info("actions_starting", port=settings.port)
    app.run(host="127.0.0.1", port=settings.port, single_process=True, motd=False, access_log=False)
    del lock


if __name__ == "__main__":
    main()
