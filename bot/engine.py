"""The client of the engine: one turn in, the messages to say out, every failure with its kind."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from pydantic import AwareDatetime, BaseModel, ValidationError

from backend.telemetry import CORRELATION_HEADER
from bot.conversations.messages import Bound, Button, Reply, Speaker, Turn

ENGINE_TIMEOUT: Final = 6.0  # seconds for one call, all in all: actions 4 < engine 6 < bot 8
ALIVE_TIMEOUT: Final = 1.5  # with the call still within the bot's own limit
TURN_PATH: Final = "/webhooks/shouwen/turn"
UNDERSTANDING_PATH: Final = "/webhooks/shouwen/understanding"
HEALTH_PATH: Final = "/webhooks/shouwen/"
ACTIONS_UNREACHABLE: Final = "actions_unreachable"  # the engine's word for it


class EngineFailure(Exception):
    """The engine gave no usable answer to this try. Never said to the customer: see bot.wording."""


class EngineUnreachable(EngineFailure):
    """Nobody is there, or nobody behind it; whatever the turn says, it would fare the same."""


class EngineTooSlow(EngineFailure):
    """It is there, but this turn was not answered in time."""


class EngineBroken(EngineFailure):
    """It answered with an error or with something that is no answer."""


class EngineSilent(EngineFailure):
    """It answered without a message: an action has failed inside. A repetition would give the same."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`intent` and `confidence` are for the logs and the desk; `handoff`: why a person goes on 转人工, if one does;
    `bound`: a phone that the turn has bound or unbound."""

    replies: tuple[Reply, ...]
    intent: str | None
    confidence: float | None
    handoff: str | None
    understood: Mapping[str, Any] = field(default_factory=dict)
    bound: Bound | None = None


class _Button(BaseModel):
    title: str
    payload: str


class _Message(BaseModel):
    text: str | None = None
    buttons: list[_Button] | None = None
    card: dict[str, Any] | None = None


class _Understood(BaseModel):
    intent: str | None = None
    confidence: float | None = None
    ranking: list[dict[str, Any]] = []
    entities: list[dict[str, Any]] = []


class _Handoff(BaseModel):
    reason: str | None = None


class _Bound(BaseModel):
    phone: str | None = None
    until: AwareDatetime | None = None


class _Problem(BaseModel):
    error: str


class _Body(BaseModel):
    messages: list[_Message]
    understood: _Understood | None = None
    handoff: _Handoff | None = None
    bound: _Bound | None = None


class EngineClient:
    def __init__(
        self,
        *,
        base_url: str,
        token: str,
        timeout: float = ENGINE_TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._timeout = timeout
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=timeout,
            transport=transport,
            trust_env=False,  # a proxy of the surroundings has no business with a private engine
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=16),
        )

    async def answer(self, *, turn: Turn, agents: Mapping[str, Any]) -> Answer:
        """The same turn again gives the same answer: the engine runs a message id once.

        Raises EngineUnreachable, EngineTooSlow, EngineBroken, EngineSilent.
        """
        try:
            async with asyncio.timeout(self._timeout):  # httpx only limits each read by itself
                response = await self._http.post(
                    TURN_PATH,
                    json=request_body(turn=turn, agents=agents),
                    headers={CORRELATION_HEADER: turn.correlation_id},
                )
        except (httpx.ConnectError, httpx.ConnectTimeout) as nobody:
            raise EngineUnreachable(repr(nobody)) from nobody
        except (TimeoutError, httpx.TimeoutException) as slow:
            raise await self._slow_or_gone() from slow
        except (httpx.HTTPError, httpx.InvalidURL) as broken:
            raise await self._broken_or_gone(type(broken).__name__) from broken
        return parse_answer(status=response.status_code, body=response.content)

    async def understanding(self, *, text: str, correlation_id: str) -> dict[str, Any]:
        """What a text means by itself: `intent`, `confidence`, `ranking`, `entities`. No conversation is touched.

        Raises EngineUnreachable, EngineTooSlow, EngineBroken.
        """
        headers = {CORRELATION_HEADER: correlation_id}
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._http.post(UNDERSTANDING_PATH, json={"text": text}, headers=headers)
        except (TimeoutError, httpx.TimeoutException) as slow:
            raise EngineTooSlow("understanding") from slow
        except httpx.HTTPError as broken:
            raise EngineUnreachable(type(broken).__name__) from broken
        try:
            understood: dict[str, Any] = _Understood.model_validate_json(response.content).model_dump()
        except ValidationError as wrong:
            raise EngineBroken("no understanding") from wrong
        if not response.is_success:
            raise EngineBroken(f"HTTP {response.status_code}")
        return understood

    async def alive(self) -> bool:
        try:
            async with asyncio.timeout(min(ALIVE_TIMEOUT, self._timeout)):
                return (await self._http.get(HEALTH_PATH)).is_success
        except (TimeoutError, httpx.HTTPError):
            return False

    async def close(self) -> None:
        await self._http.aclose()

    async def _slow_or_gone(self) -> EngineFailure:
        """A stopped process still accepts connections: only one that answers is there."""
        return EngineTooSlow("no answer in time") if await self.alive() else EngineUnreachable("no answer, no health")

    async def _broken_or_gone(self, what: str) -> EngineFailure:
        """Killed in the middle of the turn: the connection broke and nobody listens any more."""
        return EngineBroken(what) if await self.alive() else EngineUnreachable(what)


def request_body(*, turn: Turn, agents: Mapping[str, Any]) -> dict[str, object]:
    """`agents`: whether a person could go on with it now (`here`; a turn of the bot's own may know better), and who
    received the customer first (`owner`)."""
    return {
        "conversation": turn.conversation,
        "message_id": turn.message_id,
        "text": turn.text,
        "metadata": {
            **turn.details,
            "agents": {**agents, **turn.details.get("agents", {})},
            "channel": turn.channel,
            "phone": turn.phone,
            "phone_bound": turn.phone_bound,
            "accepted_at": turn.accepted_at.isoformat(),
            "correlation_id": turn.correlation_id,
            "turn": turn.number,
        },
    }


def _lacks_actions(body: bytes) -> bool:
    try:
        return _Problem.model_validate_json(body).error == ACTIONS_UNREACHABLE
    except ValidationError:
        return False


def parse_answer(*, status: int, body: bytes) -> Answer:
    """Raises EngineBroken, EngineSilent, EngineUnreachable."""
    if status == httpx.codes.SERVICE_UNAVAILABLE and _lacks_actions(body):
        raise EngineUnreachable(ACTIONS_UNREACHABLE)
    if status != httpx.codes.OK:
        raise EngineBroken(f"status {status}")
    try:
        said = _Body.model_validate_json(body)
    except ValidationError as rubbish:
        # Its text would quote the body, and with it what the customer said.
        raise EngineBroken(f"not an answer: {rubbish.error_count()} errors") from None
    replies = tuple(
        Reply(
            speaker=Speaker.BOT,
            text=message.text,
            buttons=tuple(Button(title=button.title, payload=button.payload) for button in message.buttons or ()),
            card=message.card,
        )
        for message in said.messages
        if message.text and message.text.strip()
    )
    if not replies:
        raise EngineSilent
    understood = said.understood or _Understood()
    return Answer(
        replies=replies,
        intent=understood.intent,
        confidence=understood.confidence,
        handoff=said.handoff.reason if said.handoff else None,
        understood=understood.model_dump(),
        bound=Bound(phone=said.bound.phone, until=said.bound.until) if said.bound else None,
    )
