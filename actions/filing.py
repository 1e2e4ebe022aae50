"""Filing what a form has gathered: the ticket, its promise and its owner told – or kept, if the backend is away."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import codes, photo, promises, spoken
from actions.floor import Floor
from actions.form import form_of
from actions.order import take_up_again
from actions.parts import Parts
from actions.turn import Turn
from backend.client import BackendUnavailable, Receipt, Refused, Report
from backend.domain.vocabulary import QuestionKind, Service, TicketType
from backend.domain.written import takes_sms

log = structlog.get_logger()
_LONGEST = 2000  # characters of a description
_WISHES = "；希望："
OF_THE_MATTER = (
    "matter_id",
    photo.SLOT,
    "form_outcome",
    "form_opening",
    "contact_wished_time",
    "contact_leader_wish",
    "contact_district",
    "fault_kind",
    "fault_service",
    "fault_symptom",
    "fault_self_check",
    "fault_wrong_part",
    "fault_known",
    "question_kind",
    "question_text",
    "complaint_kind",
    "complaint_story",
    "complaint_remedy",
    "complaint_wrong_part",
    "complaint_joins",
    "complaint_about",
    "complaint_open_tickets",
    "order_kind",
    "order_wrong_part",
)


class FileAction(Action):
    """`accepted` is the response that tells the ticket."""

    action: ClassVar[str]
    accepted: ClassVar[str]
    wish_noted: ClassVar[str] = "utter_wish_noted"

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def name(self) -> str:
        return self.action

    def report(self, floor: Floor) -> Report:
        raise NotImplementedError

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        turn = Turn.of(tracker)
        floor = Floor(dispatcher=dispatcher, turn=turn)
        report = self.report(floor)
        asks = False
        # A turn that died after its report was kept runs again: the number comes by the notice, and once.
        if kept := self.parts.unfiled.kept(matter_id=report.matter_id):
            self._tell_kept(floor, kept)
        elif not self.parts.unfiled.was_told(matter_id=report.matter_id):
            asks = await self._file(floor, report)
            if floor.recall(codes.WANTED):  # filed once the phone is bound
                return floor.events()
        floor.forget(*OF_THE_MATTER)
        if not asks:
            go_on(floor)
        return floor.events()

    async def _file(self, floor: Floor, report: Report) -> bool:
        """Whether a question was asked with it."""
        try:
            receipt = await self.parts.backend.file(report, correlation_id=floor.turn.correlation_id)
        except BackendUnavailable as away:
            self.parts.unfiled.keep(report, at=floor.turn.accepted_at)
            log.warning("report_kept", matter_id=report.matter_id, reason=away.reason)
            self._tell_kept(floor, report)
        except Refused as refusal:
            if refusal.code == codes.NOT_BOUND:
                self.bind_first(floor, report)
                return False
            log.warning("report_refused", matter_id=report.matter_id, code=refusal.code)
            floor.say("utter_report_refused", reason=refusal.message, hotline=self.parts.charter.operator.hotline)
        else:
            log.info("report_filed", matter_id=report.matter_id, ticket_number=receipt.ticket_number)
            return self._tell(floor, receipt, report)
        return False

    def bind_first(self, floor: Floor, report: Report) -> None:
        """Have the phone shown to be the customer's, where the backend asks for it."""
        raise NotImplementedError

    def report_of(
        self, floor: Floor, *, ticket_type: TicketType, subject: str, service: Service | None, description: str
    ) -> Report:
        wished, leader = floor.recall("contact_wished_time") or {}, floor.recall("contact_leader_wish")
        if leader and leader not in description:
            description = f"{description[: _LONGEST - len(leader) - len(_WISHES)]}{_WISHES}{leader}"
        return Report(
            matter_id=floor.recall("matter_id"),
            ticket_type=ticket_type,
            subject=subject,
            service=service,
            description=description[:_LONGEST],
            address=floor.recall("contact_address"),
            area=floor.recall("contact_area"),
            contact_phone=floor.recall("contact_phone"),
            accepted_at=floor.turn.accepted_at,
            requested_at=datetime.fromisoformat(wished["at"]) if wished.get("at") else None,
            requested_text=wished.get("text"),
            channel=floor.turn.channel,
            conversation=floor.turn.conversation,
            attachments=tuple(floor.recall(photo.SLOT) or ()),
            agent=floor.turn.received_by,  # R2.1: who received the customer answers for the matter
            caller=floor.turn.caller,
        )

    def _tell(self, floor: Floor, receipt: Receipt, report: Report) -> bool:
        floor.say(
            self._opening(receipt),
            **self.facts(floor),
            number=spoken.ticket_number(receipt.ticket_number),
            promise=promises.told(receipt.promises, of=receipt.ticket_type),
            owner=receipt.owner.job_number,
            owner_phone=receipt.owner.phone,
            mark=spoken.sample_mark(sample=receipt.owner.sample),
            card=ticket_card(receipt),
            sms="也会发短信给您。" if takes_sms(report.contact_phone) else "",
        )
        self.tell_leader(floor, receipt)
        self._tell_wish(floor, report)
        asks = self.tell_more(floor, receipt)
        if report.ticket_type is not TicketType.QUESTION or not floor.recall("progress_ticket_number"):
            floor.remember(progress_ticket_number=receipt.ticket_number, progress_last_four=report.contact_phone[-4:])
        return asks

    def facts(self, floor: Floor) -> dict[str, Any]:
        """What `accepted` says besides number, promise and owner."""
        return {}

    def tell_leader(self, floor: Floor, receipt: Receipt) -> None:
        if receipt.reported_to:
            floor.say("utter_reported_to_leader", leader=receipt.reported_to)

    def tell_more(self, floor: Floor, receipt: Receipt) -> bool:
        """What the customer hears after the ticket; whether it ends with a question of its own."""
        return False

    def _opening(self, receipt: Receipt) -> str:
        if receipt.reopened:
            return "utter_reopened"
        return "utter_already_open" if receipt.already_open else self.accepted

    def _tell_kept(self, floor: Floor, report: Report) -> None:
        promise = promises.told(promises.promised(report, self.parts), of=report.ticket_type)
        floor.say("utter_report_kept", promise=promise)
        self._tell_wish(floor, report)

    def _tell_wish(self, floor: Floor, report: Report) -> None:
        if report.requested_text:
            floor.say(self.wish_noted, wished=report.requested_text)


