"""Sends what no reply has carried 客服消息下发: looks for it, sends it, and tries again where WeChat was away."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

import structlog

from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.errors import NotSendable, WechatUnavailable
from bot.channels.wechat.outbox import Hold, Outbox
from bot.channels.wechat.rendering import fits, merged, options_of
from bot.channels.wechat.tries import Tries
from bot.conversations.messages import Message, Obstacle
from bot.conversations.threads import Threads

LOOK: Final = 1.0  # seconds between two looks
HELD: Final = 60.0  # seconds: longer than one message takes with a token to renew
TOGETHER: Final = 8
FORGET_EVERY: Final = 3600  # looks
logger: Final = structlog.get_logger()


class Sender:
    def __init__(
        self, *, api: WechatApi, outbox: Outbox, tries: Tries, threads: Threads, clock: Callable[[], datetime]
    ) -> None:
        self._api = api
        self._outbox = outbox
        self._tries = tries
        self._threads = threads
        self._clock = clock
        self._running: dict[str, asyncio.Task[bool]] = {}
        self._together = asyncio.Semaphore(TOGETHER)
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        tasks: list[asyncio.Task[Any]] = [*self._running.values(), *([self._looking] if self._looking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> None:
        looked = 0
        while True:
            try:
                for conversation in await self._threads(self._outbox.due, at=self._clock()):
                    self._send_to(conversation)
                for conversation, why in await self._threads(self._outbox.stuck, at=self._clock()):
                    await self._threads(self._outbox.obstructed, conversation=conversation, why=why)
                if looked % FORGET_EVERY == 0:
                    await self._threads(self._tries.forget, now=self._clock())
                looked += 1
            except Exception:
                logger.exception("wechat_look_failed")
            await asyncio.sleep(LOOK)

    async def deliver(self, conversation: str) -> bool:
        """Sends now what there is to send; whether all of it has arrived, or a reply is about to carry it."""
        return await self._send_to(conversation)

    def _send_to(self, conversation: str) -> asyncio.Task[bool]:
        if conversation not in self._running:
            task = self._running[conversation] = asyncio.create_task(self._send(conversation))
            task.add_done_callback(lambda _task: self._running.pop(conversation, None))
        return self._running[conversation]

    async def _send(self, conversation: str) -> bool:
        try:
            async with self._together:
                hold = await self._threads(self._outbox.hold, conversation=conversation, at=self._clock(), seconds=HELD)
                return hold is None or await self._send_all(hold)
        except Exception:
            logger.exception("wechat_send_failed", conversation=conversation)  # free again when the hold ends
            return False

    async def _send_all(self, hold: Hold) -> bool:
        sent = False
        try:
            for bubble in bubbles(hold.waiting):
                if not await self._threads(self._outbox.keep, hold, at=self._clock(), seconds=HELD):
                    logger.warning("wechat_hold_lost", conversation=hold.conversation)
                    return False
                options, menu = options_of(bubble)
                await self._api.send_text(hold.openid, merged(bubble), options, menu=menu)
                await self._threads(self._outbox.delivered, hold, up_to=bubble[-1].seq)
                logger.info("wechat_sent", conversation=hold.conversation, up_to=bubble[-1].seq)
            sent = True
        except NotSendable as closed:
            # It stays undelivered: the next act of the customer opens the window again.
            logger.warning("wechat_not_sendable", conversation=hold.conversation, why=type(closed).__name__)
        except WechatUnavailable as away:
            logger.warning("wechat_unavailable", conversation=hold.conversation, why=str(away))
            await self._threads(self._outbox.failed, hold, at=self._clock())
            await self._threads(self._outbox.obstructed, conversation=hold.conversation, why=Obstacle.AWAY)
            return False
        await self._threads(self._outbox.release, hold)
        return sent


def bubbles(waiting: Sequence[Message]) -> list[list[Message]]:
    """As many messages in one as fit, so that they cost one of the allowance; a text too long stands alone."""
    found: list[list[Message]] = []
    for message in waiting:
        if found and fits(merged([*found[-1], message])):
            found[-1].append(message)
        else:
            found.append([message])
    return found
