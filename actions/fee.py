"""资费: what is on file is told with its source and date; what is not is said to be not on file, and can be asked."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import order, services, spoken
from actions.answers import Answer
from actions.contact import ASKS_COST
from actions.fault_kinds import broken
from actions.floor import Floor
from actions.parts import Parts
from backend.domain.posted import Fee

# Things with a price that a customer may name and a charter may leave out.
_SOLD = ("盒", "卡", "遥控", "光猫", "路由", "套餐", "宽带", "网费", "频道", "会员", "专网", "发票", "押金", "违约金")
_SPEED = re.compile(r"([\d零一二两三五六百千]+)\s*(?:兆|[Mm])")
_BARE_TV = re.compile(
    r"(?:就是?|那个|问|看)?(?:有线|数字)?电视的?(?:呢|费用|多少钱|价钱|怎么收费?|收多少)?[啊呀吧？?。]*"
)
_INSISTS = re.compile(r"[我是]问的?是|我问|没回答|没说")
_NOT_MEANT = re.compile(r"[，,。！! ]*不是[^，,。！!？?]*")
_MOST = 3
_NAMED = 7


def named_fees(text: str, fees: tuple[Fee, ...]) -> list[Fee]:
    """The fees whose name stands in the text, the most exact first; a name within a longer name does not count."""
    hits = _hits(text, fees)
    exact = [key for key, hit in hits.items() if not any(hit != other and hit in other for other in hits.values())]
    return [fee for key in sorted(exact, key=lambda key: -len(hits[key])) for fee in fees if fee.key == key]


def _hits(text: str, fees: tuple[Fee, ...]) -> dict[str, str]:
    said = (text, text.replace("有线", ""))  # 看有线电视 is 看电视
    names = {
        fee.key: [name for name in (*fee.aliases, fee.label) if any(name in each for each in said)] for fee in fees
    }
    return {key: max(found, key=len) for key, found in names.items() if found}


def _unknown_thing(text: str, fees: tuple[Fee, ...]) -> bool:
    """Whether a thing, or a speed, is named that no fee on file speaks of."""
    covered = "".join(_hits(text, fees).values())
    if set(_SPEED.findall(text)) - set(_SPEED.findall("".join(fee.text for fee in fees))):
        return True
    return any(word in text and word not in covered for word in _SOLD)


def told(fee: Fee) -> str:
    return f"{fee.text}（{spoken.source(fee)}，以营业厅最新公示为准）。"


def _fee(floor: Floor, parts: Parts) -> None:
    text, fees = floor.turn.text, parts.charter.fees
    if services.declines(floor, parts.charter):
        return
    named = named_fees(text, fees)[:_MOST]
    if not named and _BARE_TV.fullmatch(text):
        named = [fee for fee in fees if fee.key == "viewing"]  # 有线电视, for 哪一项的价钱
    if broken(text) and (visit := _repair_visit(fees)):
        named = [visit]  # 宽带断了，来修多少钱
    words = "" if named or _unknown_thing(text, fees) else _words_in_hand(floor, parts)
    if words:
        text, named = f"{words}；{text}", named_fees(words, fees)[:_MOST]
        order.offer_stands(floor)
    order.offer_wished(floor, parts.charter)
    priced = [fee for fee in named if fee.price is not None]
    unpriced = [fee for fee in named if fee.price is None]
    if priced and not unpriced and not _unknown_thing(text, fees):
        floor.say("utter_fee", fees="".join(told(fee) for fee in priced))
    elif unpriced:
        _without_amount(floor, unpriced, asked=text)
    elif words or _unknown_thing(text, fees) or not fees:
        _not_on_file(floor, parts, asked=text)
    elif _repairing(floor):
        _tell_visit(floor, parts)
    else:
        floor.remember(awaited_answer="ask_fee")
        if floor.turn.active_form:
            floor.say("utter_which_fee_in_form")
        else:
            floor.say("utter_which_fee", fees="、".join([fee.aliases[0] for fee in fees if fee.aliases][:_NAMED]))


def _words_in_hand(floor: Floor, parts: Parts) -> str:
    """多少钱, of the business that was just talked about: the words for it that name a fee, or what has none. To move
    broadband costs what moving costs, to install it what it costs itself."""
    processes = dict(parts.charter.processes)
    in_hand = processes.get(order.in_hand(floor, parts.charter) or "")
    process = order.process_named(floor.turn.text, processes) or in_hand
    if process is None:
        return ""
    fees, said, own = parts.charter.fees, order.words_in_hand(floor), (process.label, *process.aliases)
    if process.key not in order.OF_A_SERVICE:
        return next((words for words in own if named_fees(words, fees)), process.label)
    if _unknown_thing(said, fees):
        return said
    return next((words for words in (said, *own) if named_fees(words, fees)), "")


def ask_again(floor: Floor, parts: Parts) -> bool:
    """停了还收钱吗, 我问的是移机费: the price of the business just told about, whatever else it sounds like."""
    turn = floor.turn
    insists = _INSISTS.search(turn.text) and named_fees(turn.text, parts.charter.fees)
    costs = insists or (ASKS_COST.search(turn.text) and order.is_in_hand(floor, parts.charter))
    if turn.active_form or turn.intent == "ask_fee" or not costs or not order.may_be_of_it(turn):
        return False
    floor.turn = replace(turn, text=_NOT_MEANT.sub("", turn.text))
    _fee(floor, parts)
    floor.turn = turn
    return True


def _repairing(floor: Floor) -> bool:
    """要不要钱, said while or after a fault is reported, asks what the repair costs; so does 修这个要好多钱."""
    at_it = floor.turn.active_form == "fault_form" or bool(floor.recall("progress_ticket_number"))
    return at_it or "修" in floor.turn.text


def _tell_visit(floor: Floor, parts: Parts) -> None:
    if visit := _repair_visit(parts.charter.fees):
        floor.say("utter_fee", fees=told(visit))
    else:
        _not_on_file(floor, parts, asked=floor.turn.text)


def _repair_visit(fees: tuple[Fee, ...]) -> Fee | None:
    return next((fee for fee in fees if fee.key == "repair_visit"), None)


def tell_repair_visit(floor: Floor, parts: Parts) -> None:
    """What the visit costs, asked in the same breath as the report."""
    visit = _repair_visit(parts.charter.fees)
    if visit and visit.price is not None:
        floor.say("utter_fee", fees=told(visit))
    else:
        floor.say("utter_not_on_file_in_form", hotline=parts.charter.operator.hotline)


def _without_amount(floor: Floor, fees: list[Fee], *, asked: str) -> None:
    """The item or the policy is posted, its amount is not."""
    told = "".join(f"{fee.text}。" for fee in fees)
    if floor.turn.active_form:
        floor.say("utter_as_said", text=told)
        return
    floor.remember(question_text=asked)
    floor.say("utter_policy_without_amount", policy=told)


def _not_on_file(floor: Floor, parts: Parts, *, asked: str) -> None:
    if floor.turn.active_form:
        floor.say("utter_not_on_file_in_form", hotline=parts.charter.operator.hotline)
        return
    floor.remember(question_text=asked)
    floor.say("utter_not_on_file")


def _concession(floor: Floor, parts: Parts) -> None:
    concessions = [fee for fee in parts.charter.fees if "concession" in fee.key]
    if concessions:
        _without_amount(floor, concessions, asked=floor.turn.text)
    else:
        _not_on_file(floor, parts, asked=floor.turn.text)


ANYWHERE: dict[str, Answer] = {
    "ask_fee": _fee,
    "ask_concession": _concession,
}
