"""What a sentence that was not understood still says by its plain words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import unclear
from actions.floor import Floor
from actions.turn import Entity, Turn
from backend.charters import load_charter
from backend.domain.vocabulary import Channel

PHONE = Entity(name="phone", value="+8613807911234")
TURN = Turn(
    conversation="c",
    text="",
    intent="out_of_scope",
    entities=(),
    channel=Channel.WEBCHAT,
    accepted_at=datetime(2026, 11, 21, 12, 31, tzinfo=UTC),
    correlation_id="turn",
    slots={},
    active_form=None,
    last_said=(),
    misunderstood_before=0,
)
FILED = {"progress_ticket_number": "26112100427"}


def meant(text, *, operator="jiangxi", entities=(), slots=None, intent="out_of_scope"):
    turn = replace(TURN, text=text, intent=intent, entities=entities, slots=slots or {})
    floor = Floor(dispatcher=CollectingDispatcher(), turn=turn)
    return unclear.meant(floor, load_charter(operator=operator))


def test_who_threatens_presses_the_ticket_or_complains():
    assert meant("再修不好我就找12345", slots=FILED) == "ticket_urge"
    assert meant("再修不好我就找12345") == "complain_other"
    assert meant("12345是哪里的电话") is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("急死了宽带断了明天上午来修多少钱", "report_fault_broadband_down"),
        ("电视坏了快来", "report_fault_no_signal"),
        ("画面全是马赛克，看不了", "report_fault_picture"),
    ],
)
def test_who_leaves_a_phone_with_what_is_broken_reports_it(text, intent):
    assert meant(text, entities=(PHONE,), intent="nlu_fallback") == intent
    assert meant(text, intent="nlu_fallback") is None


def test_who_reported_before_presses_and_reports_nothing_new():
    assert meant("我报过修了，宽带断了没人来", entities=(PHONE,)) == "ticket_urge"
    assert meant("宽带断了，单子在你们那里", entities=(PHONE,)) is None


def test_what_is_ours_by_its_name_is_not_somebody_elses():
    assert meant("那装个电话多少钱", operator="zhumadian") == "ask_fee"
    assert meant("装宽带", operator="jiangxi") == "ask_process_install"
    assert meant("搬家公司多少钱") is None
