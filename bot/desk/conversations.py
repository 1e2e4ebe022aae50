"""/desk/api/conversations: what an agent does with conversations.

An answer to a step is the conversation's card. Refused with 409: somebody else was quicker (`agent` says who), or it
is not in the state for it. Refused with 422: a forbidden phrase (`phrase`, `rule`, `better`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

import structlog
from pydantic import Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty

from bot.channels.webchat import MOST_CHARACTERS, clean_text, parse_seq
from bot.conversations.log import PAGE
from bot.conversations.messages import Speaker
from bot.conversations.takeover import Takeover
from bot.desk import forbidden, rendering
from bot.desk.audit import Deed
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import read
from bot.desk.who import AGENT, HEAD, LEADER, Staff, staff_of
from bot.errors import ConversationUnknown, NobodyNamed
from bot.responses import json_response

SERVES: Final = (AGENT, HEAD, LEADER)  # who may talk to customers; who supervises reads
logger: Final = structlog.get_logger()

Id = Annotated[str, Field(min_length=1, max_length=64)]
Note = Annotated[str, Field(min_length=1, max_length=1000)]


@dataclass(frozen=True, kw_only=True)
class Saying:
    """`id` is the page's own: the same one again is the same message."""

    id: Id
    text: str


@dataclass(frozen=True, kw_only=True)
class HandingBack:
    """`settled`: the matter is done, the assistant does not go on with it."""

    summary: Note
    settled: bool


@dataclass(frozen=True, kw_only=True)
class Transferring:
    """`to`: a job number; `team`: the key of a department. One of them."""

    note: Note
    to: str | None = None
    team: str | None = None


@dataclass(frozen=True, kw_only=True)
class Noting:
    text: Note


@dataclass(frozen=True, kw_only=True)
class Reading:
    seq: Annotated[int, Field(ge=0, lt=2**31)]


