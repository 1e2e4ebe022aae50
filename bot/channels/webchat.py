"""The public chat API under /chat: what a page sends and reads."""

import asyncio
import json
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import structlog
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.domain.vocabulary import Channel
from bot.conversations.hub import Hub
from bot.conversations.log import PAGE, MessageLog
from bot.conversations.messages import Message, Speaker
from bot.conversations.open_pages import OpenPages
from bot.conversations.peers import Peers
from bot.conversations.threads import Threads
from bot.errors import ConversationUnknown, NotJson, TextMissing, TextTooLong, TokenInvalid, WrongFields
from bot.rates import Rates
from bot.responses import correlation_id, json_response
from bot.visitors import Visitors

MOST_CHARACTERS: Final = 1000
LONGEST_ID: Final = 128
LARGEST_SEQ: Final = 2**31 - 1
HEARTBEAT: Final = 15.0  # seconds; proxies cut a stream that says nothing for a minute
RECONNECT: Final = 2000  # milliseconds
LONGEST_WAIT: Final = 25  # seconds; a proxy may give up on an answer that takes longer than half a minute
ANSWERING: Final = "Shouwen-Answering"
logger: Final = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """`id` is the client's own: the same one again is the same message."""

    id: str
    text: str


def parse(body: bytes) -> Incoming:
    """Raises NotJson, WrongFields, TextMissing, TextTooLong."""
    fields = json_object(body)
    client_id = plain_id(fields, "id")
    text = fields.get("text")
    if not isinstance(text, str):
        raise WrongFields(what="“text” 应是一段文字")
    return Incoming(id=client_id, text=clean_text(text, most=MOST_CHARACTERS))


