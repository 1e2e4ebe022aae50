"""报障: what is broken, a check that may settle it on the spot, where, whom to call, read back, filed."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from actions import account, codes, commitment, contact, danger, fee, known_already, order, phone, services, spoken
from actions.answers import Answers
from actions.fault_kinds import (
    ALREADY_TRIED,
    KIND_OF_INTENT,
    SELF_CHECKS,
    SERVICE_OF_KIND,
    corrected_kind,
    kind,
    same_service,
)
from actions.filing import FileAction
from actions.floor import Floor
from actions.form import Form
from actions.parts import Parts
from actions.read_back import Confirm, ReadBack, WhichPartIsWrong
from actions.self_check import OfferSelfCheck, only_at_a_loss, settle
from actions.turn import NOT_UNDERSTOOD
from actions.wished_time import happens
from backend.client import Report
from backend.domain.charter import Charter
from backend.domain.labels import FAULT_LABELS
from backend.domain.vocabulary import FaultKind, Service, TicketType

_TAKING_BACK = re.compile(r"不对|不是|说错|错了|搞错|弄错|改")
# 电视自己好了, said at any question.
_BACK_BY_ITSELF = re.compile(
    r"(?:电视|信号|宽带|网|机顶盒|遥控器?|画面).{0,6}(?:自己|又|已经|突然)?(?:好了|来了|恢复了|正常了)"
)
# 还是不行, 我一个老太婆不会弄: said of the fault in hand, for which somebody comes anyway.
_MORE_OF_IT = frozenset({"return_visit_unsatisfied", "report_key_customer_or_special"})


class AskService:
    """A whole building or street is down: which of the services?"""

    slot = "fault_service"

    def __init__(self, charter: Charter) -> None:
        self._charter = charter

    def open(self, floor: Floor) -> bool:
        return floor.recall("fault_service") is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say(
            "utter_service_wanted_again" if again else "utter_service_wanted",
            buttons=services.usual_faults(self._charter),
            services=services.named(services.offered(self._charter)),
        )

    def take(self, floor: Floor) -> bool:
        named = floor.turn.entity("service")
        of_kind = SERVICE_OF_KIND.get(KIND_OF_INTENT.get(floor.turn.intent, FaultKind.AREA))
        if not (named or of_kind):
            return False
        floor.remember(fault_service=named or of_kind)
        return True


class FaultReadBack(ReadBack):
    topic = "fault"
    which_part = "utter_which_part_is_wrong"
    parts = (*ReadBack.parts, "fault_kind")

    def read(self, floor: Floor) -> None:
        wished = floor.recall("contact_wished_time")
        first = known_already.LOOK_FIRST if known_already.may_be_unpaid(floor) else None
        floor.say(
            "utter_fault_read_back_with_time" if wished else "utter_fault_read_back",
            buttons=[first] if first else (),
            choices=f"也可以说，{first}。" if first else "",
            fault=FAULT_LABELS[kind(floor)],
            address=floor.recall("contact_address"),
            phone=spoken.phone(floor.recall("contact_phone")),
            wished=wished["text"] if wished else "",
        )

    def corrects(self, floor: Floor) -> bool:
        return correct_kind(floor)

    def adds(self, floor: Floor) -> bool:
        """不对，是画面卡: another fault than the one read back. Without 不对 it is another matter."""
        said = KIND_OF_INTENT.get(floor.turn.intent)
        taken_back = same_service(floor) or _TAKING_BACK.search(floor.turn.text) is not None
        return said is not None and said is not kind(floor) and taken_back and take_kind_anew(floor)

    def puts_right(self, floor: Floor) -> bool:
        if correct_kind(floor):
            return True
        another_kind = floor.turn.intent in KIND_OF_INTENT and take_kind_anew(floor)
        return another_kind or super().puts_right(floor)


class AskKind:
    """Asked only when the customer takes back what was noted."""

    slot = "fault_kind"

    def __init__(self, charter: Charter) -> None:
        self._charter = charter

    def open(self, floor: Floor) -> bool:
        return floor.recall("fault_kind") is None

    def ask(self, floor: Floor, *, again: bool) -> None:
        services.ask_what_is_broken(floor, self._charter, again=again)

    def take(self, floor: Floor) -> bool:
        return take_kind(floor)


def take_kind(floor: Floor) -> bool:
    """A report names the kind; another report of the same service adds to the description."""
    said = KIND_OF_INTENT.get(floor.turn.intent)
    if said is None:
        return False
    known = floor.recall("fault_kind")
    if known is None or said is FaultKind.DANGER:
        floor.remember(fault_kind=said, fault_service=SERVICE_OF_KIND.get(said) or floor.turn.entity("service"))
    add_symptom(floor)
    return True


def add_symptom(floor: Floor) -> None:
    symptom, said_now = floor.recall("fault_symptom") or "", floor.turn.text
    if said_now not in symptom:
        floor.remember(fault_symptom=f"{symptom}；{said_now}" if symptom else said_now)


def take_kind_anew(floor: Floor) -> bool:
    floor.forget("fault_kind", "fault_service", "fault_symptom")
    return take_kind(floor)


def correct_kind(floor: Floor) -> bool:
    """不是没信号，是画面卡: the kind that was meant takes the place of the one noted."""
    said, noted = corrected_kind(floor.turn.text), kind(floor) if floor.recall("fault_kind") else None
    if said is None or said is noted or noted is FaultKind.DANGER or floor.turn.asks:
        return False
    floor.remember(fault_kind=said, fault_service=SERVICE_OF_KIND[said], fault_symptom=floor.turn.text)
    floor.say(f"utter_fault_heard_{said}")
    floor.forget("fault_wrong_part")
    if ALREADY_TRIED.search(floor.turn.text):
        floor.remember(fault_self_check=len(SELF_CHECKS.get(said, ())))
    else:
        floor.forget("fault_self_check")
    return True


class FaultForm(Form):
    form = "fault_form"
    files = True

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        read_back = FaultReadBack(parts.charter)
        self.questions = (
            AskKind(parts.charter),
            AskService(parts.charter),
            account.AskNumber(aside=True),
            account.AskDigits(aside=True),
            codes.AskCode(),
            known_already.KnownAlready(parts, ask_next=partial(self._ask_next, again=False)),
            OfferSelfCheck(parts.charter),
            contact.AskAddress(parts.charter),
            phone.AskPhone(parts.charter),
            WhichPartIsWrong(read_back),
            Confirm(read_back),
        )

    def begin(self, floor: Floor) -> None:
        floor.forget(
            "fault_kind", "fault_service", "fault_symptom", "fault_self_check", "fault_wrong_part", "fault_known"
        )

        if order.wants_as_well(floor) and order.take_up(floor):  # 电视也一起要
            self.leave(floor)
            return
        take_kind(floor)
        if floor.recall("fault_service") is None and len(offered := services.offered(self.parts.charter)) == 1:
            floor.remember(fault_service=offered[0])
        if kind(floor) is FaultKind.DANGER:
            danger.warn(floor, self.parts.charter)
        elif ALREADY_TRIED.search(floor.turn.text) or self._repaired_before(floor):
            floor.remember(fault_self_check=len(SELF_CHECKS.get(kind(floor), ())))
        floor.forget("complaint_repair")
        if not self._offered(floor):
            self._decline(floor)
        elif code := next((each for each in self.parts.charter.error_codes if each.code in floor.turn.text), None):
            floor.say("utter_error_code", code=code.code, meaning=code.meaning)
        elif kind(floor) is not FaultKind.DANGER:
            floor.say(f"utter_fault_heard_{kind(floor)}")
        if not floor.recall("form_outcome") and contact.ASKS_COST.search(floor.turn.text):
            fee.tell_repair_visit(floor, self.parts)

    def _repaired_before(self, floor: Floor) -> bool:
        """Whether the customer has complained of this service's repairs, or says that it came back."""
        told = floor.recall("complaint_repair")
        of_this = told and SERVICE_OF_KIND.get(KIND_OF_INTENT[told["intent"]]) == floor.recall("fault_service")
        return bool(of_this or floor.recall("form_opening").get("repaired_before"))

    def listen(self, floor: Floor) -> None:
        contact.listen(floor, self.parts.charter)
        account.listen(floor)
        if floor.turn.active_form != self.form or not floor.turn.asked:
            return
        if same_service(floor):
            take_kind(floor)
        if floor.turn.intent in _MORE_OF_IT or (floor.turn.entity("time") and happens(floor.turn.text)):
            add_symptom(floor)

    def other_matter(self, floor: Floor) -> bool:
        if floor.turn.intent in {account.ASKED["intent"], *_MORE_OF_IT}:  # it may be why the service is gone
            return False
        return super().other_matter(floor) or not same_service(floor)

    def keeps(self, floor: Floor) -> bool:
        """不查了 leaves the account, not the report; 先不报修 answers whether to file all the same."""
        asked, text = floor.turn.asked, floor.turn.text
        looking = asked in account.ASIDE or floor.turn.intent == "cancel"
        return (looking and "查" in text) or (asked == known_already.SLOT and "报修" in text)

    async def check(self, floor: Floor) -> None:
        if floor.turn.asked == codes.SLOT:
            await codes.check(floor, self.parts)
        elif floor.turn.intent == account.ASKED["intent"]:
            await account.know_own(floor, self.parts, floor.turn)

    def _hear(self, floor: Floor) -> None:
        if floor.turn.asked == codes.SLOT and self._hear_code(floor):
            return
        if floor.turn.intent == "return_visit_satisfied" and _BACK_BY_ITSELF.search(floor.turn.text):
            settle(floor)
            self._forward(floor)
        elif floor.turn.intent in NOT_UNDERSTOOD and commitment.tell_pledge(floor, self.parts):
            self._stall(floor)
        elif floor.turn.intent == "report_danger" and not only_at_a_loss(floor):
            danger.warn(floor, self.parts.charter)  # before whatever was asked
            self._forward(floor) if self._took_something(floor, known=floor.changes()) else self._stall(floor)
        else:
            super()._hear(floor)

    def _hear_code(self, floor: Floor) -> bool:
        """The answer to the question for the code, asked beside the report; False where it is none."""
        heard = floor.recall(codes.HEARD) or {}
        if heard.get("what") == "bound":
            codes.tell_right(floor)
            floor.forget(codes.WANTED)
        elif heard.get("what") in {"refused_for_good", "away"}:
            floor.say("utter_account_not_now")
            account.drop(floor)
        elif (floor.turn.intent != "cancel" or self.keeps(floor)) and account.goes_on(floor):
            pass
        elif heard:
            codes.tell_again(floor)
            self._stall(floor, ask=False)
            return True
        else:
            return False
        self._forward(floor)
        return True

    def _forward(self, floor: Floor, *, again: bool = False) -> None:
        if self._offered(floor):
            super()._forward(floor, again=again)
        else:
            self._decline(floor)

    def _offered(self, floor: Floor) -> bool:
        """A danger is everybody's, whatever the line is for."""
        of_a_danger = floor.recall("fault_kind") == FaultKind.DANGER
        return of_a_danger or floor.recall("fault_service") in {None, *self.parts.charter.operator.services}

    def _decline(self, floor: Floor) -> None:
        services.say_not_offered(floor, self.parts.charter)
        self.leave(floor)

    def summary(self, floor: Floor) -> str:
        label = FAULT_LABELS[kind(floor)] if floor.recall("fault_kind") else "种类待定"
        return f"报修：{label}，{floor.recall('fault_symptom')}"


class FileFault(FileAction):
    action = "action_file_fault"
    accepted = "utter_fault_accepted"

    def facts(self, floor: Floor) -> dict[str, Any]:
        return {"visit": self.parts.charter.wording.visit}

    def report(self, floor: Floor) -> Report:
        service = Service(floor.recall("fault_service"))
        return self.report_of(
            floor,
            ticket_type=TicketType.FAULT,
            subject=kind(floor),
            service=service if service in self.parts.charter.operator.services else None,
            description=f"{FAULT_LABELS[kind(floor)]}：{floor.recall('fault_symptom')}{known_already.note(floor)}",
        )
