"""急事急办 R2.6: an urgent matter is in the leader's hands when it is filed, and that is on record."""

from datetime import timedelta

import pytest

from backend import queries
from backend.api.tmf621_ticket import trouble_ticket
from backend.client import Receipt, Report
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import FaultKind, TicketStatus
from backend.ports import Entry, Event, Filed
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlStore, SqlTickets
from backend.usecases import tickets as usecases
from backend.usecases.filing import Terms
from backend.usecases.urgent import WHY
from tests.integration.backend.support import FRIDAY_EVENING, a_report

DAY_HEAD, NIGHT_HEAD = "1001", "1002"  # 1001 until 20:00; it is 18:30
A_DANGER = {"subject": FaultKind.DANGER, "description": "电线断了掉在地上"}


@pytest.fixture
def file(store: SqlStore, terms: Terms):  # type: ignore[no-untyped-def]
    def file(report: Report, *, hours_later: int = 0) -> Receipt:
        now = report.accepted_at + timedelta(hours=hours_later)
        return usecases.accept(report=report, terms=terms, store=store, accounts=TableAccounts(store), now=now)

    return file


@pytest.fixture
def move(store: SqlStore, terms: Terms):  # type: ignore[no-untyped-def]
    def move(receipt: Receipt, to: TicketStatus, reason: str = "", *, hours_later: int = 0) -> Filed:
        number, now = TicketNumber.parse(receipt.ticket_number), FRIDAY_EVENING + timedelta(hours=hours_later)
        return usecases.change_status(
            number=number, to=to, reason=reason, by="partner", terms=terms, store=store, now=now
        )

    return move


def stored(store: SqlStore, receipt: Receipt) -> tuple[Filed, list[Entry]]:
    filed, history = queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)
    return filed, list(history)


def leaders_told(store: SqlStore, receipt: Receipt) -> list[object]:
    return [entry.detail["leader"] for entry in stored(store, receipt)[1] if entry.event is Event.REPORTED_TO_LEADER]


def test_r2_6_a_danger_is_filed_into_the_leaders_hands_and_keeps_its_owner(file, store):
    ordinary = file(a_report(contact_phone="+8613907910000", matter_id="ordinary"))

    receipt = file(a_report(**A_DANGER))

    filed, history = stored(store, receipt)
    assert receipt.reported_to == filed.ticket.handler == DAY_HEAD
    assert receipt.owner == ordinary.owner
    assert [entry.event for entry in history] == [Event.FILED, Event.REPORTED_TO_LEADER]
    assert (history[-1].by, history[-1].reason, history[-1].detail["leader"]) == ("webchat", WHY, DAY_HEAD)


def test_r2_6_what_is_not_urgent_is_not_reported(file, store):
    receipt = file(a_report())

    filed, _ = stored(store, receipt)
    assert receipt.reported_to is None
    assert filed.ticket.handler == filed.ticket.owner
    assert leaders_told(store, receipt) == []


def test_r2_6_a_danger_filed_late_is_reported_to_who_leads_then(file):
    assert file(a_report(**A_DANGER), hours_later=2).reported_to == NIGHT_HEAD


def test_r2_6_a_danger_that_cannot_be_reported_is_not_filed_either(file, store, monkeypatch):
    record = SqlTickets.record

    def no_report(self: SqlTickets, entry: Entry) -> None:
        if entry.event is Event.REPORTED_TO_LEADER:
            raise RuntimeError("the disk is full")
        record(self, entry)

    with monkeypatch.context() as broken:
        broken.setattr(SqlTickets, "record", no_report)
        with pytest.raises(RuntimeError):
            file(a_report(**A_DANGER))

    assert queries.search(criteria=(), order=(), offset=0, limit=1, store=store).total == 0


def test_r2_6_filed_again_or_told_again_it_has_been_reported_once(file, store):
    first = file(a_report(**A_DANGER))

    again = file(a_report(**A_DANGER))
    joined = file(a_report(**A_DANGER, matter_id="said-again"), hours_later=2)

    assert first.reported_to == again.reported_to == joined.reported_to == DAY_HEAD
    assert leaders_told(store, first) == [DAY_HEAD]


def test_r2_6_a_danger_that_comes_back_is_reported_again(file, move, store):
    first = file(a_report(**A_DANGER))
    move(first, TicketStatus.IN_PROGRESS)
    move(first, TicketStatus.RESOLVED, "已拉警戒")

    again = file(a_report(**A_DANGER, matter_id="fallen-again"), hours_later=3)

    assert again.reported_to == NIGHT_HEAD
    assert leaders_told(store, first) == [DAY_HEAD, NIGHT_HEAD]


def test_r2_6_a_danger_that_a_partner_reopens_is_reported_again(file, move, store):
    receipt = file(a_report(**A_DANGER))
    move(receipt, TicketStatus.IN_PROGRESS)
    move(receipt, TicketStatus.RESOLVED, "已拉警戒")

    reopened = move(receipt, TicketStatus.IN_PROGRESS, "线又掉了", hours_later=3)

    assert reopened.ticket.handler == NIGHT_HEAD
    assert leaders_told(store, receipt) == [DAY_HEAD, NIGHT_HEAD]


def test_r2_6_the_public_interface_shows_it_as_critical_with_the_leader_as_handler(file, store):
    def shown(receipt: Receipt) -> dict[str, object]:
        filed, history = stored(store, receipt)
        return trouble_ticket(filed, history=history, url="http://backend")

    danger = shown(file(a_report(**A_DANGER)))
    ordinary = shown(file(a_report(matter_id="ordinary")))

    parties = {item["role"]: item["partyOrPartyRole"]["id"] for item in danger["relatedParty"]}
    assert danger["priority"] == "Critical"
    assert parties["handler"] == DAY_HEAD != parties["firstInquiryOwner"]
    assert danger["note"][0]["text"] == f"{WHY}：工号 {DAY_HEAD}"
    assert "priority" not in ordinary
