"""What jambonz posts, read; its signature, checked.

The header is `t=<seconds>,v1=<hex>`: HMAC-SHA256 of `<seconds>.<body>` with the secret of the webhook.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.channels.hotline.calls import Alternative, Call, Heard, Keys, Silence, Speech, Trouble, caller_phone
from bot.channels.hotline.verbs import LEAST_CONFIDENCE
from bot.channels.webchat import json_object, plain_id
from bot.errors import NotAllowed, WrongFields

SIGNATURE: Final = "Jambonz-Signature"
TOLERANCE: Final = 300  # seconds between its clock and ours
TAG: Final = "shouwen_call"  # what we give a call that we place, and get back with each webhook of it
MOST_ALTERNATIVES: Final = 5


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """`ahead`: how many are served first, None where it is not told; `seconds` in the queue."""

    ahead: int | None
    seconds: int


def signature(*, body: bytes, secret: str, at: datetime) -> str:
    """The header for a body that is sent now."""
    seconds = str(int(at.timestamp()))
    return f"t={seconds},v1={_digest(seconds, body, secret)}"


def check(*, header: str | None, body: bytes, secret: str, now: datetime) -> None:
    """Raises NotAllowed: nothing is read of what is not signed, or was signed long ago."""
    given = dict(part.strip().partition("=")[::2] for part in (header or "").split(","))
    seconds = given.get("t", "")
    if not (seconds.isascii() and seconds.isdigit() and abs(now.timestamp() - int(seconds[:12])) <= TOLERANCE):
        raise NotAllowed
    if not hmac.compare_digest(given.get("v1", "").encode(), _digest(seconds, body, secret).encode()):
        raise NotAllowed


def _digest(seconds: str, body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()


def call_of(body: bytes) -> tuple[Call, dict[str, Any]]:
    """The call and all that is told of it. Raises NotJson, WrongFields."""
    told = json_object(body)
    other = "to" if told.get("direction") == "outbound" else "from"
    call = Call(id=plain_id(told, "call_sid"), phone=caller_phone(told.get(other)), placed=_placed(told))
    return call, told


def _placed(told: Mapping[str, Any]) -> str | None:
    """It writes the names of what it posts with underscores, but leaves this one and what it holds alone."""
    tag = next((told[name] for name in ("customerData", "customer_data") if name in told), None)
    ours = tag.get(TAG) if isinstance(tag, Mapping) else None
    return ours if isinstance(ours, str) else None


def heard(told: Mapping[str, Any]) -> Heard:
    """Raises WrongFields."""
    match told.get("reason"):
        case "speechDetected":
            return speech(_alternatives(told))
        case "stt-low-confidence":
            return Speech(alternatives=_alternatives(told), clear=False)
        case "dtmfDetected" if isinstance(told.get("digits"), str) and told["digits"]:
            return Keys(digits=told["digits"])
        case "timeout":
            return Silence()
        case "error":
            return Trouble()
    raise WrongFields(what="“reason” 不是约定的一种")


def speech(alternatives: tuple[Alternative, ...]) -> Speech:
    """Some recognisers give 0 for what they don't rate: that is no doubt."""
    best = alternatives[0].confidence if alternatives else None
    return Speech(alternatives=alternatives, clear=not best or best >= LEAST_CONFIDENCE)


def waiting(told: Mapping[str, Any]) -> Waiting | None:
    """Of one who stands in the queue; None of a call that waits for an answer. Raises WrongFields."""
    if "queue_sid" not in told:
        return None
    ahead = number(told, "queue_position") if "queue_position" in told else None
    return Waiting(ahead=ahead, seconds=number(told, "queue_time"))


def number(told: Mapping[str, Any], name: str) -> int:
    """Raises WrongFields."""
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise WrongFields(what=f"“{name}” 应是一个数")
    return value


def _alternatives(told: Mapping[str, Any]) -> tuple[Alternative, ...]:
    said = told.get("speech")
    listed = said.get("alternatives") if isinstance(said, Mapping) else None
    return tuple(
        Alternative(text=each["transcript"], confidence=_confidence(each.get("confidence")))
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, Mapping) and isinstance(each.get("transcript"), str)
    )[:MOST_ALTERNATIVES]


def _confidence(given: object) -> float | None:
    known = isinstance(given, int | float) and not isinstance(given, bool)
    return min(max(float(given), 0.0), 1.0) if known else None  # type: ignore[arg-type]
