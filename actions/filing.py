"""Filing what a form has gathered: the ticket, its promise and its owner told – or kept, if the backend is away."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import spoken
from actions.floor import Floor
from actions.form import FORM_OF_INTENT
from actions.parts import Parts
from actions.turn import Turn
from backend.client import BackendUnavailable, PromiseView, Receipt, Refused, Report
from backend.domain.promise import Promise, promises_for
from backend.domain.vocabulary import Grade, Service, TicketType

OF_THE_MATTER = (
    "matter_id",
    "form_outcome",
    "form_opening",
    "contact_wished_time",
    "fault_kind",
    "fault_service",
    "fault_symptom",
    "fault_self_check",
    "fault_wrong_part",
    "question_kind",
    "question_text",
)


class FileAction(Action):
    """`accepted` is the response that tells the ticket."""

    action: ClassVar[str]
    accepted: ClassVar[str]

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
        try:
            receipt = await self.parts.backend.file(report, correlation_id=turn.correlation_id)
        except BackendUnavailable:
            self.parts.unfiled.keep(report, at=turn.accepted_at)
            self._tell_kept(floor, report)
        except Refused as refusal:
            floor.say("utter_report_refused", reason=refusal.message, hotline=self.parts.charter.operator.hotline)
        else:
            self._tell(floor, receipt, report)
        floor.forget(*OF_THE_MATTER)
        go_on(floor)
        return floor.events()

    def report_of(
        self, floor: Floor, *, ticket_type: TicketType, subject: str, service: Service | None, description: str
    ) -> Report:
        wished = floor.recall("contact_wished_time") or {}
        return Report(
            matter_id=floor.recall("matter_id"),
            ticket_type=ticket_type,
            subject=subject,
            service=service,
            description=description[:2000],
            address=floor.recall("contact_address"),
            area=floor.recall("contact_area"),
            contact_phone=floor.recall("contact_phone"),
            accepted_at=floor.turn.accepted_at,
            requested_at=datetime.fromisoformat(wished["at"]) if wished.get("at") else None,
            requested_text=wished.get("text"),
            channel=floor.turn.channel,
            conversation=floor.turn.conversation,
        )

    def _tell(self, floor: Floor, receipt: Receipt, report: Report) -> None:
        floor.say(
            "utter_already_open" if receipt.already_open else self.accepted,
            number=spoken.ticket_number(receipt.ticket_number),
            promise=" ".join(said(view, self.parts) for view in receipt.promises),
            owner=receipt.owner.job_number,
            owner_phone=receipt.owner.phone,
            mark=spoken.sample_mark(sample=receipt.owner.sample),
        )
        self._tell_wish(floor, report)
        floor.remember(progress_ticket_number=receipt.ticket_number, progress_last_four=report.contact_phone[-4:])

    def _tell_kept(self, floor: Floor, report: Report) -> None:
        floor.say(
            "utter_report_kept", promise=" ".join(said(view, self.parts) for view in promised(report, self.parts))
        )
        self._tell_wish(floor, report)

    def _tell_wish(self, floor: Floor, report: Report) -> None:
        if report.requested_text:
            floor.say("utter_wish_noted", wished=report.requested_text)


def promised(report: Report, parts: Parts) -> tuple[Promise, ...]:
    """What the backend will promise for this report: the same pure code, the same acceptance."""
    area = parts.charter.area(report.area) if report.area else None
    return promises_for(
        charter=parts.charter,
        ticket_type=report.ticket_type,
        subject=report.subject,
        grade=report.grade or Grade.GENERAL,
        district=area.district if area else None,
        accepted_at=report.accepted_at,
        calendar=parts.calendar,
    )


def said(promise: PromiseView | Promise, parts: Parts) -> str:
    """一般故障修复：我们承诺 24 小时内，最迟 11月22日（周日）20:31 前。 Without a due time: why there is none."""
    if promise.due is None:
        return promise.reason or ""
    limit = parts.charter.commitment(key=promise.clause).limit.text
    provisional = "（所跨年度的放假安排尚未公布，这是暂定时间，公布后只会提前不会推后）" if promise.provisional else ""
    return f"{promise.label}：我们承诺 {limit}内，最迟 {spoken.moment(promise.due)} 前{provisional}。"


def number_follows(receipt: Receipt, parts: Parts) -> str:
    """What the customer hears when a kept report has its ticket at last."""
    owner = receipt.owner
    return (
        f"您刚才登记的事已正式立单，工单号 {spoken.ticket_number(receipt.ticket_number)}。"
        f"{' '.join(said(view, parts) for view in receipt.promises)}"
        f"首问责任人：工号 {owner.job_number}，电话 {owner.phone}{spoken.sample_mark(sample=owner.sample)}。"
    )


def go_on(floor: Floor) -> None:
    """Take up the next matter that the customer brought meanwhile."""
    noted = floor.recall("next_matters") or []
    if not noted:
        floor.say("utter_anything_else")
        return
    floor.say("utter_now_the_next_matter", said=noted[0]["text"][:30])
    floor.then(FORM_OF_INTENT[noted[0]["intent"]])
