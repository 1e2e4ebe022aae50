"""资费: what is on file is told with its source and date; what is not is said to be not on file, and can be asked."""

from __future__ import annotations

from actions.answers import Answer
from actions.floor import Floor
from actions.parts import Parts
from backend.domain.posted import Fee

# Things with a price that a customer may name and a charter may leave out.
_SOLD = ("盒", "卡", "遥控", "光猫", "路由", "套餐", "宽带", "网费", "频道", "会员", "专网", "发票", "押金", "违约金")
_MOST = 3


def named_fees(text: str, fees: tuple[Fee, ...]) -> list[Fee]:
    """The fees whose name stands in the text, the most exact first; a name within a longer name does not count."""
    hits = {fee.key: max((a for a in (*fee.aliases, fee.label) if a in text), key=len, default="") for fee in fees}
    found = [fee for fee in fees if hits[fee.key]]
    exact = [f for f in found if not any(hits[f.key] != hits[o.key] and hits[f.key] in hits[o.key] for o in found)]
    return sorted(exact, key=lambda fee: -len(hits[fee.key]))


def _told(fee: Fee) -> str:
    return f"{fee.text}（{fee.source}，{fee.as_of}{'，示例' if fee.sample else ''}，以营业厅最新公示为准）。"


def _fee(floor: Floor, parts: Parts) -> None:
    named = named_fees(floor.turn.text, parts.charter.fees)[:_MOST]
    known = [fee for fee in named if fee.price is not None]
    if known:
        floor.say("utter_fee", fees="".join(_told(fee) for fee in known))
    elif named:
        _not_on_file(floor, parts, what=f"{named[0].text}。")
    elif _names_a_thing(floor.turn.text):
        _not_on_file(floor, parts)
    elif floor.turn.active_form:
        floor.say("utter_which_fee_in_form")
    else:
        floor.say("utter_which_fee")


def _names_a_thing(text: str) -> bool:
    return any(word in text for word in _SOLD)


def _not_on_file(floor: Floor, parts: Parts, *, what: str = "") -> None:
    if floor.turn.active_form:
        floor.say("utter_not_on_file_in_form", what=what, hotline=parts.charter.operator.hotline)
        return
    floor.remember(question_text=floor.turn.text)
    floor.say("utter_not_on_file", what=what)


def _concession(floor: Floor, parts: Parts) -> None:
    named = [fee for fee in parts.charter.fees if "concession" in fee.key]
    if named:
        _not_on_file(floor, parts, what=f"{named[0].text}。")
    else:
        _not_on_file(floor, parts)


def _account(floor: Floor, parts: Parts) -> None:
    floor.remember(question_text=floor.turn.text)
    floor.say("utter_account_needs_proof", hotline=parts.charter.operator.hotline)


ANYWHERE: dict[str, Answer] = {
    "ask_fee": _fee,
    "ask_concession": _concession,
    "ask_arrears_or_balance": _account,
}
