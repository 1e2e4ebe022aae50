"""What the publicity page 服务项目公示 shows of a charter (R3.1–R3.4), as JSON.

Its shape stands in web/src/public/publicity.ts. An empty list or null: the operator has not published it,
and the page says so. `mark`: source | product | configured.
"""

from typing import Any, Final

from backend.domain import publicity
from backend.domain.areas import Area
from backend.domain.charter import Charter
from backend.domain.clause import DISTRICT_LABELS, KIND_LABELS, Clause, ClockStart, NoClause, Pledge
from backend.domain.handling import GROUND_LABELS
from backend.domain.posted import Change, ChangeKind, Department, Fee, Outlet, Process
from backend.domain.staff import StaffMember
from backend.domain.stated import Stated
from backend.domain.vocabulary import SERVICE_LABELS, Service, TicketType

Shape = dict[str, Any]
_STARTS: Final = {
    ClockStart.ACCEPTANCE: "受理后",
    ClockStart.DISPATCH: "派单后",
    ClockStart.RECEIPT: "接单后",
    ClockStart.CALL: "来电后",
    ClockStart.REPAIR: "修复后",
}
_CHANGES: Final = {
    ChangeKind.BRANCH_HEAD: "分公司负责人变动",
    ChangeKind.AREAS: "片区划分变动",
    ChangeKind.AREA_MANAGER: "片区客户经理变动",
}
_VISITED: Final = {TicketType.FAULT: "报修", TicketType.COMPLAINT: "投诉", TicketType.ORDER: "业务办理"}


def posted(charter: Charter) -> Shape:
    operator = charter.operator
    return {
        "operator": {
            "name": operator.name,
            "short_name": operator.short_name,
            "services": [SERVICE_LABELS[service] for service in Service if service in operator.services],
            "source": operator.source,
            "version": charter.version,
        },
        "hotlines": _hotlines(charter),
        "limits": [_limit(each) for each in publicity.limits(charter)],
        "pledges": [*(_pledge(pledge) for pledge in charter.pledges), *_rules(charter)],
        "fees": [_fee(fee) for fee in charter.fees],
        "fee_policy": [_pledge(pledge) for pledge in publicity.charging_policy(charter)],
        "fees_not_posted": list(publicity.charge_items_not_posted(charter)),
        "processes": [_process(process) for process in charter.processes.values()],
        "outlets": [_outlet(outlet) for outlet in charter.outlets],
        "departments": [_department(department) for department in charter.departments],
        "areas": [_area(area, charter) for area in charter.areas],
        "staff": [_member(member, charter) for member in charter.staff],
        "visits": _visits(charter),
        "changes": [_change(change) for change in publicity.newest_changes(charter)],
        "notice_ahead": _notice_ahead(charter),
    }


def _stated(said: Stated) -> Shape:
    return {"source": said.source, "mark": said.mark}


def _hotlines(charter: Charter) -> list[Shape]:
    operator = charter.operator
    own = (("服务热线", "hotline"), ("服务监督电话", "supervision_phone"))
    emergency = charter.wording.emergency.items()
    return [
        {"label": label, "phone": getattr(operator, field), "sample": field in operator.samples} for label, field in own
    ] + [{"label": label, "phone": phone, "sample": False} for label, phone in emergency]


def _limit(said: Clause | NoClause) -> Shape:
    if isinstance(said, NoClause):
        return {
            "label": said.label,
            "limit": None,
            "told": f"{said.told}。",
            "remark": None,
            "source": None,
            "mark": None,
        }
    told = f"{_STARTS[said.starts]} {said.limit.text}内{KIND_LABELS[said.kind]}"
    return {"label": said.label, "limit": said.limit.text, "told": told, "remark": said.remark, **_stated(said)}


def _pledge(pledge: Pledge) -> Shape:
    return {"label": pledge.label, "text": pledge.text, **_stated(pledge)}


