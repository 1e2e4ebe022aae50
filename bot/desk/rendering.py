"""Conversations, messages and audit rows as the desk's page reads them. Phones are masked."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from backend.domain.vocabulary import Channel
from bot.channels import webchat
from bot.conversations.messages import Message, Obstacle
from bot.conversations.presence import Seat
from bot.conversations.takeover import Takeover
from bot.desk import sayings
from bot.desk.cards import Card, Event

SHOWN: Final = 80  # characters of what was said last
REASONS: Final = {
    "request_human": "客户要求人工",
    "misunderstood": "连续两次没听懂",
    "major_complaint": "重大投诉",
    "silence": "电话里一直没有声音",
}
PUSHED: Final = frozenset({Channel.WECHAT})
OBSTACLES: Final[Mapping[Obstacle, str]] = {
    Obstacle.LEFT: "客户已取消关注",
    Obstacle.CLOSED: "客户超过 48 小时没有来消息，微信不让再发",
    Obstacle.USED_UP: "客户上次来消息后可发的条数已用完",
    Obstacle.AWAY: "微信暂时连不上，正在重发",
}


def card(given: Card) -> dict[str, Any]:
    return {
        **_state(given.takeover),
        "channel": given.channel.value,
        "phone": masked_phone(given.phone),
        "created_at": moment(given.created_at),
        "last": _last(given.last),
        "last_seq": given.last_seq,
        "unread": given.unread,
        "read": {"agent": given.agent_read, "customer": given.customer_read},
        "delivery": _delivery(given),
        "ahead": given.ahead,
        "minutes": given.minutes,
        "change": given.changed,
    }


def _delivery(given: Card) -> dict[str, Any] | None:
    """Up to which seq all has arrived, and why no more; None: the customer's page fetches it."""
    if given.channel not in PUSHED:
        return None
    return {"up_to": given.delivered, "obstacle": OBSTACLES[given.obstacle] if given.obstacle else None}


def _state(takeover: Takeover) -> dict[str, Any]:
    return {
        "conversation": takeover.conversation,
        "kind": "call" if takeover.by_phone else "chat",
        "state": takeover.state.value,
        "version": takeover.version,
        "agent": takeover.agent,
        "owner": takeover.owner,
        "last_agent": takeover.last_agent,
        "wanted": takeover.wanted,
        "team": takeover.team,
        "wanted_until": moment(takeover.wanted_until),
        "reason": takeover.reason,
        "reason_text": REASONS.get(takeover.reason or "", takeover.reason),
        "queued_at": moment(takeover.queued_at),
        "held_at": moment(takeover.held_at),
        "waiting_since": moment(takeover.waiting_since),
        "quiet_since": moment(takeover.quiet_since),
        "nudged_at": moment(takeover.nudged_at),
        "reminded_at": moment(takeover.reminded_at),
    }


def message(given: Message, understood: dict[str, object] | None = None) -> dict[str, Any]:
    """As the chat shows it and, of a customer's, what the assistant made of it."""
    shown = webchat.render(given)
    return shown | {"understood": understood} if understood else shown


def without_customer(shown: dict[str, Any]) -> dict[str, Any]:
    """A message as `message` renders it, without phones, long numbers and houses."""
    masked = shown | {"text": sayings.masked(shown["text"])}
    if understood := shown.get("understood"):
        masked["understood"] = understood | {
            "entities": [each | {"value": sayings.masked(each["value"])} for each in understood.get("entities") or ()]
        }
    return masked


def event(given: Event) -> dict[str, Any]:
    return {
        "at": moment(given.at),
        "act": given.act.value,
        "who": given.who,
        "why": REASONS.get(given.why or "", given.why),
        "agent": given.agent,
        "seconds": given.seconds,
    }


def seat(given: Seat) -> dict[str, Any]:
    return {"agent": given.agent, "until": moment(given.until), "capacity": given.capacity, "team": given.team}


def masked_phone(e164: str | None) -> str | None:
    """138****1234."""
    if e164 is None:
        return None
    national = e164.removeprefix("+86")
    return f"{national[:3]}****{national[-4:]}"


def moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="milliseconds") if at else None


def _last(given: Message | None) -> dict[str, Any] | None:
    if given is None:
        return None
    return {
        "seq": given.seq,
        "from": given.speaker.value,
        "text": sayings.masked(given.text)[:SHOWN],
        "at": moment(given.at),
    }
