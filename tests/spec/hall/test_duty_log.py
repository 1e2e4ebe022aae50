"""值班日志 R2.7: who is on duty when, and what is unfinished."""

from datetime import date

import pytest

from backend.domain.errors import NoEventToEnd, ReasonMissing
from backend.domain.hall import DutyNote, lobby_managers
from tests.factories import a_member, at


def a_note(**changes):
    usual = {"number": 7, "key": "k", "at": at("2026-11-29 09:00"), "written_by": "4031", "text": "取号机坏了"}
    return DutyNote(**{**usual, "event": True, **changes})


def test_r2_7_an_event_is_carried_on_until_it_is_ended_with_its_outcome():
    ended = a_note().end(by="4031", at=at("2026-11-30 10:00"), outcome=" 已换新 ")

    assert (ended.ended_by, ended.outcome) == ("4031", "已换新")


@pytest.mark.parametrize("note", [a_note(event=False), a_note(ended_at=at("2026-11-29 12:00"))])
def test_what_is_no_event_or_is_over_is_not_ended(note):
    with pytest.raises(NoEventToEnd):
        note.end(by="4031", at=at("2026-11-30 10:00"), outcome="已换新")


def test_an_event_does_not_end_without_an_outcome():
    with pytest.raises(ReasonMissing):
        a_note().end(by="4031", at=at("2026-11-30 10:00"), outcome=" ")


def test_r2_7_the_lobby_manager_on_duty_greets_and_where_there_is_none_nobody_does(zhangjiagang, jiangxi):
    assert [m.job_number for m in lobby_managers(charter=zhangjiagang, at=at("2026-11-29 10:00"))] == ["4031"]
    assert lobby_managers(charter=zhangjiagang, at=at("2026-11-29 18:00")) == ()
    assert lobby_managers(charter=jiangxi, at=at("2026-11-27 10:00")) == ()


def test_the_shifts_of_a_day_are_those_that_begin_on_it():
    member = a_member("1002", "一二三四五六日 20:00-08:00", "一 08:30-17:30")
    monday, tuesday = date(2026, 11, 30), date(2026, 12, 1)

    assert [(shift.start, shift.end) for shift in member.shifts(on=monday)] == [
        (at("2026-11-30 08:30"), at("2026-11-30 17:30")),
        (at("2026-11-30 20:00"), at("2026-12-01 08:00")),
    ]
    assert [shift.start for shift in member.shifts(on=tuesday)] == [at("2026-12-01 20:00")]