def ticket_card(receipt: Receipt) -> dict[str, Any]:
    """The ticket as a page shows it beside the text; a promise without a due time says why."""
    return {
        "kind": "ticket",
        "number": receipt.ticket_number,
        "promises": [
            {
                "label": promise.label,
                "due": promise.due.isoformat() if promise.due else None,
                "reason": promise.reason,
                "mark": spoken.own_mark(promise.mark),
            }
            for promise in receipt.promises
        ],
        "owner": receipt.owner.job_number,
        "owner_phone": receipt.owner.phone,
        "sample": receipt.owner.sample,
    }


def not_accepted(receipt: Receipt) -> bool:
    """It can't be installed there: the order was not accepted, the wish is noted (R2.11)."""
    return receipt.subject == QuestionKind.INTEREST


def number_follows(receipt: Receipt) -> str:
    """What the customer hears when a kept report has its ticket at last."""
    owner = receipt.owner
    if not_accepted(receipt):
        return (
            f"您要装的地方现在还没有开通，这次不受理安装，不收钱，也不承诺时限。您的意向记下了，单号 "
            f"{spoken.ticket_number(receipt.ticket_number)}；开通了由工号 {owner.job_number} 告诉您。"
        )
    filed = "并入了正在办的工单" if receipt.already_open else "已正式立单"
    number, mark = spoken.ticket_number(receipt.ticket_number), spoken.sample_mark(sample=owner.sample)
    promise = promises.told(receipt.promises, of=receipt.ticket_type)
    leader = f"已报给负责人（工号 {receipt.reported_to}）。" if receipt.reported_to else ""
    return (
        f"您刚才登记的事{filed}，工单号 {number}。{promise}{leader}"
        f"首问责任人：工号 {owner.job_number}，电话 {owner.phone}{mark}。"
    )


def refused_after_all(refusal: Refused, *, hotline: str) -> str:
    """What the customer hears when a kept report can't be filed."""
    return f"您刚才登记的事没能立单：{refusal.message}请拨 {hotline}，由人工马上给您办。"


def go_on(floor: Floor) -> None:
    """Take up the next matter that the customer brought meanwhile."""
    noted = floor.recall("next_matters") or []
    if not noted:
        if not take_up_again(floor):
            floor.say("utter_anything_else")
        floor.then("action_listen")  # also where no rule led here, but another action
        return
    floor.say("utter_now_the_next_matter", said=spoken.quoted(noted[0]["text"]))
    floor.then(form_of(noted[0]))
