"""A conversation that an agent has, in a real database: spoken in, handed on, given back, ended."""

import pytest

from bot.conversations.takeover import Act, State
from bot.errors import KeptForAnother, NobodyServes, NotYourConversation

MEMORY = {"summary": "已改约到周五", "settled": True}


@pytest.fixture
def served(desk):
    """A customer whom 1031 serves."""
    desk.there("1031")
    desk.says("转人工")
    desk.claims("1031")
    return desk


@pytest.mark.channel("web", feature="标明机器人或坐席")
def test_what_the_agent_says_bears_the_job_number_and_is_said_once(served):
    seq = served.replies("1031", "您好，我来帮您。")
    assert served.replies("1031", "您好，我来帮您。") == seq

    message = served.store.messages(conversation="c1", after=seq - 1, most=9)[-1]
    assert (message.speaker, message.author, message.text) == ("agent", "1031", "您好，我来帮您。")


def test_only_who_has_the_conversation_speaks_in_it(served):
    served.there("1032")
    with pytest.raises(NotYourConversation):
        served.replies("1032", "我来")
    served.takeovers.close(conversation="c1", agent="1031", at=served.at)
    with pytest.raises(NobodyServes):
        served.replies("1031", "还有")


def test_what_was_said_meanwhile_reaches_the_engine_with_the_next_turn(served):
    served.says("地址是红谷滩区世贸路1号")
    served.replies("1031", "已改约到周五。")
    served.takeovers.hand_back(conversation="c1", agent="1031", at=served.at, **MEMORY)
    served.says("那周六呢")
    [turn] = served.store.open_turns(conversation="c1")

    assert turn.details["meanwhile"] == {
        **MEMORY,
        "lines": [
            {"from": "customer", "text": "转人工"},
            {"from": "customer", "text": "地址是红谷滩区世贸路1号"},
            {"from": "agent", "text": "已改约到周五。"},
        ],
    }
    served.answer(turn, "好的")
    served.says("谢谢")
    assert "meanwhile" not in served.store.open_turns(conversation="c1")[0].details


def test_what_was_said_meanwhile_outlives_a_turn_that_fails(served):
    served.takeovers.hand_back(conversation="c1", agent="1031", at=served.at, **MEMORY)
    served.says("那周六呢")
    [turn] = served.store.open_turns(conversation="c1")
    served.store.close_turn(turn=turn, state="failed", replies=[], at=served.at)
    served.says("喂")

    assert served.store.open_turns(conversation="c1")[0].details["meanwhile"]["summary"] == "已改约到周五"


def test_a_transfer_keeps_the_owner_and_waits_for_whom_it_is_meant(served):
    served.there("1031", "1032", "1033")
    served.takeovers.transfer(conversation="c1", agent="1031", to="1032", team=None, note="要看线路", at=served.at)
    assert "工号 1032 的坐席" in served.last()
    with pytest.raises(KeptForAnother, match="1032"):
        served.claims("1033")

    assert served.claims("1032").owner == "1031"


def test_a_transfer_that_nobody_takes_is_open_to_all(served):
    served.takeovers.transfer(
        conversation="c1", agent="1031", to=None, team="maintenance", note="要看线路", at=served.at
    )
    served.there("1032", "1033")
    with pytest.raises(KeptForAnother):
        served.claims("1033", team="business")
    served.passes(minutes=3)
    served.there("1033")

    assert served.claims("1033", team="business").agent == "1033"


def test_a_team_takes_what_is_transferred_to_it(served):
    served.takeovers.transfer(
        conversation="c1", agent="1031", to=None, team="maintenance", note="要看线路", at=served.at
    )
    served.there("1021")

    assert served.claims("1021", team="maintenance").agent == "1021"


def test_who_comes_back_waits_for_the_same_person_first(served):
    served.takeovers.hand_back(conversation="c1", agent="1031", at=served.at, **MEMORY)
    served.there("1032")
    served.says("人工")
    with pytest.raises(KeptForAnother, match="1031"):
        served.claims("1032")

    assert served.claims("1031").agent == "1031"


def test_who_comes_back_on_another_channel_waits_for_the_same_person_first(served):
    served.opened("c2", channel="wechat")
    for conversation in ("c1", "c2"):
        served.peers.know_phone(conversation=conversation, phone="+8613807915599")
    served.there("1032")
    served.says("人工", conversation="c2")
    with pytest.raises(KeptForAnother, match="1031"):
        served.claims("1032", conversation="c2")

    assert served.claims("1031", conversation="c2").agent == "1031"


def test_a_phone_that_is_no_longer_theirs_for_sure_brings_nobody_back(served):
    served.opened("c2")
    served.peers.know_phone(conversation="c1", phone="+8613807915599")
    served.peers.know_phone(conversation="c2", phone="+8613807915599", verified_until=served.at)
    served.there("1032")
    served.says("人工", conversation="c2")

    assert served.claims("1032", conversation="c2").agent == "1032"


def test_the_preference_ends_and_an_absent_agent_has_none(served):
    served.takeovers.hand_back(conversation="c1", agent="1031", at=served.at, **MEMORY)
    served.presence.leave(agent="1031")
    served.there("1032")
    served.says("人工")

    assert served.claims("1032").agent == "1032"


def test_a_rating_is_kept_and_the_next_text_is_the_assistants(served):
    served.takeovers.close(conversation="c1", agent="1031", at=served.at)
    assert "满意吗" in served.last()

    assert not served.says("基本满意").opened
    assert "谢谢您的评价" in served.last()
    assert served.of().state is State.BOT
    assert served.says("你好").opened


def test_another_text_after_the_end_is_no_rating(served):
    served.takeovers.close(conversation="c1", agent="1031", at=served.at)

    assert served.says("不满意的话怎么投诉").opened
    assert (served.of().state, served.of().owner) == (State.BOT, None)


def test_a_silent_agent_is_nudged_and_then_loses_the_customer_to_the_front_of_the_queue(served):
    served.opened("c2")
    served.says("人工", conversation="c2")
    served.passes(seconds=61)
    served.there("1031")
    assert served.attends() is Act.NUDGE
    assert served.attends() is None
    served.passes(seconds=121)
    served.there("1031")

    assert served.attends() is Act.REQUEUE
    assert "非常抱歉让您久等了" in served.last()
    assert served.of().owner == "1031"
    assert not served.takeovers.tell_place(conversation="c1", at=served.at)
    assert served.takeovers.tell_place(conversation="c2", at=served.at)
    assert "您前面还有 1 位" in served.last("c2")


def test_a_silent_customer_is_reminded_and_then_thanked(served):
    served.replies("1031", "请问还有别的事吗？")
    served.passes(minutes=5)
    served.there("1031")
    assert served.attends() is Act.REMIND
    served.passes(minutes=5)
    served.there("1031")

    assert served.attends() is Act.CLOSE
    assert "满意吗" in served.last()
