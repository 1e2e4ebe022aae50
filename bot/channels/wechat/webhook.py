"""/wechat: what WeChat posts, answered within the 5 seconds that it waits, with all of the answer or with `success`."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, text
from wechatpy.replies import TextReply

from backend.domain.errors import Refusal
from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.errors import NotSendable, WechatUnavailable
from bot.channels.wechat.flow import Account, Flow
from bot.channels.wechat.outbox import Hold, Outbox
from bot.channels.wechat.posted import Passing, Posted, Unfollowed, read
from bot.channels.wechat.rendering import fits, merged, numbered, options_of
from bot.channels.wechat.seal import Seal
from bot.channels.wechat.tries import Tries, Try
from bot.conversations.messages import Message, Speaker
from bot.errors import STATUS, TooManyStreams
from bot.responses import correlation_id

LOOK_AGAIN: Final = 0.3  # seconds: another process may be the one that answers
BREATH: Final = 0.02  # seconds
REPLYING: Final = 10.0  # seconds for which a reply holds the conversation
SUCCESS: Final = "success"
logger: Final = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What a request is answered with, `in_time` seconds after it came at the latest."""

    account: Account
    api: WechatApi
    outbox: Outbox
    tries: Tries
    seal: Seal
    clock: Callable[[], datetime]
    in_time: float


def wechat(gate: Gate) -> Blueprint:
    official = Blueprint("wechat", url_prefix="/wechat")
    background: set[asyncio.Task[None]] = set()

    @official.get("/", strict_slashes=False)
    async def verify(request: Request) -> HTTPResponse:
        """The address is ours: what WeChat asks when it is entered there. Raises SignatureWrong."""
        gate.seal.check(_query(request))
        return text(_query(request)("echostr"))

    @official.post("/", strict_slashes=False)
    async def post(request: Request) -> HTTPResponse | None:
        """Raises SignatureWrong, RequestMalformed."""
        until = time.monotonic() + gate.in_time
        posted = read(gate.seal.opened(request.body, _query(request)))
        flow = await Flow.of(posted, account=gate.account, correlation_id=correlation_id(request))
        if isinstance(posted.what, Unfollowed | Passing):
            await flow.take()
            return text(SUCCESS)  # nobody would read a reply
        this = await _begin(gate, posted, flow)
        try:
            seq = await flow.take()
        except Refusal as refused:
            if STATUS.get(type(refused), 500) >= 500:
                raise
            return _xml(gate, request, posted, refused.message)
        answered = await _answered(gate, flow, seq, until=until)
        if answered and not await gate.account.threads(gate.tries.is_newest, this):
            return text(SUCCESS)  # nobody is at the other end: the answer goes to the try that came after
        if answered and await _replied(gate, request, posted, this, until=until):
            return None
        await gate.account.threads(gate.outbox.free, conversation=flow.conversation, at=gate.clock())
        if not answered:
            task = asyncio.create_task(_type(gate, posted))
            background.add(task)
            task.add_done_callback(background.discard)
        return text(SUCCESS)

    return official


async def _begin(gate: Gate, posted: Posted, flow: Flow) -> Try:
    threads, at = gate.account.threads, gate.clock()
    waits = at + timedelta(seconds=gate.in_time + 1)
    await threads(gate.outbox.spare, conversation=flow.conversation, until=waits)
    this = await threads(gate.tries.begin, key=posted.key, conversation=flow.conversation, at=at)
    logger.info(
        "wechat_posted", conversation=flow.conversation, what=type(posted.what).__name__.lower(), number=this.number
    )
    return this


async def _answered(gate: Gate, flow: Flow, seq: int | None, *, until: float) -> bool:
    """Whether all that there is to say is there in time; it may be another process that says it."""
    while seq is not None and (left := until - time.monotonic()) > 0:
        within = min(left, LOOK_AGAIN)
        try:
            if await gate.account.log.answered(conversation=flow.conversation, seq=seq, within=within):
                return True
        except TooManyStreams:  # so many messages of one customer are waited for
            await asyncio.sleep(within)
        await asyncio.sleep(BREATH)  # a process that stops does not wait any more
    return seq is None


async def _replied(gate: Gate, request: Request, posted: Posted, this: Try, *, until: float) -> bool:
    """Whether this request got the answer. The mark is moved when the reply is on its way, see `outbox`."""
    threads = gate.account.threads
    hold = await _held(gate, this, until=until)
    if hold is None:
        return False
    waiting = (*await _given_before(gate, this), *hold.waiting)
    reply = _bubble(waiting)
    if not waiting or not fits(reply):
        await threads(gate.outbox.release, hold)
        return False
    up_to = waiting[-1].seq
    await _respond(request, _xml(gate, request, posted, reply))
    await threads(gate.outbox.replied, hold, this, after=waiting[0].seq - 1, up_to=up_to, at=gate.clock())
    logger.info("wechat_replied", conversation=this.conversation, up_to=up_to)
    return True


async def _held(gate: Gate, this: Try, *, until: float) -> Hold | None:
    """The right to reply; somebody else who sends just now is waited for."""
    while True:
        hold = await gate.account.threads(
            gate.outbox.hold, conversation=this.conversation, at=gate.clock(), seconds=REPLYING, replying=True
        )
        if hold is not None or time.monotonic() + LOOK_AGAIN > until:
            return hold
        await asyncio.sleep(LOOK_AGAIN)


async def _given_before(gate: Gate, this: Try) -> tuple[Message, ...]:
    """What a try before this one was answered with, which has not arrived: else WeChat would not try again."""
    after, up_to = await gate.account.threads(gate.tries.given, this)
    messages = await gate.account.log.messages(conversation=this.conversation, after=after) if up_to else []
    return tuple(each for each in messages if each.seq <= up_to and each.speaker is not Speaker.CUSTOMER)


async def _type(gate: Gate, posted: Posted) -> None:
    """The customer sees that an answer is on its way."""
    try:
        await gate.api.typing(posted.openid)
    except (NotSendable, WechatUnavailable) as unseen:
        logger.info("wechat_typing_unseen", why=f"{type(unseen).__name__}: {unseen}")


async def _respond(request: Request, response: HTTPResponse) -> None:
    """On its way when this returns."""
    sent: Any = await request.respond(response)
    await sent.send(response.body, end_stream=True)


def _bubble(messages: Sequence[Message]) -> str:
    options, _ = options_of(messages)
    return numbered(merged(messages), options)


def _xml(gate: Gate, request: Request, posted: Posted, content: str) -> HTTPResponse:
    query = _query(request)
    reply = TextReply(source=posted.account, target=posted.openid, content=_harmless(content)).render()
    sealed = gate.seal.closed(reply, nonce=query("nonce"), timestamp=query("timestamp"))
    return HTTPResponse(sealed, content_type="application/xml; charset=utf-8")


def _harmless(content: str) -> str:
    """]]> would end the CDATA that wechatpy writes it into: cut in two, as XML wants it."""
    return content.replace("]]>", "]]]]><![CDATA[>")


def _query(request: Request) -> Callable[[str], str]:
    return lambda name: str(request.args.get(name) or "")
