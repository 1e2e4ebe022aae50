"""验证码: had sent to a phone and checked by the backend; what comes of it is heard by the form that asked for it."""

from __future__ import annotations

import re
from typing import Any

from actions.floor import Floor
from actions.parts import Parts
from actions.turn import Turn
from backend.client import BackendUnavailable, CodeSaid, CodeWish, Refused

NOT_BOUND = "phone_not_bound"
SLOT = "binding_code"
WANTED, HEARD = "binding_wanted", "binding_heard"
_SENT_BEFORE = "code_too_soon"  # the one of a minute ago may still be on its way
_MAY_BE_TRIED_AGAIN = frozenset({_SENT_BEFORE, "no_code_sent", "code_expired", "code_wrong", "code_used_up"})
_DIGITS = str.maketrans("零〇洞幺妖腰一二两三四五六七八九拐勾０１２３４５６７８９", "000111122345678979" + "0123456789")
_NUMBER = re.compile(r"\d(?:[\s,，、.。·\-]*\d)*")
_LENGTH = 6
_FEW_WORDS = 6  # 验证码是一二三四五
_AGAIN = re.compile(
    r"(?:没|未|木|冇)(?:有)?(?:收|来|得|看|见|短信|验证码)|收不到|不见(?:短信|验证码)|"
    r"(?:重|再|另|补)(?:新|给我|帮我)?(?:发|来一?[条个]|送)|过期|失效"
)
_AT_A_LOSS = re.compile(
    r"手机.{0,6}(?:不在|没在|丢|没电|坏|关机|停机|没带)|号.{0,4}(?:不用|换|停|销|没用)了|不是我的号|收不了短信"
)
_WHY = re.compile(r"为(?:什么|啥|何)|干(?:什么|嘛|啥)|凭什么|有必要|安全吗|骗|什么用|做什么")


def code_in(turn: Turn) -> str | None:
    """Six digits, typed or spoken; of several the last."""
    return next((said for said in reversed(_numbers(turn)) if len(said) == _LENGTH), None)


def _numbers(turn: Turn) -> list[str]:
    return [re.sub(r"\D", "", found) for found in _NUMBER.findall(turn.text.translate(_DIGITS))]


def is_no_code(turn: Turn) -> bool:
    """Digits, but not six, and hardly a word beside them."""
    words = re.sub(r"[\d\W]", "", turn.text.translate(_DIGITS))
    digits = [said for said in _numbers(turn) if len(said) >= _LENGTH // 2]
    return code_in(turn) is None and bool(digits) and len(words) <= _FEW_WORDS


def wants_again(turn: Turn) -> bool:
    return turn.intent == "resend_code" or _AGAIN.search(turn.text) is not None


def is_at_a_loss(turn: Turn) -> bool:
    return turn.intent in {"deny", "dont_know"} or _AT_A_LOSS.search(turn.text) is not None


def asks_why(turn: Turn) -> bool:
    return _WHY.search(turn.text) is not None


async def send(floor: Floor, parts: Parts, **to: str) -> None:
    """`to`: phone, ticket_number or account_number."""
    turn = floor.turn
    wish = CodeWish(
        conversation=turn.conversation,
        request_id=f"code {turn.accepted_at.isoformat()}",  # the same when the turn runs again
        **to,
    )
    try:
        sent = await parts.backend.send_code(wish, correlation_id=turn.correlation_id)
    except BackendUnavailable:
        floor.remember(binding_heard={"what": "away"})
    except Refused as refusal:
        floor.remember(binding_heard=_refused(refusal))
    else:
        floor.remember(binding_heard={"what": "sent", "tail": sent.tail, "minutes": sent.minutes})


async def check(floor: Floor, parts: Parts) -> None:
    """What the answer to the question for the code comes to; nothing where it holds neither code nor wish for one."""
    floor.forget(HEARD)
    turn = floor.turn
    if code := code_in(turn):
        await _say(floor, parts, code)
    elif wants_again(turn) and turn.intent not in {"cancel", "request_human", "report_danger"}:
        await send(floor, parts, **floor.recall(WANTED)["of"])


async def _say(floor: Floor, parts: Parts, code: str) -> None:
    turn = floor.turn
    said = CodeSaid(
        conversation=turn.conversation,
        request_id=f"code {turn.accepted_at.isoformat()}",
        channel=turn.channel,
        code=code,
    )
    try:
        bound = await parts.backend.check_code(said, correlation_id=turn.correlation_id)
    except BackendUnavailable:
        floor.remember(binding_heard={"what": "away"})
    except Refused as refusal:
        floor.remember(binding_heard=_refused(refusal))
    else:
        until = bound.until.isoformat()
        floor.remember(binding_heard={"what": "bound", "phone": bound.phone, "until": until})


def _refused(refusal: Refused) -> dict[str, Any]:
    what = "refused" if refusal.code in _MAY_BE_TRIED_AGAIN else "refused_for_good"
    return {"what": what, "message": refusal.message}


def tell_right(floor: Floor) -> None:
    heard = floor.recall(HEARD)
    floor.say("utter_code_right", bound={"phone": heard["phone"], "until": heard["until"]})


def tell_again(floor: Floor) -> None:
    """A code was not right, or another one is on its way."""
    heard = floor.recall(HEARD)
    if heard["what"] == "sent":
        floor.say("utter_code_resent", tail=heard["tail"], minutes=heard["minutes"])
    else:
        floor.say("utter_code_refused", reason=heard["message"])


class AskCode:
    """The question for the code; what it comes to has been found out by `check`, and is told by the form."""

    slot = SLOT

    def open(self, floor: Floor) -> bool:
        return floor.recall(WANTED) is not None

    def ask(self, floor: Floor, *, again: bool) -> None:
        heard = floor.recall(HEARD) or {}
        if heard.get("what") == "sent" and not again:
            floor.say("utter_code_sent", tail=heard["tail"], minutes=heard["minutes"])
        else:
            floor.say("utter_code_wanted_again")

    def take(self, floor: Floor) -> bool:
        """A code that was right is all that goes a step forward."""
        return (floor.recall(HEARD) or {}).get("what") == "bound"
