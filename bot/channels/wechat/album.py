"""Photos 照片 that customers send: WeChat names them only, so each is noted first, then fetched, checked and kept."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

import structlog
from sqlalchemy import Engine, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.channels.webchat_photos import CLEANED_AT_ONCE, TEXT
from bot.channels.wechat import prompts
from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.errors import WechatRefused, WechatUnavailable
from bot.channels.wechat.tables import photos
from bot.conversations.database import writing
from bot.conversations.log import MessageLog
from bot.conversations.messages import Attachment
from bot.conversations.photos import Photos
from bot.conversations.tables import messages
from bot.conversations.threads import Threads
from bot.errors import PhotoOfAnotherKind, PhotoTooLarge
from bot.pictures import MOST_BYTES, cleaned

FETCHING: Final = timedelta(seconds=30)  # longer than it takes with a token to renew
GONE: Final = 40007  # WeChat knows no such file, or not any more
LONGEST_TRY: Final = timedelta(hours=24)  # WeChat keeps it for three days
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=5)
LOOK: Final = 2.0  # seconds between two looks
logger: Final = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Noted:
    """`key`: that of the message; `at` when it was sent."""

    key: str
    conversation: str
    media_id: str
    correlation_id: str
    at: datetime
    failures: int = 0


class NotedPhotos:
    """Blocking; `conversations.threads.Threads` calls it from the event loop."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def note(self, photo: Noted) -> None:
        """Once; a photo that is a message already is not fetched again."""
        row = {name: getattr(photo, name) for name in ("key", "conversation", "media_id", "correlation_id", "at")}
        known = exists().where(messages.c.conversation == photo.conversation, messages.c.client_id == photo.key)
        with self._writing.begin() as connection:
            if connection.scalar(select(known)):
                return
            there = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(photos)
            fresh = there.values({**row, "not_before": photo.at, "failures": 0})
            connection.execute(fresh.on_conflict_do_nothing(index_elements=["key"]))

    def due(self, *, at: datetime) -> list[str]:
        with self._reading.begin() as connection:
            return list(connection.scalars(select(photos.c.key).where(photos.c.not_before <= at).limit(50)))

    def hold(self, *, key: str, at: datetime) -> Noted | None:
        """None where it is fetched by somebody else, or not wanted any more."""
        mine = update(photos).where(photos.c.key == key, photos.c.not_before <= at).values(not_before=at + FETCHING)
        with self._writing.begin() as connection:
            row = connection.execute(mine.returning(*photos.c)).mappings().one_or_none()
        return Noted(**{field.name: row[field.name] for field in fields(Noted)}) if row else None

    def failed(self, photo: Noted, *, at: datetime) -> None:
        wait = min(FIRST_WAIT * 2 ** min(photo.failures, 20), LONGEST_WAIT)
        later = update(photos).where(photos.c.key == photo.key)
        with self._writing.begin() as connection:
            connection.execute(later.values(not_before=at + wait, failures=photo.failures + 1))

    def done(self, photo: Noted) -> None:
        with self._writing.begin() as connection:
            connection.execute(delete(photos).where(photos.c.key == photo.key))


class Album:
    def __init__(
        self,
        *,
        api: WechatApi,
        noted: NotedPhotos,
        photos: Photos,
        log: MessageLog,
        threads: Threads,
        clock: Callable[[], datetime],
    ) -> None:
        self._api = api
        self._noted = noted
        self._photos = photos
        self._log = log
        self._threads = threads
        self._clock = clock
        self._cleaning = asyncio.Semaphore(CLEANED_AT_ONCE)
        self._running: dict[str, asyncio.Task[int | None]] = {}
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        tasks = [*self._running.values(), *([self._looking] if self._looking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def fetched(self, photo: Noted, *, within: float) -> int | None:
        """The seq of the photo's message, if it is there in time; else it is fetched all the same."""
        await self._threads(self._noted.note, photo)
        done, _ = await asyncio.wait([self._fetch(photo.key)], timeout=within)
        return next((task.result() for task in done), None)

    async def _look(self) -> None:
        while True:
            try:
                for key in await self._threads(self._noted.due, at=self._clock()):
                    self._fetch(key)
            except Exception:
                logger.exception("wechat_album_failed")
            await asyncio.sleep(LOOK)

    def _fetch(self, key: str) -> asyncio.Task[int | None]:
        if key not in self._running:
            task = self._running[key] = asyncio.create_task(self._take(key))
            task.add_done_callback(lambda _task: self._running.pop(key, None))
        return self._running[key]

    async def _take(self, key: str) -> int | None:
        photo = await self._threads(self._noted.hold, key=key, at=self._clock())
        if photo is None:
            return None
        try:
            content = await self._api.media(photo.media_id, most=MOST_BYTES)
            seq = await self._keep(photo, content)
        except (PhotoTooLarge, PhotoOfAnotherKind) as refused:
            await self._tell(photo, refused.message)
            return None
        except WechatUnavailable as away:
            lost = isinstance(away, WechatRefused) and away.code == GONE
            if lost or self._clock() - photo.at > LONGEST_TRY:
                await self._tell(photo, prompts.PHOTO_LOST)
                return None
            logger.warning("wechat_photo_waits", conversation=photo.conversation, why=str(away))
            await self._threads(self._noted.failed, photo, at=self._clock())
            return None
        except Exception:
            logger.exception("wechat_photo_failed", conversation=photo.conversation)  # looked at again
            return None
        return seq

    async def _keep(self, photo: Noted, content: bytes) -> int:
        """Raises PhotoTooLarge, PhotoOfAnotherKind."""
        async with self._cleaning:
            picture = await asyncio.to_thread(cleaned, content)
        attachment = Attachment(
            id=uuid5(NAMESPACE_URL, f"{photo.conversation}/{photo.key}").hex,
            conversation=photo.conversation,
            media_type=picture.media_type,
            content=picture.content,
            at=photo.at,
        )
        await self._threads(self._photos.keep, attachment)
        accepted = await self._log.accept(
            conversation=photo.conversation,
            client_id=photo.key,
            text=TEXT,
            correlation_id=photo.correlation_id,
            at=self._clock(),
            attachment=attachment.id,
            details={"attachment": attachment.id},
        )
        await self._threads(self._noted.done, photo)
        logger.info("wechat_photo_kept", conversation=photo.conversation, seq=accepted.seq)
        return accepted.seq

    async def _tell(self, photo: Noted, text: str) -> None:
        await self._log.notice(
            notice_id=f"{photo.key}:photo", conversation=photo.conversation, text=text, at=self._clock()
        )
        await self._threads(self._noted.done, photo)
