"""报障: what is broken, a check that may settle it on the spot, where, whom to call, read back, filed."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

from actions import (
    account,
    codes,
    commitment,
    contact,
    danger,
    fee,
    known_already,
    order,
    phone,
    progress,
    second_place,
    services,
    where,
)
from actions.answers import Answers
from actions.fault_kinds import (
    ALREADY_TRIED,
    KIND_OF_INTENT,
    SELF_CHECKS,
    SERVICE_OF_KIND,
    WANTS_NO_CHECK,
    kind,
    same_service,
)
from actions.fault_questions import AskKind, AskService, FaultReadBack, add_symptom, take_kind
from actions.filing import FileAction
from actions.floor import Floor
from actions.form import Form
from actions.parts import Parts
from actions.read_back import Confirm, WhichPartIsWrong
from actions.self_check import OfferSelfCheck, only_at_a_loss, settle
from actions.turn import NOT_UNDERSTOOD, PROGRESS_ASKED
from actions.wished_time import happens
from backend.client import Report
from backend.domain.labels import FAULT_LABELS
from backend.domain.vocabulary import FaultKind, Service, TicketType

# 电视自己好了, said at any question.
_BACK_BY_ITSELF = re.compile(
    r"(?:电视|信号|宽带|网|机顶盒|遥控器?|画面).{0,6}(?:自己|又|已经|突然)?(?:好了|来了|恢复了|正常了)"
)
# Down for a whole street, or a danger in it: nobody's door is looked for.
_OF_A_PLACE = frozenset({FaultKind.AREA, FaultKind.DANGER})
# 还是不行, 我一个老太婆不会弄: said of the fault in hand, for which somebody comes anyway.
_MORE_OF_IT = frozenset({"return_visit_unsatisfied", "report_key_customer_or_special"})


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
            where.AskAddress(parts.charter, door=lambda floor: kind(floor) not in _OF_A_PLACE),
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
        elif self._needs_no_check(floor):
            floor.remember(fault_self_check=len(SELF_CHECKS.get(kind(floor), ())))
        floor.forget("complaint_repair")
        if not self._offered(floor):
            self._decline(floor)
        elif code := next((each for each in self.parts.charter.error_codes if each.code in floor.turn.text), None):
            floor.say("utter_error_code", code=code.code, meaning=code.meaning)
        elif kind(floor) is not FaultKind.DANGER:
            floor.say(f"utter_fault_heard_{kind(floor)}")
            if second_place.note_other_service(floor):
                floor.say("utter_several_matters_noted")
        if not floor.recall("form_outcome") and contact.ASKS_COST.search(floor.turn.text):
            fee.tell_repair_visit(floor, self.parts)

    def _needs_no_check(self, floor: Floor) -> bool:
        text = floor.turn.text
        return bool(ALREADY_TRIED.search(text) or WANTS_NO_CHECK.search(text)) or self._repaired_before(floor)

    def _repaired_before(self, floor: Floor) -> bool:
        """Whether the customer has complained of this service's repairs, or says that it came back."""
        told = floor.recall("complaint_repair")
        kind_told = KIND_OF_INTENT.get(told["intent"]) if told else None
        of_this = kind_told and SERVICE_OF_KIND.get(kind_told) == floor.recall("fault_service")
        return bool(of_this or floor.recall("form_opening").get("repaired_before"))

    def listen(self, floor: Floor) -> None:
        if not floor.turn.asked and second_place.set_apart(floor):
            floor.say("utter_several_matters_noted")
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

    def _serve_others(self, floor: Floor) -> None:
        if floor.turn.asked and (second_place.set_apart(floor) or second_place.each_its_own(floor)):
            floor.say("utter_other_matter_noted")
        super()._serve_others(floor)

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
            if floor.turn.intent == PROGRESS_ASKED["intent"] and progress.asks_when(floor.turn.text):
                floor.turn = replace(floor.turn, intent="ask_commitment")  # of the visit that is being reported for
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
