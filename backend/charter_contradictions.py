"""What contradicts itself between the files of one charter, as `file: field: what is wrong`."""

from collections.abc import Iterator

from backend.domain.charter import Charter
from backend.domain.follow_up import STARTS
from backend.domain.staff import Decider
from backend.domain.vocabulary import PromiseKind


def contradictions(charter: Charter, *, operator: str) -> Iterator[str]:
    if charter.operator.id != operator:
        yield f"operator.yml: id: is {charter.operator.id}, but the folder is {operator}"
    if not charter.operator.owner_order:
        yield "operator.yml: owner_order: is empty"
    for process in charter.processes.values():
        for paper in process.papers:
            if paper not in process.materials:
                yield f"processes.yml: processes.{process.key}.papers: {paper} is not among its materials"
    yield from _in_areas(charter)
    yield from _in_staff(charter)
    yield from _in_rules(charter)


def _in_areas(charter: Charter) -> Iterator[str]:
    seen: dict[str, str] = {}
    for area in charter.areas:
        entry = f"areas.yml: areas.{area.key}"
        if charter.member(area.manager) is None:
            yield f"{entry}.manager: {area.manager} is not in staff.yml"
        for job_number in area.team:
            member = charter.member(job_number)
            if member is None or area.key not in member.areas:
                yield f"{entry}.team: {job_number} is not in staff.yml with this area"
        if not area.aliases:
            yield f"{entry}.aliases: is empty"
        for alias in area.aliases:
            if seen.setdefault(alias, area.key) != area.key:
                yield f"{entry}.aliases: {alias} already stands for {seen[alias]}"


def _in_staff(charter: Charter) -> Iterator[str]:
    for department in charter.departments:
        if charter.member(department.head) is None:
            yield f"departments.yml: departments.{department.key}.head: {department.head} is not in staff.yml"
    for member in charter.staff:
        for key in member.areas:
            if charter.area(key) is None:
                yield f"staff.yml: staff.{member.job_number}.areas: {key} is not in areas.yml"
        if member.department and charter.department(member.department) is None:
            yield f"staff.yml: staff.{member.job_number}.department: {member.department} is not in departments.yml"


def _in_rules(charter: Charter) -> Iterator[str]:
    if not any(member.is_head for member in charter.staff):
        nobody = "nobody in staff.yml is a head to report them to (R2.6)"
        if charter.wording.urgent_subjects:
            yield f"wording.yml: urgent_subjects: {nobody}"
        if charter.major_complaints:
            yield f"commitments.yml: major_complaints: {nobody}"
    keys = {clause.key for clause in charter.commitments}
    for clause in charter.commitments:
        if clause.kind is PromiseKind.FOLLOW_UP and clause.starts in STARTS and clause.limit.elapsed is None:
            yield f"commitments.yml: commitments.{clause.key}.within: what is followed up is counted in hours (R5.4)"
    for key in sorted(charter.force_majeure.clauses - keys if charter.force_majeure else ()):
        yield f"commitments.yml: force_majeure.clauses: {key} is not among the commitments with a limit"
    for field, decider in _deciders(charter):
        if decider is not Decider.CUSTOMER_WISH and not any(m.may_decide(decider) for m in charter.staff):
            yield f"commitments.yml: {field}: nobody in staff.yml is a {decider}"


def _deciders(charter: Charter) -> Iterator[tuple[str, Decider]]:
    if charter.extension:
        yield "extension.decided_by", charter.extension.decided_by
    if charter.complaint_handling:
        yield "complaint_handling.annotated_by", charter.complaint_handling.annotated_by
    if charter.accountability:
        for answerable, deciders in charter.accountability.decided_by.items():
            yield from ((f"accountability.decided_by.{answerable}", decider) for decider in deciders)
