"""Filing a report, inside one transaction: again, joined to what is unfinished, or anew."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from backend import queries
from backend.domain.charter import Area, Charter
from backend.domain.ownership import Owner, first_inquiry_owner
from backend.domain.promise import Promise, promises_for
from backend.domain.ticket import Ticket, TicketNumber
from backend.domain.vocabulary import District, QuestionKind, TicketType
from backend.domain.working_time import Calendar, local
from backend.messages import Receipt, Report
from backend.ports import Entry, Event, Filed, Tickets


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Under what a promise is made."""

    charter: Charter
    calendar: Calendar


@dataclass(frozen=True, kw_only=True)
class Filing:
    report: Report
    terms: Terms
    tickets: Tickets
    now: datetime
    reported_severity: str | None

    def file(self) -> Receipt:
        self.tickets.enter_filing(day=self._day)
        filed = self.tickets.of_matter(matter_id=self.report.matter_id)
        if filed:
            joined = filed.ticket.matter_id != self.report.matter_id
            return queries.receipt(filed, already_filed=True, already_open=joined)
        unfinished = self.tickets.unfinished_of_customer(
            contact_phone=self.report.contact_phone,
            ticket_type=self.report.ticket_type,
            subject=self.report.subject,
        )
        same = next((filed for filed in unfinished if self._is_same(filed.ticket)), None)
        if same:
            return self._join(same)
        return self._anew(earlier=next((filed.ticket.owner for filed in unfinished if filed.ticket.is_open), None))

    def _join(self, filed: Filed) -> Receipt:
        ticket = filed.ticket
        if not ticket.is_open:  # R5.6: it was thought settled, and is not
            ticket = ticket.reopen(
                by=self._by,
                at=self.now,
                reason="客户再次报同一问题",
                promises=self._promises(grade_of=ticket, district=filed.district),
            )
            self.tickets.save(ticket)
            self._record(ticket, Event.STATUS_CHANGED, reason=ticket.status_reason)
        self._record(ticket, Event.URGED, detail={"description": self.report.description})
        self.tickets.join_matter(matter_id=self.report.matter_id, number=ticket.number, at=self.now)
        return queries.receipt(replace(filed, ticket=ticket), already_open=True)

    def _anew(self, *, earlier: str | None) -> Receipt:
        report, area = self.report, self._area
        owner = self._owner(earlier=earlier)
        ticket = Ticket.accept(
            number=TicketNumber.make(day=self._day, running=self.tickets.running_number(day=self._day)),
            matter_id=report.matter_id,
            ticket_type=report.ticket_type,
            subject=report.subject,
            description=report.description,
            contact_phone=report.contact_phone,
            channel=report.channel,
            conversation=report.conversation,
            accepted_at=report.accepted_at,
            owner=owner.member.job_number,
            promises=self._promises(grade_of=report, district=area.district if area else None),
            needs_return_visit=self._needs_return_visit(),
            by=self._by,
            grade=report.grade,
            service=report.service,
            address=report.address,
            area=area.key if area else None,
            requested_at=report.requested_at,
            requested_text=report.requested_text,
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
        return queries.receipt(filed)

    def _owner(self, *, earlier: str | None) -> Owner:
        return first_inquiry_owner(
            charter=self.terms.charter,
            at=self.report.accepted_at,
            area=self._area.key if self._area else None,
            agent=self.report.agent,
            owner_of_open_matter=earlier,
            open_matters=self.tickets.open_matters(),
        )

    def _promises(self, *, grade_of: Report | Ticket, district: District | None) -> tuple[Promise, ...]:
        return promises_for(
            charter=self.terms.charter,
            ticket_type=self.report.ticket_type,
            subject=self.report.subject,
            grade=grade_of.grade,
            district=district,
            accepted_at=self.report.accepted_at,
            calendar=self.terms.calendar,
        )

    def _is_same(self, ticket: Ticket) -> bool:
        """The same customer's matter of this type and subject is the same where it is about the same place."""
        if self.report.subject == QuestionKind.ANSWER and self.report.ticket_type is TicketType.QUESTION:
            return ticket.description.strip() == self.report.description.strip()  # another question is another matter
        if self._area or ticket.area:
            return ticket.area == (self._area.key if self._area else None)
        return _bare(ticket.address) == _bare(self.report.address)

    def _needs_return_visit(self) -> bool:
        rule = self.terms.charter.return_visit(ticket_type=self.report.ticket_type, subject=self.report.subject)
        return rule is not None and _share(self.report.matter_id) < rule.percent

    def _record(
        self, ticket: Ticket, event: Event, *, reason: str | None = None, detail: Mapping[str, object] | None = None
    ) -> None:
        self.tickets.record(
            Entry(
                number=ticket.number,
                at=self.now,
                by=self._by,
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
    def _by(self) -> str:
        return self.report.agent or self.report.channel.value

    @property
    def _day(self) -> date:
        return local(self.report.accepted_at).date()


def _bare(address: str | None) -> str:
    return "".join((address or "").split())


def _share(matter_id: str) -> int:
    """0–99, always the same for the same matter: which of 100 tickets a return-visit quota picks."""
    return int.from_bytes(hashlib.sha256(matter_id.encode()).digest()[:8]) % 100
