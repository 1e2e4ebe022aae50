"""/api/publicity: the operator's publicity 服务项目公示 for the page, from its charter; /now: what the backend adds.

The charter holds as long as the process runs, so its JSON is made once, with an ETag. What is announced now, and where
it can be installed now, comes from the backend: kept a moment, so that many who look are one call, and while it is away
that is said.
"""

import asyncio
import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty

from backend.charters import PHOTOS
from backend.client import BackendClient, BackendUnavailable, OutageView
from backend.domain.charter import Charter
from backend.domain.outage import KIND_LABELS
from backend.domain.vocabulary import SERVICE_LABELS
from bot.errors import BackendAway, PageUnknown
from bot.posted import posted
from bot.responses import EITHER_WAY, GZIP, accepts_gzip, correlation_id, file_response, json_response

CHARTERS: Final = Path("charters")
KEPT_FOR: Final = timedelta(seconds=30)
AWAY_FOR: Final = timedelta(seconds=5)  # a backend that is away isn't asked by every page
ASK_AGAIN: Final = {"Cache-Control": "no-cache"}  # keep it, and ask with its ETag whether it is still so
FOR_A_MOMENT: Final = {"Cache-Control": f"public, max-age={KEPT_FOR.seconds}"}
FOR_A_DAY: Final = {"cache-control": "public, max-age=86400"}


class Board:
    """What the backend says of now. Raises BackendAway."""

    def __init__(self, *, backend: BackendClient, charter: Charter, clock: Callable[[], datetime]) -> None:
        self._backend = backend
        self._charter = charter
        self._clock = clock
        self._asking = asyncio.Lock()
        self._told: dict[str, Any] | None = None
        self._until = datetime.min.replace(tzinfo=UTC)

    async def now(self, *, correlation_id: str) -> dict[str, Any]:
        async with self._asking:
            if self._clock() >= self._until:
                self._told = await self._asked(correlation_id)
                self._until = self._clock() + (KEPT_FOR if self._told else AWAY_FOR)
            if self._told is None:
                raise BackendAway
            return self._told

    async def _asked(self, correlation_id: str) -> dict[str, Any] | None:
        """None: it is away."""
        try:
            announced, areas = await asyncio.gather(
                self._backend.announcements(correlation_id=correlation_id),
                self._backend.areas(correlation_id=correlation_id),
            )
        except BackendUnavailable:
            return None
        now = self._clock()
        return {
            "at": now.isoformat(),
            "notices": [self._notice(view, now=now) for view in announced],
            "areas": {view.area: view.is_open for view in areas},
        }

    def _notice(self, view: OutageView, *, now: datetime) -> dict[str, Any]:
        area = self._charter.area(view.area)
        return {
            "number": view.number,
            "kind": KIND_LABELS[view.kind],
            "area": area.name if area else view.area,
            "words": list(area.aliases) if area else [],
            "services": [SERVICE_LABELS[service] for service in view.services],
            "cause": view.cause,
            "starts_at": view.starts_at.isoformat(),
            "expected_until": view.expected_until.isoformat() if view.expected_until else None,
            "is_ahead": view.starts_at > now,
        }


def publicity(
    *, charter: Charter, backend: BackendClient, clock: Callable[[], datetime], charters: Path = CHARTERS
) -> Blueprint:
    api = Blueprint("publicity", url_prefix="/api/publicity")
    body = json.dumps(posted(charter), ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'W/"{sha256(body).hexdigest()[:32]}"'
    compressed = gzip.compress(body, mtime=0)
    board = Board(backend=backend, charter=charter, clock=clock)

    @api.get("/")
    async def charter_posted(request: Request) -> HTTPResponse:
        headers = ASK_AGAIN | EITHER_WAY | {"ETag": etag}
        if etag in (each.strip() for each in request.headers.get("if-none-match", "").split(",")):
            return empty(status=304, headers=headers)
        packed = accepts_gzip(request)
        return HTTPResponse(
            compressed if packed else body,
            headers=headers | (GZIP if packed else {}),
            content_type="application/json; charset=utf-8",
        )

    @api.get("/now")
    async def now(request: Request) -> HTTPResponse:
        return json_response(await board.now(correlation_id=correlation_id(request)), headers=dict(FOR_A_MOMENT))

    @api.get("/photos/<job_number:str>")
    async def photo(_request: Request, job_number: str) -> HTTPResponse:
        """Raises PageUnknown: also where the charter names none."""
        member = charter.member(job_number)
        if member is None or member.photo is None:
            raise PageUnknown
        return await file_response(charters / charter.operator.id / PHOTOS / member.photo, headers=dict(FOR_A_DAY))

    return api