def json_object(body: bytes) -> dict[str, Any]:
    """Raises NotJson, WrongFields."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise NotJson from wrong
    if not isinstance(fields, dict):
        raise WrongFields(what="应是一个 JSON 对象")
    return fields


def plain_id(fields: dict[str, Any], name: str) -> str:
    """Raises WrongFields."""
    given = fields.get(name)
    if not isinstance(given, str) or not 1 <= len(given) <= LONGEST_ID or not given.isprintable():
        raise WrongFields(what=f"“{name}” 应是 1 到 {LONGEST_ID} 个字符的编号")
    return given


def clean_text(text: str, *, most: int) -> str:
    """Without control characters and half surrogates, which no database takes. Raises TextMissing, TextTooLong."""
    cleaned = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()
    if all(unicodedata.category(sign)[0] in "CZ" for sign in cleaned):
        raise TextMissing
    if len(cleaned) > most:
        raise TextTooLong(most=most)
    return cleaned


def parse_seq(given: str | None, *, name: str) -> int:
    """`after` and Last-Event-ID; missing or empty: 0, from the beginning. Raises WrongFields."""
    if not given:
        return 0
    if not (given.isascii() and given.isdigit()):
        raise WrongFields(what=f"“{name}” 应是消息的序号")
    return min(int(given[:20]), LARGEST_SEQ)


def render(message: Message) -> dict[str, Any]:
    rendered: dict[str, Any] = {"seq": message.seq, "from": message.speaker.value, "text": message.text}
    if message.buttons:
        rendered["buttons"] = [{"title": button.title, "payload": button.payload} for button in message.buttons]
    more = {
        "id": message.client_id,
        "author": message.author,
        "card": message.card,
        "attachment": message.attachment,
        "at": message.at.astimezone(UTC).isoformat(timespec="milliseconds"),
    }
    return rendered | {name: given for name, given in more.items() if given is not None}


def render_event(message: Message) -> str:
    return f"id: {message.seq}\nevent: message\ndata: {json.dumps(render(message), ensure_ascii=False)}\n\n"


def render_answering(*, answering: bool) -> str:
    """Without an id: the page goes on from the last message all the same."""
    return f"event: answering\ndata: {json.dumps(answering)}\n\n"


@dataclass(frozen=True, kw_only=True)
class Web:
    """What the chat API works with."""

    log: MessageLog
    peers: Peers
    pages: OpenPages
    threads: Threads
    hub: Hub
    visitors: Visitors
    rates: Rates
    greeting: str
    clock: Callable[[], datetime]

    async def visitor(self, request: Request) -> str:
        """Raises TokenMissing, TokenExpired, TokenInvalid: also for a conversation that is not in our log."""
        conversation = self.visitors.conversation(authorization=request.headers.get("authorization"))
        if not await self.threads(self.peers.exists, conversation=conversation):
            raise TokenInvalid
        return conversation

    async def is_there(self, *, conversation: str) -> None:
        """Its page listens: what we say now is read."""
        await self.threads(self.pages.seen, conversation=conversation, at=self.clock())

    @asynccontextmanager
    async def page(self, *, conversation: str) -> AsyncIterator[asyncio.Event]:
        """A page that listens. Once it is closed, another may still be open here; elsewhere it says so by itself."""
        try:
            with self.hub.listen(conversation=conversation) as news:
                yield news
        finally:
            if not (self.hub.closed or self.hub.is_heard(conversation=conversation)):
                await self.threads(self.pages.gone, conversation=conversation)

    async def answering(self, *, conversation: str) -> bool:
        """Whether an answer is on its way. Who was told that it will take long is not kept looking at dots."""
        if self.hub.is_typing(conversation=conversation, who=Speaker.AGENT):
            return True
        return any(not turn.told for turn in await self.log.open_turns(conversation=conversation))


def webchat(web: Web, *, heartbeat: float = HEARTBEAT) -> Blueprint:
    chat = Blueprint("chat", url_prefix="/chat")
    log, hub, visitors, rates, clock = web.log, web.hub, web.visitors, web.rates, web.clock

    @chat.get("/greeting")
    async def greeting(_request: Request) -> HTTPResponse:
        return json_response({"greeting": web.greeting})

    @chat.post("/sessions")
    async def open_session(request: Request) -> HTTPResponse:
        await rates.session(address=request.client_ip)
        conversation = uuid4().hex
        await web.threads(web.peers.open, conversation=conversation, channel=Channel.WEBCHAT, at=clock())
        logger.info("conversation_opened", conversation=conversation)
        token = visitors.token(conversation=conversation)
        return json_response({"conversation": conversation, "token": token})

    @chat.post("/messages")
    async def send(request: Request) -> HTTPResponse:
        conversation = visitors.conversation(authorization=request.headers.get("authorization"))
        incoming = parse(request.body)
        await rates.message(conversation=conversation)
        try:
            accepted = await log.accept(
                conversation=conversation,
                client_id=incoming.id,
                text=incoming.text,
                correlation_id=correlation_id(request),
                at=clock(),
            )
        except ConversationUnknown as gone:
            raise TokenInvalid from gone
        logger.info("message_accepted", conversation=conversation, seq=accepted.seq, repeated=accepted.repeated)
        return json_response({"seq": accepted.seq}, status=202)

    @chat.get("/messages")
    async def read(request: Request) -> HTTPResponse:
        """With `wait`, the seconds that the answer may take, it comes when there is news: for who can't listen."""
        conversation = await web.visitor(request)
        after = parse_seq(request.args.get("after"), name="after")
        wait = min(parse_seq(request.args.get("wait"), name="wait"), LONGEST_WAIT)
        await web.is_there(conversation=conversation)
        with hub.listen(conversation=conversation) if wait else nullcontext(asyncio.Event()) as news:
            messages = await log.messages(conversation=conversation, after=after)
            if wait and not messages and not hub.closed and await _rings(news, within=wait):
                messages = await log.messages(conversation=conversation, after=after)
        answering = await web.answering(conversation=conversation)
        return json_response([render(message) for message in messages], headers={ANSWERING: json.dumps(answering)})

    @chat.get("/events")
    async def listen(request: Request) -> None:
        conversation = await web.visitor(request)
        after = parse_seq(request.headers.get("last-event-id"), name="Last-Event-ID")
        async with web.page(conversation=conversation) as news:
            stream = await request.respond(
                content_type="text/event-stream; charset=utf-8", headers={"X-Accel-Buffering": "no"}
            )
            # No empty line after it, nor after a heartbeat: some readers take that for an event without data.
            await stream.send(f"retry: {RECONNECT}\n")
            answering = False
            while not hub.closed:
                news.clear()
                await web.is_there(conversation=conversation)
                messages = await log.messages(conversation=conversation, after=after)
                for message in messages:
                    await stream.send(render_event(message))
                    after = message.seq
                if len(messages) == PAGE:
                    continue
                if answering != (answering := await web.answering(conversation=conversation)):
                    await stream.send(render_answering(answering=answering))
                if not await _rings(news, within=heartbeat):
                    await stream.send(":\n")
            await stream.eof()

    return chat


async def _rings(news: asyncio.Event, *, within: float) -> bool:
    try:
        async with asyncio.timeout(within):
            await news.wait()
    except TimeoutError:
        return False
    return True
