"""The call sheet of return visits: whom to call now, what to ask in the charter's words, and who waits for a while."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from backend.api.acts import VERBS
from backend.charters import load_charter
from backend.domain.staff_acts import Verb
from backend.domain.vocabulary import TicketType
from backend.messages.staff_acts import CLASSES
from backend.messages.visit_sheet import SheetAsked
from backend.refusals import StaffUnknown
from backend.visit_sheet import visit_sheet
from tests.factories import at
from tests.integration.backend.support import FRIDAY_EVENING, a_report

CHARTERS = Path(__file__).parents[3] / "charters"
requests = count(1)
SETTLED = FRIDAY_EVENING + timedelta(hours=1)
CALLER = "1031"


@pytest.fixture
def act(store, terms):
    def act(verb: Verb, number: str, *, by: str = "1001", now: Any = SETTLED, **said: Any) -> Any:
        made = CLASSES[verb](request_id=f"r{next(requests)}", ticket_number=number, by=by, **said)
        return VERBS[verb](act=made, terms=terms, store=store, now=now)

    return act


@pytest.fixture
def sheet(store, terms):
    def sheet(*, now: Any = SETTLED, by: str = CALLER, terms: Any = terms, **asked: Any) -> Any:
        return visit_sheet(asked=SheetAsked(by=by, **asked), terms=terms, store=store, now=now)

    return sheet


@pytest.fixture
def settled(file, act):
    def settled(name: str, *, now: Any = SETTLED, **said: Any) -> str:
        position = next(requests)
        report = a_report(matter_id=name, contact_phone=f"+8613807{position:06}", address=f"红谷滩区世贸路{position}号")
        number = str(file(replace(report, **said)).ticket_number)
        complaint = said.get("ticket_type") is TicketType.COMPLAINT
        if complaint:
            act(Verb.CONCLUDE, number, now=now, finding="not_upheld", answer="已说明")
        else:
            act(Verb.RESOLVE, number, now=now, reason="换了接头")
        return number

    return settled


def numbers(found: Any) -> list[str]:
    return [each.row.number for each in found.rows]


def test_r5_1_who_falls_due_first_is_called_first_and_asked_in_the_charters_words(settled, sheet, terms):
    later = settled("later", now=SETTLED + timedelta(minutes=30))
    first = settled("first")
    found = sheet(now=SETTLED + timedelta(hours=1))
    assert (numbers(found), found.total, found.published, found.times) == ([first, later], 2, True, 3)
    call = found.rows[0]
    assert (call.tried, call.last, call.again_at, call.outcome) == (0, None, None, "换了接头")
    assert call.row.next.due == SETTLED + timedelta(hours=72)
    assert call.row.phone.startswith("138****")
    assert "我是工号 1031" in call.script.opening
    assert call.script.question == "现在正常了吗？"
    assert call.script.promised in {pledge.text for pledge in terms.charter.pledges}
    assert list(call.script.conduct) == ["on_time", "showed_id", "polite", "left_clean"]
    assert call.script.farewell == terms.charter.wording.farewell


def test_who_could_not_be_reached_waits_for_the_next_try(settled, sheet, act):
    tried, other = settled("tried"), settled("other", now=SETTLED + timedelta(minutes=30))
    now = SETTLED + timedelta(hours=14)  # in the morning after
    act(Verb.VISIT, tried, by=CALLER, now=now, outcome="not_reached", reason="没人接，换了 13807911234 也没人接")
    found = sheet(now=now)
    assert numbers(found) == [other, tried]
    waits = found.rows[1]
    assert (waits.tried, waits.last.outcome, waits.last.by) == (1, "not_reached", CALLER)
    assert waits.again_at == at("2026-11-22 08:00"), "18 hours later it is night"
    assert "13807911234" not in str(waits)
    assert numbers(sheet(now=waits.again_at)) == [tried, other]


def test_of_a_complaint_nobody_is_asked_how_who_came_behaved(settled, sheet):
    settled("fee", ticket_type=TicketType.COMPLAINT, subject="fee", service=None, description="乱收费")
    [call] = sheet().rows
    assert (dict(call.script.conduct), call.script.promised) == ({}, None)
    assert call.script.question == "给您办好了吗？"


def test_who_has_been_reached_or_lies_elsewhere_is_not_on_the_sheet(settled, sheet, act):
    number = settled("here")
    assert numbers(sheet(area="xihu")) == []
    assert numbers(sheet(area="honggutan")) == [number]
    act(Verb.VISIT, number, outcome="solved", satisfaction=2, reason="等太久")
    assert numbers(sheet()) == [], "the owner calls who is not content"


def test_at_night_the_sheet_says_until_when(settled, sheet):
    assert sheet().quiet_until is None
    night = SETTLED + timedelta(hours=6)
    assert sheet(now=night).quiet_until > night


def test_an_operator_that_promises_no_visits_has_nobody_to_call(sheet, terms):
    zhumadian = load_charter(operator="zhumadian", root=CHARTERS)
    found = sheet(terms=replace(terms, charter=zhumadian), by=zhumadian.staff[0].job_number)
    assert (found.published, numbers(found)) == (False, [])


def test_a_stranger_is_shown_nobody(sheet):
    with pytest.raises(StaffUnknown):
        sheet(by="9999")
