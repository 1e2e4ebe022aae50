"""登记办理: where, whom to call, read back, filed; the clock starts when the materials are complete (R1.13)."""

from __future__ import annotations

import re
from typing import Any

from actions import binding, contact, phone, spoken, where
from actions.answers import Answers
from actions.filing import FileAction, not_accepted
from actions.floor import Floor
from actions.form import Form
from actions.order import KIND_OF_INTENT, process_named
from actions.parts import Parts
from actions.read_back import Confirm, ReadBack, WhichPartIsWrong
from backend.client import Receipt, Report
from backend.domain.charter import Charter
from backend.domain.vocabulary import OrderKind, Service, TicketType

_AT_A_PLACE = frozenset({OrderKind.INSTALL, OrderKind.RELOCATE, OrderKind.SUSPEND})
_TAKING_BACK = re.compile(r"不对|不是|说错|错了|搞错|弄错|改成|改为")
_DENIED = re.compile(r"不是.{0,6}?(?=[，,。\s]|是|$)")


def kind(floor: Floor) -> OrderKind:
    return OrderKind(floor.recall("order_kind"))


class AskWhere(where.AskAddress):
    """Only where the order is done at a place; a removal is asked where to."""

    def open(self, floor: Floor) -> bool:
        return kind(floor) in _AT_A_PLACE and super().open(floor)

    def ask(self, floor: Floor, *, again: bool) -> None:
        if kind(floor) is OrderKind.RELOCATE and not floor.recall("contact_address"):
            floor.say("utter_new_address_wanted_again" if again else "utter_new_address_wanted")
        else:
            super().ask(floor, again=again)


def another_kind(floor: Floor, charter: Charter) -> bool:
    """不是装，是移机. Without 不是 it is a question about another business."""
    turn = floor.turn
    if not _TAKING_BACK.search(turn.text):
        return False
    named = process_named(
        _DENIED.sub("", turn.text), {k: charter.processes[k] for k in OrderKind if k in charter.processes}
    )
    said = OrderKind(named.key) if named else KIND_OF_INTENT.get(turn.intent)
    if said in {None, kind(floor)}:
        return False
    floor.remember(order_kind=said)
    return True


class OrderReadBack(ReadBack):
    topic = "order"
    which_part = "utter_order_which_part_is_wrong"

    def read(self, floor: Floor) -> None:
        address, wished = floor.recall("contact_address"), floor.recall("contact_wished_time")
        details = (
            f"{'新地址' if kind(floor) is OrderKind.RELOCATE else '地址'} {address}"
            if address and kind(floor) in _AT_A_PLACE
            else "",
            f"电话 {spoken.phone(floor.recall('contact_phone'))}",
            f"希望时间 {wished['text']}" if wished else "",
        )
        floor.say("utter_order_read_back", order=label(floor, self.charter), details="；".join(filter(None, details)))

    def adds(self, floor: Floor) -> bool:
        return another_kind(floor, self.charter)

    def puts_right(self, floor: Floor) -> bool:
        return another_kind(floor, self.charter) or super().puts_right(floor)


def label(floor: Floor, charter: Charter) -> str:
    return charter.processes[kind(floor)].label


class OrderForm(Form):
    form = "order_form"
    files = True

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        read_back = OrderReadBack(parts.charter)
        self.questions = (
            AskWhere(parts.charter),
            phone.AskPhone(parts.charter),
            WhichPartIsWrong(read_back),
            Confirm(read_back),
        )

    def begin(self, floor: Floor) -> None:
        opening, turn = floor.recall("form_opening"), floor.turn
        floor.forget("order_wrong_part")
        floor.remember(order_kind=opening["order_kind"])
        if kind(floor) is OrderKind.RELOCATE and not turn.entity("address"):
            # The address that is known is the one to move from.
            contact.forget(floor, "contact_address")
        floor.say("utter_order_begun", order=label(floor, self.parts.charter))

    def listen(self, floor: Floor) -> None:
        contact.listen(floor, self.parts.charter)

    def summary(self, floor: Floor) -> str:
        return f"办理{label(floor, self.parts.charter)}：{super().summary(floor)}"


class FileOrder(FileAction):
    action = "action_file_order"
    accepted = "utter_order_accepted"

    def report(self, floor: Floor) -> Report:
        named = floor.turn.entity("service")
        return self.report_of(
            floor,
            ticket_type=TicketType.ORDER,
            subject=kind(floor),
            service=Service(named) if named else None,
            description=f"{label(floor, self.parts.charter)}：{floor.recall('form_opening')['text']}",
        )

    def bind_first(self, floor: Floor, report: Report) -> None:
        binding.begin(floor, of={"phone": report.contact_phone}, then=self.action)

    def _opening(self, receipt: Receipt) -> str:
        return "utter_order_area_not_open" if not_accepted(receipt) else super()._opening(receipt)

    def tell_more(self, floor: Floor, receipt: Receipt) -> bool:
        if not_accepted(receipt):
            return False
        if papers := self.parts.charter.papers(ticket_type=TicketType.ORDER, subject=kind(floor)):
            floor.say("utter_order_waits_for_papers", papers="、".join(papers))
        return False

    def facts(self, floor: Floor) -> dict[str, Any]:
        return {"materials": "、".join(self.parts.charter.processes[kind(floor)].materials)}
