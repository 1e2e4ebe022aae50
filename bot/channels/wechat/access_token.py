"""The access token 稳定版接口调用凭据: one for all processes, kept in the database, renewed by one of them in time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Engine, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.channels.wechat.calls import CALL_TIMEOUT, Calls
from bot.channels.wechat.errors import WechatUnavailable
from bot.channels.wechat.tables import tokens
from bot.conversations.database import writing
from bot.conversations.threads import Threads

PATH: Final = "/cgi-bin/stable_token"
AHEAD: Final = timedelta(minutes=4)  # WeChat gives out a new one in the last five; the old one lasts as long
RENEWING: Final = timedelta(seconds=2 * CALL_TIMEOUT + 2)  # then whoever was to renew it is dead
LOOK_AGAIN: Final = 0.1  # seconds
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
logger: Final = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Kept:
    token: str
    expires_at: datetime


class KeptTokens:
    """The row that the processes share. Blocking; `conversations.threads.Threads` calls it."""

    def __init__(self, database: Engine, *, app_id: str) -> None:
        self._reading = database
        self._writing = writing(database)
        self._own = tokens.c.app_id == app_id
        self._app_id = app_id

    def kept(self) -> Kept:
        with self._reading.begin() as connection:
            row = connection.execute(select(tokens).where(self._own)).mappings().one_or_none()
        return Kept(token=row["token"], expires_at=row["expires_at"]) if row else Kept(token="", expires_at=LONG_AGO)

    def to_renew(self, *, seen: str, now: datetime) -> bool:
        """True for the one process that is to renew the token it has seen."""
        first = {"app_id": self._app_id, "token": "", "expires_at": LONG_AGO, "renewing_until": LONG_AGO}
        free = update(tokens).where(self._own, tokens.c.token == seen, tokens.c.renewing_until <= now)
        with self._writing.begin() as connection:
            there = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(tokens)
            connection.execute(there.values(first).on_conflict_do_nothing())
            return connection.execute(free.values(renewing_until=now + RENEWING)).rowcount == 1

    def renewed(self, fresh: Kept) -> None:
        changed = update(tokens).where(self._own)
        with self._writing.begin() as connection:
            connection.execute(changed.values(token=fresh.token, expires_at=fresh.expires_at, renewing_until=LONG_AGO))

    def not_renewed(self) -> None:
        with self._writing.begin() as connection:
            connection.execute(update(tokens).where(self._own).values(renewing_until=LONG_AGO))


class AccessToken:
    def __init__(
        self,
        *,
        app_id: str,
        secret: str,
        database: Engine,
        calls: Calls,
        threads: Threads,
        clock: Callable[[], datetime],
    ) -> None:
        self._credential = {"grant_type": "client_credential", "appid": app_id, "secret": secret}
        self._rows = KeptTokens(database, app_id=app_id)
        self._calls = calls
        self._threads = threads
        self._clock = clock

    async def valid(self) -> str:
        """The token to call with. Raises WechatUnavailable."""
        kept = await self._threads(self._rows.kept)
        if kept.token and self._clock() < kept.expires_at - AHEAD:
            return kept.token
        return await self._renewed(kept, still_good=bool(kept.token) and self._clock() < kept.expires_at)

    async def after(self, refused: str) -> str:
        """The token that follows one which WeChat has refused (40001). Raises WechatUnavailable."""
        kept = await self._threads(self._rows.kept)
        return kept.token if kept.token != refused else await self._renewed(kept, still_good=False)

    async def _renewed(self, kept: Kept, *, still_good: bool) -> str:
        """Renewed here, or by the process that was quicker; meanwhile a token that is still good is used."""
        if await self._threads(self._rows.to_renew, seen=kept.token, now=self._clock()):
            return await self._renew(kept, still_good=still_good)
        if still_good:
            return kept.token
        try:
            async with asyncio.timeout(CALL_TIMEOUT):
                while (now := await self._threads(self._rows.kept)).token == kept.token:
                    await asyncio.sleep(LOOK_AGAIN)
        except TimeoutError:
            raise WechatUnavailable("no token in time") from None
        return now.token

    async def _renew(self, kept: Kept, *, still_good: bool) -> str:
        try:
            fresh = await self._fetch(force=False)
            if fresh.token == kept.token and not still_good:
                fresh = await self._fetch(force=True)  # WeChat still gives out the very one that it refuses
        except WechatUnavailable as away:
            await self._threads(self._rows.not_renewed)
            if still_good:
                logger.warning("wechat_token_not_renewed", why=str(away))
                return kept.token
            raise
        except asyncio.CancelledError:
            await asyncio.shield(self._threads(self._rows.not_renewed))
            raise
        await self._threads(self._rows.renewed, fresh)
        logger.info("wechat_token_renewed")
        return fresh.token

    async def _fetch(self, *, force: bool) -> Kept:
        asked_at = self._clock()
        told = await self._calls.post(PATH, {**self._credential, "force_refresh": force})
        token, lasts = told.get("access_token"), told.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(lasts, int):
            raise WechatUnavailable("no token")
        return Kept(token=token, expires_at=asked_at + timedelta(seconds=lasts))
