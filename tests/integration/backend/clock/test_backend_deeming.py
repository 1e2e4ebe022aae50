"""视为按期办结 (R1.15): with its facts, and the written report to the head."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.domain.errors import ReportMissing
from backend.domain.handling import DeemedGround
from backend.domain.vocabulary import Excuse
from backend.messages.acts import StaffAct
from backend.messages.clock import DeemOnTime, MissingMaterials
from backend.refusals import NoHead
from backend.store.tables import outbox
from backend.usecases import deeming, materials
from tests.integration.backend.clock.support import AGENT, HEAD, due, soon
from tests.integration.backend.support import FRIDAY_EVENING, stored


@pytest.fixture
def deemed(do, fault):
    def deemed(**said):
        usual = {
            "by": AGENT,
            "reason": "客户不在家",
            "ground": DeemedGround.NOT_REACHED_AND_NOT_AT_HOME,
            "called_at": (FRIDAY_EVENING + timedelta(minutes=20),),
            "at_door": FRIDAY_EVENING + timedelta(minutes=50),
            "report": "两次联系不上",
            "reported_to": HEAD,
        }
        return do(deeming.deem, DeemOnTime, fault, **(usual | said))

    return deemed


def test_a_matter_is_deemed_done_on_time_with_its_facts_and_the_report_on_record(
    deemed, fault, store, history, verified
):
    """R1.15."""
    view = deemed()

    ticket = stored(store, fault).ticket
    assert (view.promises[0].excused, ticket.main_promise.due) == (Excuse.DEEMED_ON_TIME, due)
    assert not ticket.is_overdue(now=due + timedelta(days=1))
    detail = history(fault)[-1].detail
    assert (detail["calledAt"], detail["atDoor"]) == (["2026-11-20T10:50:00+00:00"], "2026-11-20T11:20:00+00:00")
    assert (detail["report"], detail["leader"]) == ("两次联系不上", HEAD)
    assert verified(fault)


def test_the_written_report_reaches_the_head_at_once(deemed, fault, terms, engine):
    """R1.15: 第一时间书面报告."""
    deemed()

    with engine.connect() as connection:
        (report,) = connection.execute(select(outbox).where(outbox.c.recipient == terms.charter.member(HEAD).phone))
    assert (report.subject, report.not_before) == (fault.ticket_number, soon)
    assert "联系不上客户、上门又无人" in report.body["text"]
    assert "客户不在家。两次联系不上（报告人工号 1041）" in report.body["text"]


def test_the_written_report_goes_to_a_head(deemed):
    for missing in ({"report": " "}, {"reported_to": None}):
        with pytest.raises(ReportMissing):
            deemed(**missing)
    with pytest.raises(NoHead):
        deemed(reported_to=AGENT)


def test_formalities_not_completed_need_no_call_and_no_door(do, order, store):
    complete = FRIDAY_EVENING + timedelta(hours=2)
    do(materials.complete, StaffAct, order, by=AGENT, now=complete)
    made = stored(store, order).ticket.main_promise
    do(materials.missing, MissingMaterials, order, by=AGENT, missing=("委托书",), request_id="r2", now=complete)

    view = do(
        deeming.deem,
        DeemOnTime,
        order,
        by=AGENT,
        reason="没有补",
        ground=DeemedGround.FORMALITIES_NOT_COMPLETED,
        report="手续没有补齐",
        reported_to=HEAD,
        now=made.due,
        request_id="r3",
    )

    assert view.promises[0].excused is Excuse.DEEMED_ON_TIME
