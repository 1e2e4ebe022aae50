"""Filing a report, inside one transaction: again, joined to what is unfinished, or anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Final

from backend import queries
from backend.domain.address import plain, same_address
from backend.domain.charter import Area, Charter
from backend.domain.ownership import Owner, first_inquiry_owner
from backend.domain.promise import Promise, promises_for
from backend.domain.same_complaint import Sameness, sameness
from backend.domain.ticket import Ticket, TicketNumber
from backend.domain.vocabulary import District, Grade, QuestionKind, TicketStatus, TicketType
from backend.domain.working_time import Calendar, local
from backend.messages.reports import Receipt, Report
from backend.ports import Capacity, Entry, Event, Filed, Tickets
from backend.usecases.filed_sms import send_number
from backend.usecases.proof import is_known, refuse_unbound_order
from backend.usecases.urgent import WHY, report_if_urgent, why_major_complaint

BARE_WISH: Final = 12  # characters: a shorter wish to be called names no matter, only asks for a person (转人工)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Under what a promise is made."""

    charter: Charter
    calendar: Calendar
    capacity: Capacity | None = None  # without it, the charter's own word


@dataclass(frozen=True, kw_only=True)
class Filing:
    report: Report
    terms: Terms
    tickets: Tickets
    now: datetime
    important: bool  # the customer, by their account
    reported_severity: str | None
    by: str

    def file(self) -> Receipt:
        report = self.report
        running = self.tickets.take_number(day=self._day)
        found = self.tickets.of_report(
            matter_id=report.matter_id,
            contact_phone=report.contact_phone,
            ticket_type=report.ticket_type,
            subject=report.subject,
        )
        receipt = self._known_already(found)
        if receipt:
            self.tickets.give_number_back(day=self._day)
            return receipt
        refuse_unbound_order(report, tickets=self.tickets, now=self.now)
        about = self._known(report.about)
        earlier = (filed.ticket.owner for filed in [*([about] if about else ()), *found] if filed.ticket.is_open)
        receipt = self._anew(running, earlier=next(earlier, None))
        if about and about.ticket.is_open:
            self._record(about.ticket, Event.URGED, detail={"description": f"客户投诉，单号 {receipt.ticket_number}"})
        return receipt

    def _known_already(self, found: Sequence[Filed]) -> Receipt | None:
        """None: it is new."""
        again = next((filed for filed in found if self.report.matter_id in filed.matter_ids), None)
        if again:
            return self._again(again)
        same = self._said_to_be_same() or next((filed for filed in found if self._is_same(filed.ticket)), None)
        return self._join(same) if same else None

    def _again(self, filed: Filed) -> Receipt:
        joined = filed.ticket.matter_id != self.report.matter_id
        reopened = joined and self._has_reopened(filed.ticket)
        return queries.receipt(filed, already_filed=True, already_open=joined, reopened=reopened)

    def _join(self, filed: Filed) -> Receipt:
        report, reopened = self.report, not filed.ticket.is_open
        ticket = filed.ticket.wish(at=report.requested_at, text=report.requested_text, said_at=report.accepted_at)
        ticket = ticket.attach(report.attachments)
        self.tickets.join_matter(matter_id=report.matter_id, number=ticket.number, at=self.now)
        if not reopened:
            ticket = self._never_later(replace(filed, ticket=ticket))
            if ticket != filed.ticket:
                self.tickets.save(ticket)
        else:  # R5.6: it was thought settled, and is not
            promises = self._promises(grade=ticket.grade, district=filed.district, papers_in=True)
            ticket = ticket.reopen(by=self.by, at=self.now, reason="客户再次报同一问题", promises=promises)
            self.tickets.save(ticket)
            detail = {"matterId": report.matter_id}
            self._record(ticket, Event.STATUS_CHANGED, reason=ticket.status_reason, detail=detail)
        ticket = self._report_if_urgent(ticket, district=filed.district)
        self._record(ticket, Event.URGED, detail=self._said_anew())
        self.tickets.record_proven(number=ticket.number, conversation=report.conversation, at=self.now)
        return queries.receipt(replace(filed, ticket=ticket), already_open=True, reopened=reopened)

    def _said_anew(self) -> Mapping[str, object]:
        report = self.report
        said = {
            "description": report.description,
            "address": report.address,
            "requestedText": report.requested_text,
            "requestedAt": report.requested_at.astimezone(UTC).isoformat() if report.requested_at else None,
        }
        return {name: value for name, value in said.items() if value}

    def _has_reopened(self, ticket: Ticket) -> bool:
        """Was it this matter that reopened the ticket? Told again to who did not hear it the first time."""
        history = self.tickets.history(numbers=[ticket.number])[ticket.number]
        changes = (entry for entry in history if entry.event is Event.STATUS_CHANGED)
        return any(entry.detail.get("matterId") == self.report.matter_id for entry in changes)

    def _never_later(self, filed: Filed) -> Ticket:
        """R1.20: a report kept while the backend was away had been told its own time, maybe an earlier one."""
        told = self._promises(grade=self.report.grade, district=filed.district)
        ticket = filed.ticket.join(by=self.by, at=self.now, promises=told)
        sooner = [made for made in ticket.promises if made not in filed.ticket.promises]
        for made in sooner:
            detail = {"clause": made.clause, "due": str(made.due)}
            self._record(ticket, Event.PROMISE_BROUGHT_FORWARD, reason="已告知客户更早的时限", detail=detail)
        return ticket

    def _report_if_urgent(self, ticket: Ticket, *, district: District | None) -> Ticket:
        charter, tickets, by = self.terms.charter, self.tickets, self.by
        why = why_major_complaint(
            ticket, said=self.report.description, important=self.important, charter=charter, tickets=tickets
        )
        if why and ticket.grade is not Grade.MAJOR:
            promises = self._promises(grade=Grade.MAJOR, district=district)
            ticket = ticket.regrade(
                grade=Grade.MAJOR, leader=None, rule="R1.16", at=self.now, reason=why, promises=promises
            )
            tickets.save(ticket)
        return report_if_urgent(ticket, charter=charter, tickets=tickets, by=by, now=self.now, why=why or WHY)

    def _anew(self, running: int, *, earlier: str | None) -> Receipt:
        report, area = self.report, self._area
        owner = self._owner(earlier=earlier)
        ticket = Ticket.accept(
            number=TicketNumber.make(day=self._day, running=running),
            matter_id=report.matter_id,
            ticket_type=report.ticket_type,
            subject=report.subject,
            description=report.description,
            contact_phone=report.contact_phone,
            channel=report.channel,
            conversation=report.conversation,
            accepted_at=report.accepted_at,
            owner=owner.member.job_number,
            promises=self._promises(grade=report.grade, district=area.district if area else None),
            needs_return_visit=self._may_be_visited(),
            by=self.by,
            grade=report.grade,
            service=report.service,
            address=report.address,
            area=area.key if area else None,
            requested_at=report.requested_at,
            requested_text=report.requested_text,
            attachments=report.attachments,
        )
        filed = Filed(
            ticket=ticket,
            filed_at=self.now,
            district=area.district if area else None,
            agent=report.agent,
            owner_phone=owner.member.phone,
            owner_role=owner.member.role,
            owner_sample=owner.member.sample,
            owner_chosen_by=owner.chosen_by,
            area_manager=area.manager if area else None,
            charter_operator=self.terms.charter.operator.id,
            charter_version=self.terms.charter.version,
            charter_digest=self.terms.charter.digest,
            reported_severity=self.reported_severity,
        )
        self.tickets.add(filed)
        self._record(ticket, Event.FILED, detail={"owner": ticket.owner, "chosenBy": owner.chosen_by.value})
        ticket = self._report_if_urgent(self._ask_for_papers(ticket), district=filed.district)
        filed = replace(filed, ticket=ticket)
        send_number(filed, tickets=self.tickets, now=self.now)
        return queries.receipt(filed)

    def _ask_for_papers(self, ticket: Ticket) -> Ticket:
        """Nobody has seen them yet: the customer must act, and the clock has not started (R1.13)."""
        papers = self.terms.charter.papers(ticket_type=ticket.ticket_type, subject=ticket.subject)
        if not papers:
            return ticket
        asked = ticket.ask_for_materials(by=self.by, at=self.now, reason=f"待补材料：{'、'.join(papers)}")
        self.tickets.save(asked)
        self._record(asked, Event.STATUS_CHANGED, reason=asked.status_reason)
        return asked

    def _owner(self, *, earlier: str | None) -> Owner:
        return first_inquiry_owner(
            charter=self.terms.charter,
            at=self.report.accepted_at,
            area=self._area.key if self._area else None,
            agent=self.report.agent,
            present=self.report.present,
            owner_of_open_matter=earlier,
            open_matters=self.tickets.open_matters,
        )

    def _promises(self, *, grade: Grade, district: District | None, papers_in: bool = False) -> tuple[Promise, ...]:
        return promises_for(
            charter=self.terms.charter,
            ticket_type=self.report.ticket_type,
            subject=self.report.subject,
            grade=grade,
            district=district,
            accepted_at=self.report.accepted_at,
            calendar=self.terms.calendar,
            papers_in=papers_in,
        )

    def _is_same(self, ticket: Ticket) -> bool:
        """The same customer's matter of this type and subject is the same where it is about the same place."""
        if self.report.ticket_type is TicketType.QUESTION:
            return self._is_same_question(ticket)
        if self.report.ticket_type is TicketType.COMPLAINT:
            return sameness(told=ticket.description, said=self.report.description) is Sameness.SAME
        area = self._area.key if self._area else None
        if ticket.address and self.report.address:
            elsewhere = ticket.area and area and ticket.area != area
            return not elsewhere and same_address(one=ticket.address, other=self.report.address)
        return ticket.area == area and (area is not None or not (ticket.address or self.report.address))

    def _said_to_be_same(self) -> Filed | None:
        """The unfinished ticket that the customer called the same matter."""
        filed = self._known(self.report.joins)
        if filed is None or filed.ticket.ticket_type is not self.report.ticket_type:
            return None
        return filed if filed.ticket.is_open or filed.ticket.status is TicketStatus.RESOLVED else None

    def _known(self, number: str | None) -> Filed | None:
        """The ticket of this number, where the conversation may know of it."""
        filed = self.tickets.get(number=TicketNumber(number)) if number else None
        report = self.report
        if filed is None or not is_known(
            filed, conversation=report.conversation, caller=report.caller, tickets=self.tickets, now=self.now
        ):
            return None
        return filed

    def _is_same_question(self, ticket: Ticket) -> bool:
        """Another question is another matter; who only asks for a person again still waits for the same call."""
        told, said = plain(ticket.description), plain(self.report.description)
        only_a_person = self.report.subject == QuestionKind.CALLBACK and max(len(told), len(said)) < BARE_WISH
        return told == said or only_a_person

    def _may_be_visited(self) -> bool:
        """Whether it is, the draw decides when it is settled (R5.1)."""
        rule = self.terms.charter.return_visit(ticket_type=self.report.ticket_type, subject=self.report.subject)
        return rule is not None

    def _record(
        self, ticket: Ticket, event: Event, *, reason: str | None = None, detail: Mapping[str, object] | None = None
    ) -> None:
        self.tickets.record(
            Entry(
                number=ticket.number,
                at=self.now,
                by=self.by,
                event=event,
                status=ticket.status,
                reason=reason,
                detail=detail or {},
            )
        )

    @cached_property
    def _area(self) -> Area | None:
        charter, report = self.terms.charter, self.report
        named = charter.area(report.area) if report.area else None
        return named or (charter.place(report.address) if report.address else None)

    @property
    def _day(self) -> date:
        return local(self.report.accepted_at).date()
