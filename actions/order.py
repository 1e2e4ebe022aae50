"""业务办理: how it is done, all the materials at one time (R2.4), and the offer to register it now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions import services, spoken
from actions.answers import Answer
from actions.choices import CHOICES
from actions.fault_kinds import broken
from actions.floor import Floor
from actions.parts import Parts
from actions.turn import NOT_UNDERSTOOD, Turn
from backend.domain.charter import Charter
from backend.domain.clause import DISTRICT_LABELS
from backend.domain.posted import Process
from backend.domain.vocabulary import OrderKind, Service, TicketType

PROCESS_OF_INTENT = {
    "ask_process_install": "install",
    "ask_process_relocate": "relocate",
    "ask_process_suspend": "suspend",
    "ask_process_resume": "resume",
    "ask_process_transfer_owner": "transfer",
    "ask_process_pay": "pay",
    "ask_process_paid_channel": "paid_channel",
    "ask_process_broadband": "broadband",
}
KIND_OF_INTENT = {
    intent: OrderKind(process) for intent, process in PROCESS_OF_INTENT.items() if process in set(OrderKind)
}
# By what process the thing is done that was asked about in other words.
_HOW = {**PROCESS_OF_INTENT, "ask_concession": "concession"}
_NAMED_IN = frozenset({"ask_fee", "ask_materials", "ask_commitment"})
# A new line is laid by the installation; what is changed about a line that is there, is not.
_NEW_LINE = re.compile(r"装|拉|牵|通网|接网|开通|新开|新房|想[要办]|要办|了解|介绍|咨询")
_CHANGED_LINE = re.compile(r"提速|升级|[升降提]档|[换改转退销停]|续|合约|到期|密码|光猫|路由|取消|IP|专线|已经|原来")
# Businesses whose price is that of what is wished for.
OF_A_SERVICE = frozenset({"install", "broadband", "paid_channel", "pay"})
# 最长能停多久, of a business just told: what its process does not say.
_HOW_LONG = re.compile(r"多久|多长|最[长短多少]|几个?[月年]|期限")
_BARE_HOW = re.compile(
    r"(?:那么?|这个|那个|请问|具体|到底|我们?|要|想|得|该|应该|都|又|去|[，, ])*(?:怎么|怎样|咋个?|如何)"
    r"(?:样|去|才能)?(?:申请|申办|办理|办|弄|搞)(?:手续|一下|下来|呢|啊|呀|嘛|哦|的|法|[？?。！! ])*"
)
_SERVICE_OF_INTENT = {"ask_process_broadband": Service.BROADBAND, "ask_process_paid_channel": Service.TV}
_DETAILS = frozenset({"inform_phone", "inform_address", "inform_time", "inform_name"})
_NOT_NOW = frozenset({"deny", "cancel"})
_OVER = frozenset({"thanks", "goodbye", "dont_know"})
# 电视也一起要, said to an offer: more of the same, however it was understood.
_AS_WELL = re.compile(r"也(?:给我|帮我)?(?:一[起块道]|顺便)?[要装开办]|(?:一[起块道]|顺便)(?:给我|帮我)?[要装开办]")
_COUNTED = re.compile(r"(?<=[装办开拉])(?:一?[个部台条根下]|一(?=[^下]))")
_REGISTER = re.compile(r"登记|(?:现在|马上|那就|帮我|给我|我要|我想|可以)办|办吧|办一下")


def process_named(text: str, processes: dict[str, Process]) -> Process | None:
    """The process whose longest name stands in the text; 装一个宽带 is 装宽带."""
    said = _COUNTED.sub("", text)
    named = [(alias, process) for process in processes.values() for alias in (*process.aliases, process.label)]
    heard = [(alias, process) for alias, process in named if alias in text or alias in said]
    return max(heard, key=lambda pair: len(pair[0]), default=(None, None))[1]


def process_asked(said: Mapping[str, str], processes: dict[str, Process]) -> Process | None:
    """The process that a sentence of this intent asks about."""
    intent, text = said["intent"], said["text"]
    process = processes.get(PROCESS_OF_INTENT[intent]) or process_named(text, processes)
    if process is None and intent == "ask_process_broadband" and _NEW_LINE.search(text):
        install = processes.get(OrderKind.INSTALL)
        covers = install and not _CHANGED_LINE.search(text) and any("宽带" in alias for alias in install.aliases)
        return install if covers else None
    return process


def in_hand(floor: Floor, charter: Charter) -> str | None:
    """The key of the process that is being registered, was just talked about, or is still on offer."""
    if floor.turn.active_form == "order_form":
        return str(floor.recall("order_kind"))
    before = floor.turn.before or {"text": "", "intent": ""}
    if before["intent"] in PROCESS_OF_INTENT:
        process = process_asked(before, dict(charter.processes))
        return process.key if process else PROCESS_OF_INTENT[before["intent"]]
    if before["intent"] in _HOW:
        return _HOW[before["intent"]]
    offered = _on_offer(floor)
    return str(offered["kind"]) if offered else None


def is_in_hand(floor: Floor, charter: Charter) -> bool:
    return in_hand(floor, charter) in charter.processes


def may_be_of_it(turn: Turn) -> bool:
    """Whether a sentence so understood may ask about the business in hand: none that names another matter."""
    return turn.intent in NOT_UNDERSTOOD | PROCESS_OF_INTENT.keys() | {"nlu_offer", "correction", "ask_commitment"}


def words_in_hand(floor: Floor) -> str:
    """What the customer called the business that is in hand: 装个宽带 is more than an installation."""
    before = floor.turn.before
    if floor.turn.active_form == "order_form":
        return str(floor.recall("form_opening")["text"])
    if before and before["intent"] in _HOW:
        return str(before["text"])
    offered = _on_offer(floor)
    return str(offered["opening"]["text"]) if offered else ""


def _on_offer(floor: Floor) -> dict[str, Any] | None:
    return floor.recall("order_offered") if floor.turn.active_form is None else None


def offer_wished(floor: Floor, charter: Charter) -> None:
    """想装个宽带多少钱 wishes what it asks the price of."""
    text, active = floor.turn.text, floor.turn.active_form
    process = process_named(text, {kind: charter.processes[kind] for kind in OrderKind if kind in charter.processes})
    if process and active is None and any(f"{wish}{alias}" in text for wish in "想要" for alias in process.aliases):
        _offer(floor, process)


def offer_stands(floor: Floor) -> None:
    """The question that came between was of the business on offer: it is offered once more."""
    if offered := _on_offer(floor):
        floor.remember(order_offered={**offered, "fresh": True, "told": False})


def tell_how(floor: Floor, parts: Parts) -> bool:
    """怎么办理, and nothing more: how that is done which was just talked about. False where it is not that.

    With nothing in hand it means no business: what it is about is asked, or, in a form, the form's question again.
    """
    if not _BARE_HOW.fullmatch(floor.turn.text):
        return False
    before, processes = floor.turn.before, dict(parts.charter.processes)
    named = process_named(before["text"], processes) if before and before["intent"] in _NAMED_IN else None
    key = named.key if named else in_hand(floor, parts.charter)
    if key is None and not (before and before["intent"] in _NAMED_IN):
        if floor.turn.active_form is None:
            floor.say("utter_please_say")
        return True
    _tell(floor, parts, processes.get(key or ""))
    if before and key not in processes and floor.turn.active_form != "question_form":
        floor.remember(question_text=f"{before['text']}；{floor.turn.text}")  # for a person 怎么办 alone asks nothing
    return True


def _process(floor: Floor, parts: Parts) -> None:
    if services.declines(floor, parts.charter, of=_SERVICE_OF_INTENT.get(floor.turn.intent)):
        return
    said, turn = {"text": floor.turn.text, "intent": floor.turn.intent}, floor.turn
    process = process_asked(said, dict(parts.charter.processes))
    if process and _just_told(floor, parts, process) and turn.asks and _HOW_LONG.search(turn.text):
        floor.remember(question_text=f"{process.label}；{turn.text}")
        floor.say("utter_not_on_file")
    else:
        _tell(floor, parts, process)


def _materials(floor: Floor, parts: Parts) -> None:
    processes = dict(parts.charter.processes)
    process = process_named(floor.turn.text, processes) or processes.get(in_hand(floor, parts.charter) or "")
    if process is None:
        known = parts.charter.processes
        orders = {intent: known[kind].label for intent, kind in KIND_OF_INTENT.items() if kind in known}
        buttons = [CHOICES[intent] for intent in orders]
        floor.say("utter_which_process", buttons=buttons, processes="、".join(orders.values()))
    else:
        _tell_materials(floor, parts, process)


def _tell_materials(floor: Floor, parts: Parts, process: Process) -> None:
    """Of a process that was just told only what to bring; else all of it."""
    if not (_just_told(floor, parts, process) and process.materials):
        _tell(floor, parts, process)
        return
    floor.say("utter_process_materials", materials="、".join(process.materials), source=spoken.source(process))
    offer_stands(floor)


def _just_told(floor: Floor, parts: Parts, process: Process) -> bool:
    before = floor.turn.before
    return bool(before and before["intent"] in PROCESS_OF_INTENT and in_hand(floor, parts.charter) == process.key)


def _tell(floor: Floor, parts: Parts, process: Process | None) -> None:
    if process is None:
        floor.note_question()
        floor.say("utter_process_not_on_file", hotline=parts.charter.operator.hotline)
        return
    floor.say(
        "utter_process" if process.materials else "utter_process_without_materials",
        label=process.label,
        steps="；".join(process.steps),
        materials="、".join(process.materials),
        limits=_limits(process, parts.charter),
        source=spoken.source(process),
    )
    if process.key in set(OrderKind):
        _offer(floor, process)


def _limits(process: Process, charter: Charter) -> str:
    """R1.13: from when all is there."""
    clauses = [c for c in charter.commitments if c.concerns(matter=TicketType.ORDER, subject=process.key)]
    if not clauses or process.key not in set(OrderKind):
        return ""
    told = "，".join(f"{clause.label} {clause.limit.text}内{spoken.own_mark(clause.mark)}" for clause in clauses)
    return f"材料齐了就开始计时：{told}。"


def _offer(floor: Floor, process: Process) -> None:
    """In a form the offer waits until the matter in hand is done (`take_up_again`)."""
    in_hand = floor.turn.active_form
    if in_hand and floor.recall("order_kind") == process.key:
        return
    opening, known = floor.turn.as_noted(), floor.recall("order_offered")
    if known and known["kind"] == process.key:  # what was said with the wish is not asked for again
        first = known["opening"]
        opening = {**first, "entities": [*first["entities"], *opening["entities"]]}
    offer = {"kind": process.key, "label": process.label, "fresh": not in_hand, "opening": opening}
    before = floor.changes().get("order_offered")
    if before and before["fresh"] and not in_hand:  # two orders in one message are offered together
        offer = {**before, "more": [*before.get("more", ()), offer]}
    floor.remember(order_offered=offer)


def offer(floor: Floor) -> None:
    """Offer to register what this turn has told about; who leaves a number with the wish wants it registered."""
    offered = floor.recall("order_offered")
    if not offered or not offered["fresh"] or offered.get("told"):
        return
    floor.remember(order_offered={**offered, "told": True})
    if any(entity["name"] == "phone" for entity in offered["opening"]["entities"]):
        _begin(floor, offered)
    elif more := offered.get("more"):
        floor.say("utter_orders_offered", labels="、".join(each["label"] for each in (offered, *more)))
    else:
        floor.say("utter_order_offered")


def take_up(floor: Floor) -> bool:
    """The answer to the offer to register, where the turn is one."""
    offer, turn = floor.recall("order_offered"), floor.turn
    if not offer:
        return False
    fresh, text = offer["fresh"], turn.text
    registers = _REGISTER.search(text) is not None and not turn.asks
    again = KIND_OF_INTENT.get(turn.intent) == offer["kind"] and not turn.asks
    only = [each for each in offer.get("more", ()) if KIND_OF_INTENT.get(turn.intent) == each["kind"] and not turn.asks]
    if only:  # of several offered the customer wants this one
        offer, again = only[0], True
    yes = turn.affirms or turn.intent in _DETAILS or again or wants_as_well(floor) or text in DISTRICT_LABELS.values()
    if (fresh and (yes or (registers and turn.intent not in _NOT_NOW))) or (
        registers and (turn.affirms or turn.intent == "inform_phone")
    ):
        _begin(floor, offer)
        return True
    if fresh and turn.intent in _NOT_NOW:
        floor.forget("order_offered")
        floor.say("utter_order_not_now")
        return True
    if turn.intent in _OVER | _NOT_NOW:
        floor.forget("order_offered")
    else:
        floor.remember(order_offered={**offer, "fresh": False})
    return False


def wants_as_well(floor: Floor) -> bool:
    """电视也一起要: the answer to the offer to register, with more of it."""
    offered = floor.recall("order_offered")
    return bool(offered and offered["fresh"] and _AS_WELL.search(floor.turn.text) and not broken(floor.turn.text))


def take_up_again(floor: Floor) -> bool:
    """What was asked about in the middle of another matter is offered once more when that is done."""
    offer = floor.recall("order_offered")
    if not offer or offer.get("again"):
        return False
    floor.remember(order_offered={**offer, "fresh": True, "again": True, "told": True})
    labels = "、".join(each["label"] for each in (offer, *offer.get("more", ())))
    floor.say("utter_order_offered_again", label=labels)
    return True


def _begin(floor: Floor, offer: dict[str, Any]) -> None:
    """The wish opens the form; what is said with the answer to the offer is heard with it."""
    opening, now = offer["opening"], floor.turn.as_noted()
    text = opening["text"] if opening["text"] == now["text"] else f"{opening['text']}；{now['text']}"
    said = opening["entities"] if opening["text"] == now["text"] else [*opening["entities"], *now["entities"]]
    intent = now["intent"] if now["intent"] in _DETAILS else opening["intent"]  # 七里新区 gives an address
    more = [_matter(each, **each["opening"]) for each in offer.get("more", ())]
    floor.forget("order_offered")
    floor.remember(
        next_matters=[
            _matter(offer, **{**opening, "text": text, "intent": intent, "entities": said}),
            *more,
            *(floor.recall("next_matters") or ()),
        ]
    )
    floor.then("order_form")


def _matter(offer: dict[str, Any], **opening: Any) -> dict[str, Any]:
    return {**opening, "form": "order_form", "order_kind": offer["kind"]}


ANYWHERE: dict[str, Answer] = {
    **dict.fromkeys(PROCESS_OF_INTENT, _process),
    "ask_materials": _materials,
}