def _rules(charter: Charter) -> list[Shape]:
    """Of how limits are handled, what no pledge tells."""
    rules = []
    if deemed := charter.deemed_on_time:
        grounds = "；".join(label for ground, label in GROUND_LABELS.items() if ground in deemed.grounds)
        report = "。工作人员要第一时间书面报告原因，没有报告的不算" if deemed.needs_report else ""
        rules.append(
            {"label": "视为按期办结", "text": f"只有这些情况算按期办结：{grounds}{report}。", **_stated(deemed)}
        )
    if excepted := charter.force_majeure:
        labels = "、".join(charter.commitment(key=key).label for key in sorted(excepted.clauses))
        rules.append({"label": "不可抗力", "text": f"不可抗力造成的除外，只限：{labels}。", **_stated(excepted)})
    if supervision := charter.supervision:
        levels = "；".join(f"{level.by}监督{level.over}" for level in supervision.levels)
        rules.append({"label": "监督检查", "text": f"{levels}。", **_stated(supervision)})
    return rules


def _fee(fee: Fee) -> Shape:
    return {
        "label": fee.label,
        "words": list(fee.aliases),
        "price": None if fee.price is None else f"{fee.price:f}",
        "unit": fee.unit,
        "text": fee.text,
        "note": fee.note,
        "as_of": fee.as_of or None,
        "source": fee.source or None,
        "sample": fee.sample,
    }


def _process(process: Process) -> Shape:
    return {
        "label": process.label,
        "words": list(process.aliases),
        "steps": list(process.steps),
        "materials": list(process.materials),
        "note": process.note,
        "as_of": process.as_of,
        "source": process.source or None,
        "sample": process.sample,
    }


def _outlet(outlet: Outlet) -> Shape:
    return {
        "name": outlet.name,
        "district": outlet.district,
        "address": outlet.address,
        "phone": outlet.phone,
        "hours": outlet.hours,
        "sample": outlet.sample,
    }


def _department(department: Department) -> Shape:
    return {
        "name": department.name,
        "handles": list(department.handles),
        "place": department.place,
        "phone": department.phone,
        "head": department.head,
        "sample": department.sample,
    }


def _area(area: Area, charter: Charter) -> Shape:
    """`people`: job numbers, the manager first."""
    return {
        "key": area.key,
        "name": area.name,
        "city": area.city,
        "words": list(area.aliases),
        "district": DISTRICT_LABELS[area.district] if area.district else None,
        "is_open": area.open_for_installation,
        "people": [member.job_number for member in publicity.serving(area, charter=charter)],
        "sample": area.sample,
    }


def _member(member: StaffMember, charter: Charter) -> Shape:
    department = charter.department_of(member.job_number)
    areas = (charter.area(key) for key in member.areas)
    return {
        "job_number": member.job_number,
        "role": member.role,
        "phone": member.phone,
        "department": department.name if department else None,
        "areas": [area.name for area in areas if area],
        "has_photo": member.photo is not None,
        "sample": member.sample,
    }


def _visits(charter: Charter) -> list[Shape]:
    """Who is visited, how soon it is asked how a matter went, how often nobody's answer is waited for (R5.1–R5.5)."""
    visits = [
        {"text": f"{_visited(rule.ticket_type, rule.subjects, charter)}：回访 {rule.percent}%", **_stated(rule)}
        for rule in charter.return_visits
    ]
    visits += [
        {"text": f"{clause.label}：{_STARTS[clause.starts]} {clause.limit.text}内", **_stated(clause)}
        for clause in publicity.follow_ups(charter)
    ]
    if tries := charter.visit_attempts:
        visits.append({"text": f"联系不上的，最多回访 {tries.times} 次", **_stated(tries)})
    if regular := charter.key_customer_visits:
        visits.append({"text": f"重点客户每 {regular.every.days} 天定期回访", **_stated(regular)})
    return visits


def _visited(ticket_type: TicketType, subjects: frozenset[str], charter: Charter) -> str:
    if not subjects:
        return _VISITED[ticket_type]
    return "、".join(charter.processes[key].label for key in sorted(subjects) if key in charter.processes)


def _change(change: Change) -> Shape:
    return {
        "day": change.day.isoformat(),
        "label": _CHANGES[change.kind],
        "text": change.text,
        "source": change.source,
        "sample": change.sample,
    }


def _notice_ahead(charter: Charter) -> Shape | None:
    """How long ahead planned work and changes are announced (R1.10)."""
    ahead = charter.notice_ahead
    return {"hours": int(ahead.ahead.total_seconds() // 3600), **_stated(ahead)} if ahead else None
