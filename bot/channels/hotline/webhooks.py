"""/hotline: the webhooks of a jambonz application. Without the secret that signs them there are none."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

import structlog
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.domain.vocabulary import Channel
from bot.channels.hotline import jambonz, outbound, prompts, verbs
from bot.channels.hotline.calls import Call, Step
from bot.channels.hotline.flow import Flow
from bot.channels.hotline.line import Line
from bot.channels.hotline.outbound import flow_of
from bot.channels.hotline.verbs import PREFIX, Verbs
from bot.errors import ConversationUnknown, PageUnknown
from bot.responses import correlation_id, json_response

logger: Final = structlog.get_logger()

Told = dict[str, Any]
Act = Callable[[Flow], Awaitable[Verbs]]


def start(_told: Told) -> Act:
    return lambda flow: flow.welcome()


def gather(told: Told) -> Act:
    heard = jambonz.heard(told)
    return lambda flow: flow.hear(heard)


def wait(told: Told) -> Act:
    queued = jambonz.waiting(told)
    if queued is None:
        return lambda flow: flow.look_again()
    return lambda flow: flow.in_queue(ahead=queued.ahead, waited=queued.seconds)


def queue_exit(told: Told) -> Act:
    waited = jambonz.number(told, "queue_time")
    return lambda flow: flow.left_queue(result=str(told.get("queue_result")), waited=waited)


def dial_done(told: Told) -> Act:
    return lambda flow: flow.dialled(status=str(told.get("dial_call_status")))


READ: Final[dict[str, Callable[[Told], Act]]] = {
    "start": start,
    "gather": gather,
    "wait": wait,
    "queue-exit": queue_exit,
    "dial-done": dial_done,
}


async def served(act: Act, *, line: Line, call: Call, request: Request, step: Step) -> Verbs:
    """Whatever fails now, the call goes on: an error page would end it."""
    try:
        return await act(await flow_of(call, line=line, step=step, correlation_id=correlation_id(request)))
    except Exception:
        logger.exception("hotline_failed", path=request.path, turn=step.turn)
        return verbs.ask([prompts.APOLOGY], step=step, hints=line.names.hints)


async def ended(call: Call, *, line: Line) -> None:
    """The desk shows it no longer. A call that said nothing has no conversation."""
    with suppress(ConversationUnknown):
        known = await line.threads(line.peers.of_peer, channel=Channel.HOTLINE, peer=call.placed or call.id)
        await line.persons.hang_up(known.id)


def step_of(request: Request) -> Step:
    """Raises WrongFields."""
    return Step.read({name: str(request.args.get(name)) for name in request.args})


def hotline(*, line: Line, secret: str) -> Blueprint:
    calls = Blueprint("hotline", url_prefix=PREFIX)

    @calls.post("/<name:str>")
    async def webhook(request: Request, name: str) -> HTTPResponse:
        """Raises NotAllowed, NotJson, WrongFields, PageUnknown."""
        header = request.headers.get(jambonz.SIGNATURE)
        jambonz.check(header=header, body=request.body, secret=secret, now=line.clock())
        call, told = jambonz.call_of(request.body)
        logger.info("call_heard", call=call.id, hook=name, reason=told.get("reason"), status=told.get("call_status"))
        if name == "status":
            await outbound.told(call, status=told.get("call_status"), line=line)
            if told.get("call_status") in outbound.OVER:
                await ended(call, line=line)
            return json_response([])
        if name not in READ:
            raise PageUnknown
        act = READ[name](told)
        return json_response(await served(act, line=line, call=call, request=request, step=step_of(request)))

    return calls
