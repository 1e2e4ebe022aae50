"""How commands reach the running backend: the database has one owner, and what must take effect at once asks it."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TypeVar

from backend.client import BackendClient, BackendUnavailable, Refused
from backend.commands.common import fail
from backend.settings import DEFAULT_URL
from backend.telemetry import new_correlation_id

TOKEN = "SHOUWEN_BACKEND_TOKEN"  # noqa: S105 - the variable's name
Answer = TypeVar("Answer")


def ask_backend(call: Callable[[BackendClient, str], Awaitable[Answer]]) -> Answer:
    """`call(client, correlation_id)`. A refusal, or nobody there, is told in one line."""
    url = os.environ.get("SHOUWEN_BACKEND_URL") or DEFAULT_URL
    token = _token(os.environ)
    if not token:
        fail(f"{TOKEN} is not set and not in the secrets.env of SHOUWEN_VAR: has `make run` ever run here?")

    async def asked() -> Answer:
        client = BackendClient(base_url=url, token=token)
        try:
            return await call(client, new_correlation_id())
        finally:
            await client.aclose()

    try:
        return asyncio.run(asked())
    except BackendUnavailable as away:
        fail(f"the backend does not answer at {url} ({away.reason}): is it running?", code=1)
    except Refused as refusal:
        fail(refusal.message, code=1)


def _token(environ: Mapping[str, str]) -> str | None:
    """The environment's, else the one that `make run` keeps."""
    kept = Path(environ.get("SHOUWEN_VAR") or "var") / "secrets.env"
    lines = kept.read_text("ascii").splitlines() if kept.exists() else []
    named = dict(line.split("=", 1) for line in lines if "=" in line)
    return environ.get(TOKEN) or named.get(TOKEN)
