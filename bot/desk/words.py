"""/desk/api/words: what the page lets staff choose from, as the charter and the rules call it."""

from collections.abc import Mapping
from typing import Any, Final

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.domain.accountability_case import CASE_LABELS, GRAVITY_LABELS
from backend.domain.area_incident import STATE_LABELS as INCIDENT_LABELS
from backend.domain.charter import Charter
from backend.domain.hall import OPINION_LABELS
from backend.domain.handling import GROUND_LABELS
from backend.domain.handover import EVENT_LABELS
from backend.domain.labels import TYPE_LABELS, subject_label
from backend.domain.outage import KIND_LABELS as OUTAGE_LABELS
from backend.domain.staff import StaffGrade
from backend.domain.staff_acts import LABELS, NEEDS_REASON, Verb
from backend.domain.ticket import STATUS_LABELS
from backend.domain.ticket_states import UNVISITED_LABEL
from backend.domain.visit import OUTCOME_LABELS, Conduct
from backend.domain.vocabulary import (
    CHANNEL_LABELS,
    SERVICE_LABELS,
    SERVICE_OF_FAULT,
    ComplaintKind,
    FaultKind,
    Grade,
    OrderKind,
    QuestionKind,
    TicketStatus,
    TicketType,
)
from bot.conversations.takeover import Act, State
from bot.desk.audit import DEED_LABELS
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.supervision_tables import EXPORT_LABELS
from bot.desk.tickets import CONTACT_REASON_LABELS
from bot.desk.who import staff_of
from bot.responses import json_response

ROLE_LABELS: Final[Mapping[StaffGrade, str]] = {
    StaffGrade.AGENT: "员工",
    StaffGrade.HEAD: "值班负责人",
    StaffGrade.LEADER: "领导",
    StaffGrade.SUPERVISOR: "监督机构",
}
CONDUCT_LABELS: Final[Mapping[Conduct, str]] = {
    Conduct.ON_TIME: "按约到达",
    Conduct.SHOWED_ID: "主动出示工作证",
    Conduct.POLITE: "文明用语",
    Conduct.LEFT_CLEAN: "现场整洁",
}
CONVERSATION_LABELS: Final[Mapping[State, str]] = {
    State.BOT: "机器人",
    State.QUEUED: "排队",
    State.AGENT: "人工",
    State.CLOSED: "已结束",
}
STEP_LABELS: Final[Mapping[Act, str]] = {
    Act.QUEUE: "转人工",
    Act.CANCEL: "取消排队",
    Act.CLAIM: "接入",
    Act.STEP_IN: "主动接管",
    Act.HAND_BACK: "交回机器人",
    Act.TRANSFER: "转接",
    Act.REQUEUE: "重新排队（排在最前）",
    Act.GIVE_UP: "无人接入，改为回电",
    Act.CLOSE: "结束",
    Act.CONNECT: "电话接通",
    Act.COME_BACK: "电话转回机器人",
    Act.HANG_UP: "挂机",
    Act.RATE: "客户评价",
    Act.RETURN: "客户再次来访",
    Act.NUDGE: "提醒坐席",
    Act.REMIND: "提醒客户",
    Act.NOTE: "备注",
}
GRADE_LABELS: Final[Mapping[Grade, str]] = {Grade.GENERAL: "一般", Grade.MAJOR: "重大"}
SUBJECTS: Final = {
    TicketType.FAULT: FaultKind,
    TicketType.COMPLAINT: ComplaintKind,
    TicketType.ORDER: OrderKind,
    TicketType.QUESTION: QuestionKind,
}


def words(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_words", url_prefix=PREFIX)

    @pages.get("/words")
    async def told(request: Request) -> HTTPResponse:
        staff_of(request)
        return json_response(words_of(desk.charter))

    @pages.get("/staff")
    async def colleagues(request: Request) -> HTTPResponse:
        """All staff of the charter, the most senior first; `account`: can sign in."""
        staff_of(request)
        known, now = await desk.threads(desk.accounts.job_numbers), desk.clock()
        members = sorted(desk.charter.staff, key=lambda member: (-member.rank, member.job_number))
        shown: list[dict[str, Any]] = [
            {
                "job_number": member.job_number,
                "title": member.role,
                "role": member.grade,
                "department": member.department,
                "areas": list(member.areas),
                "phone": member.phone,
                "repairs": member.repairs,
                "on_duty": member.on_duty(at=now),
                "account": member.job_number in known,
                "sample": member.sample,
            }
            for member in members
        ]
        return json_response(shown)

    return pages


def _faults_of(charter: Charter) -> list[FaultKind]:
    """Of the services that the operator offers."""
    services = charter.operator.services
    return [kind for kind in FaultKind if kind not in SERVICE_OF_FAULT or SERVICE_OF_FAULT[kind] in services]


def words_of(charter: Charter) -> dict[str, Any]:
    accounted = charter.accountability
    return {
        "operator": {"id": charter.operator.id, "name": charter.operator.name},
        "types": TYPE_LABELS,
        "subjects": {
            ticket_type: {kind: subject_label(ticket_type=ticket_type, subject=kind) for kind in kinds}
            for ticket_type, kinds in (SUBJECTS | {TicketType.FAULT: _faults_of(charter)}).items()
        },
        "services": {service: SERVICE_LABELS[service] for service in sorted(charter.operator.services)},
        "channels": CHANNEL_LABELS,
        "statuses": STATUS_LABELS | ({} if charter.return_visits else {TicketStatus.RESOLVED: UNVISITED_LABEL}),
        "grades": GRADE_LABELS,
        "roles": ROLE_LABELS,
        "verbs": {verb: {"label": LABELS[verb], "needs_reason": verb in NEEDS_REASON} for verb in Verb},
        "conduct": CONDUCT_LABELS,
        "outages": OUTAGE_LABELS,
        "deemed_grounds": {
            ground: GROUND_LABELS[ground]
            for ground in (sorted(charter.deemed_on_time.grounds) if charter.deemed_on_time else ())
        },
        "force_majeure": {
            key: charter.commitment(key=key).label
            for key in (sorted(charter.force_majeure.clauses) if charter.force_majeure else ())
        },
        "gravities": {gravity: GRAVITY_LABELS[gravity] for gravity in (accounted.measures if accounted else ())},
        "heavier": accounted.heavier if accounted else {},
        "lighter": accounted.lighter if accounted else {},
        "incidents": INCIDENT_LABELS,
        "cases": CASE_LABELS,
        "opinions": OPINION_LABELS,
        "visits": OUTCOME_LABELS,
        "events": EVENT_LABELS,
        "conversations": CONVERSATION_LABELS,
        "steps": STEP_LABELS,
        "deeds": {deed.value: label for deed, label in (*DEED_LABELS.items(), *LABELS.items())},
        "contact_reasons": CONTACT_REASON_LABELS,
        "exports": EXPORT_LABELS,
        "departments": {department.key: department.name for department in charter.departments},
        "areas": {area.key: area.name for area in charter.areas},
        "major_rules": {rule.key: rule.label for rule in charter.major_complaints},
    }