def conversations(desk: Desk) -> Blueprint:
    served = Blueprint("desk_conversations", url_prefix=f"{PREFIX}/conversations")

    async def card_of(conversation: str) -> dict[str, Any]:
        """Raises ConversationUnknown."""
        for card in await desk.threads(desk.cards.of, [conversation], at=desk.clock()):
            return rendering.card(card)
        raise ConversationUnknown

    async def step(staff: Staff, conversation: str, act: Callable[..., Takeover], **given: Any) -> HTTPResponse:
        after = await desk.log.change(act, conversation=conversation, agent=staff.job_number, at=desk.clock(), **given)
        state, version = after.state.value, after.version
        logger.info("desk_step", act=act.__name__, conversation=conversation, state=state, version=version)
        return json_response(await card_of(conversation))

    @served.get("/")
    async def listed(request: Request) -> HTTPResponse:
        """Who waits or is served; with `all=1` every one, the last changed first, `before` a number of a change.

        `change`: from where to listen on.
        """
        staff_of(request)
        now, change = desk.clock(), await desk.threads(desk.changes.newest)
        if request.args.get("all"):
            before = parse_seq(request.args.get("before"), name="before") or None
            found = await desk.threads(desk.cards.latest, at=now, before=before)
        else:
            found = await desk.threads(desk.cards.live, at=now)
        return json_response({"change": change, "conversations": [rendering.card(card) for card in found]})

    @served.get("/<conversation:str>")
    async def shown(request: Request, conversation: str) -> HTTPResponse:
        """With its audit 记录 and notes, and the customer's other conversations on whatever channel."""
        staff_of(request)
        card, now = await card_of(conversation), desk.clock()
        known = await desk.threads(desk.peers.conversation, conversation=conversation)
        others = await desk.threads(desk.cards.of_phone, known.phone, at=now) if known.phone else []
        events = await desk.threads(desk.cards.events, conversation)
        history = [rendering.card(each) for each in others if each.takeover.conversation != conversation]
        return json_response({**card, "events": [rendering.event(each) for each in events], "history": history})

    @served.get("/<conversation:str>/messages")
    async def messages(request: Request, conversation: str) -> HTTPResponse:
        """At most 500 after `after`; what tells who the customer is, whoever does not serve them reads as ***.

        `masked`: there is more to see.
        """
        staff = staff_of(request)
        takeover = await desk.threads(desk.takeovers.of, conversation=conversation)
        after = parse_seq(request.args.get("after"), name="after")
        return await told(conversation, after=after, whole=takeover.is_held_by(staff.job_number))

    @served.post("/<conversation:str>/words")
    async def words(request: Request, conversation: str) -> HTTPResponse:
        """The same word for word, with a row in the audit."""
        staff, after = staff_of(request), read(request, Reading).seq
        await desk.threads(desk.takeovers.of, conversation=conversation)
        await desk.record(staff.job_number, Deed.WORDS_SHOWN, about=conversation)
        return await told(conversation, after=after, whole=True)

    async def told(conversation: str, *, after: int, whole: bool) -> HTTPResponse:
        found = await desk.log.messages(conversation=conversation, after=after)
        seqs = [each.seq for each in found if each.speaker is Speaker.CUSTOMER]
        understood = await desk.threads(desk.cards.understood, conversation, seqs)
        in_full = [rendering.message(each, understood.get(each.seq)) for each in found]
        shown = in_full if whole else [rendering.without_customer(each) for each in in_full]
        return json_response({"messages": shown, "more": len(found) == PAGE, "masked": shown != in_full})

    @served.post("/<conversation:str>/phone")
    async def phone(request: Request, conversation: str) -> HTTPResponse:
        """In full, with a row in the audit."""
        staff = staff_of(request, *SERVES)
        known = await desk.threads(desk.peers.conversation, conversation=conversation)
        await desk.record(staff.job_number, Deed.PHONE_SHOWN, about=conversation)
        return json_response({"phone": known.phone})

    @served.post("/<conversation:str>/claim")
    async def claim(request: Request, conversation: str) -> HTTPResponse:
        staff = staff_of(request, *SERVES)
        return await step(staff, conversation, desk.takeovers.claim, team=staff.department)

    @served.post("/<conversation:str>/step-in")
    async def step_in(request: Request, conversation: str) -> HTTPResponse:
        return await step(staff_of(request, *SERVES), conversation, desk.takeovers.step_in)

    @served.post("/<conversation:str>/hand-back")
    async def hand_back(request: Request, conversation: str) -> HTTPResponse:
        staff, given = staff_of(request, *SERVES), read(request, HandingBack)
        more = {"summary": given.summary, "settled": given.settled}
        return await step(staff, conversation, desk.takeovers.hand_back, **more)

    @served.post("/<conversation:str>/transfer")
    async def transfer(request: Request, conversation: str) -> HTTPResponse:
        staff, given = staff_of(request, *SERVES), read(request, Transferring)
        known = desk.charter.member(given.to or "") or desk.charter.department(given.team or "")
        if bool(given.to) == bool(given.team) or known is None or given.to == staff.job_number:
            raise NobodyNamed
        more = {"to": given.to, "team": given.team, "note": given.note}
        return await step(staff, conversation, desk.takeovers.transfer, **more)

    @served.post("/<conversation:str>/close")
    async def close(request: Request, conversation: str) -> HTTPResponse:
        return await step(staff_of(request, *SERVES), conversation, desk.takeovers.close)

    @served.post("/<conversation:str>/messages")
    async def say(request: Request, conversation: str) -> HTTPResponse:
        """201: it is in the log."""
        staff, given = staff_of(request, *SERVES), read(request, Saying)
        text = clean_text(given.text, most=MOST_CHARACTERS)
        forbidden.check(text, charter=desk.charter)
        said = {"agent": staff.job_number, "text": text, "client_id": given.id, "at": desk.clock()}
        seq = await desk.log.change(desk.takeovers.say, conversation=conversation, **said)
        desk.hub.stops_typing(conversation=conversation, who=Speaker.AGENT)
        return json_response({"seq": seq}, status=201)

    @served.post("/<conversation:str>/notes")
    async def note(request: Request, conversation: str) -> HTTPResponse:
        """For colleagues only."""
        staff, given = staff_of(request, *SERVES), read(request, Noting)
        noted = {"agent": staff.job_number, "text": given.text, "at": desk.clock()}
        await desk.log.change(desk.takeovers.note, conversation=conversation, **noted)
        return empty(status=201)

    @served.post("/<conversation:str>/read")
    async def read_up_to(request: Request, conversation: str) -> HTTPResponse:
        staff_of(request, *SERVES)
        seq = read(request, Reading).seq
        await desk.log.change(desk.peers.has_read, conversation=conversation, by=Speaker.AGENT, seq=seq)
        return empty()

    @served.post("/<conversation:str>/typing")
    async def typing(request: Request, conversation: str) -> HTTPResponse:
        staff = staff_of(request, *SERVES)
        takeover = await desk.threads(desk.takeovers.of, conversation=conversation)
        takeover.check_held(agent=staff.job_number)
        desk.hub.types(conversation=conversation, who=Speaker.AGENT)
        return empty()

    return served
