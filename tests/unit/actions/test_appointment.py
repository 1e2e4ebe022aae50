"""改约: which time is wished, and whether it is the visit or the whole matter that the customer no longer wants
(R9.1)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.appointment import ChangeAppointment, not_that_day, puts_off, time_said
from actions.floor import Floor
from actions.turn import Entity, Turn
from backend.domain.vocabulary import Channel
from tests.contract.answered import VIEW
from tests.contract.backend import Backend
from tests.contract.talk import parts
from tests.factories import rows

SATURDAY_EVENING = datetime(2026, 11, 21, 12, 31, tzinfo=UTC)


def a_turn(text: str, times: str) -> Turn:
    turn = Turn(
        conversation="c",
        text=text,
        intent="change_appointment",
        entities=(),
        channel=Channel.WEBCHAT,
        accepted_at=SATURDAY_EVENING,
        correlation_id="t",
        slots={},
        active_form=None,
        last_said=(),
        misunderstood_before=0,
    )
    found = [Entity(name="time", value=time, start=text.index(time)) for time in times.split()]
    return replace(turn, entities=tuple(found))


@pytest.mark.parametrize(
    "row",
    rows("""
        sentence                               | times          | wished
        改到后天下午三点                       | 后天下午三点   | 后天下午三点
        明天上午来不了，改到后天上午           | 明天上午 后天上午 | 后天上午
        改到后天吧，明天没空                   | 后天 明天      | 后天
        明天我不在家，换后天来行吗             | 明天 后天      | 后天
        原定周六来，换成周日吧                 | 周六 周日      | 周日
        约的三点改成五点吧                     | 三点 五点      | 五点
        本来讲星期三来的，能不能换一天         | 星期三         |
        师傅别四点来，五点以后来               | 四点 五点以后  | 五点以后
        明天别来了                             | 明天           |
        我要改约                               |                |
    """),
    ids=lambda row: row["sentence"],
)
def test_the_time_wished_is_the_one_it_is_moved_to(row):
    floor = Floor(dispatcher=CollectingDispatcher(), turn=a_turn(row["sentence"], row["times"]))

    assert (time_said(floor) or "") == row["wished"]


@pytest.mark.parametrize(
    "row",
    rows("""
        sentence                     | times    | the visit | that day
        明天别来了                   | 明天     | 是        | 是
        今天先不要过来，家里没人     | 今天     | 是        | 是
        师傅不用来了                 |          | 是        | 否
        昨天报的修不用来了           | 昨天     | 是        | 否
        不用来了，已经好了           |          | 否        | 否
        明天不用来了，单子撤了吧     | 明天     | 否        | 否
        我要撤单                     |          | 否        | 否
    """),
    ids=lambda row: row["sentence"],
)
def test_a_visit_put_off_is_told_from_a_matter_withdrawn(row):
    turn = a_turn(row["sentence"], row["times"])

    assert puts_off(turn.text) == (row["the visit"] == "是")
    assert not_that_day(turn) == (row["that day"] == "是")


@pytest.mark.parametrize("postponed", [True, False])
def test_a_promise_that_the_wish_has_moved_is_not_told_as_unchanged(tmp_path, postponed):
    """R1.17."""
    dispatcher = CollectingDispatcher()
    floor = Floor(dispatcher=dispatcher, turn=a_turn("改到后天", "后天"))
    floor.remember(appointment_time={"text": "后天", "at": "2026-11-23T08:00:00+08:00"})

    ChangeAppointment(parts(tmp_path, Backend())).tell(floor, replace(VIEW, postponed=postponed))

    told = [message["response"] for message in dispatcher.messages]
    assert ("utter_appointment_postponed" in told, "utter_appointment_changed" in told) == (postponed, not postponed)
