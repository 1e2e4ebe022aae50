"""Who asks for a person, waits and is claimed, in a real database: what customers, agents and the engine do at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.conversations.feed import Changes
from bot.conversations.tables import metadata
from bot.conversations.takeover import Act, State
from bot.errors import AnsweredByPhone, HandsFull, NotPresent, ServedByAnother


def test_the_migrations_make_the_tables(bot_database):
    with bot_database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "chat_schema_version"})
        assert compare_metadata(context, metadata) == []


@pytest.mark.channel("web", feature="排队告知")
@pytest.mark.parametrize("ask", ["人工", "0", "我要转人工服务！"])
def test_who_asks_for_a_person_waits_with_a_place_though_no_engine_runs(desk, ask):
    desk.there("1031")
    accepted = desk.says(ask)

    assert not accepted.opened
    assert desk.of().state is State.QUEUED
    assert "您排在第一位" in desk.last()
    assert "取消" in desk.last()
    assert desk.store.unanswered() == []


def test_where_nobody_is_at_the_desk_the_assistant_answers(desk):
    assert desk.says("人工").opened
    assert desk.of().state is State.BOT


def test_who_left_the_desk_is_not_counted_on(desk):
    desk.there("1031")
    desk.passes(minutes=1)

    assert desk.says("人工").opened


def test_what_is_said_in_the_queue_waits_for_the_agent(desk):
    desk.there("1031")
    desk.says("人工")

    assert not desk.says("我家宽带断了").opened
    assert desk.log()[-1] == ("customer", "我家宽带断了")


def test_a_message_that_is_sent_again_is_logged_once_in_the_queue_too(desk):
    desk.there("1031")
    same = {"conversation": "c1", "client_id": "same", "text": "人工", "correlation_id": "t", "at": desk.at}
    first, second = desk.store.accept(**same), desk.store.accept(**same)

    assert (first.seq, second.seq, second.repeated) == (1, 1, True)
    assert len(desk.log()) == 2


@pytest.mark.parametrize("said", ["取消", "取消！", "不等了", "不用人工了"])
def test_who_cancels_goes_on_with_the_assistant(desk, said):
    desk.there("1031")
    desk.says("人工")
    desk.says(said)

    assert desk.of().state is State.BOT
    assert "不再排队" in desk.last()
    assert desk.says("查进度").opened


def test_cancelling_outside_the_queue_is_said_to_the_assistant(desk):
    assert desk.says("取消").opened


def test_a_race_of_twenty_claims_has_one_winner(desk):
    agents = [str(2000 + number) for number in range(20)]
    desk.there(*agents)
    desk.says("人工")

    def tries(agent):
        try:
            return desk.claims(agent).agent
        except ServedByAnother as taken:
            return taken.details["agent"]

    with ThreadPoolExecutor(20) as pool:
        told = list(pool.map(tries, agents))

    assert set(told) == {desk.of().agent}
    assert [text for _, text in desk.log()].count(f"工号 {desk.of().agent} 的坐席为您服务。") == 1


def test_the_last_place_of_an_agent_is_given_once(desk):
    waiting = [f"w{number}" for number in range(8)]
    desk.opened(*waiting)
    desk.there("1031", capacity=3)
    for conversation in waiting:
        desk.says("人工", conversation=conversation)

    def tries(conversation):
        try:
            return desk.claims("1031", conversation=conversation).agent
        except HandsFull as full:
            return full.details["most"]

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(tries, waiting))

    assert sorted(map(str, told)) == ["1031"] * 3 + ["3"] * 5


def test_an_agent_who_is_not_there_claims_nothing(desk):
    desk.there("1031")
    desk.says("人工")
    with pytest.raises(NotPresent):
        desk.claims("1032")


def test_a_turn_in_flight_at_the_claim_stays_silent(desk):
    desk.there("1031")
    desk.says("宽带断了")
    [in_flight] = desk.store.open_turns(conversation="c1")
    desk.takeovers.step_in(conversation="c1", agent="1031", at=desk.at)

    assert not desk.answer(in_flight, "请问您的电话？")
    assert not desk.store.remark(turn=in_flight, text="请稍等", at=desk.at)
    assert desk.log() == [("customer", "宽带断了"), ("system", "工号 1031 的坐席为您服务。")]


def test_the_engine_hands_over_with_the_reply_that_says_so(desk):
    desk.there("1031")
    desk.says("我要跟真人说")
    desk.says("快点")
    assert desk.answers("好的，给您转人工。", handoff="request_human")

    waiting = desk.of()
    assert (waiting.state, waiting.reason) == (State.QUEUED, "request_human")
    assert [speaker for speaker, _ in desk.log()] == ["customer", "customer", "bot", "system"]
    assert desk.store.unanswered() == []


def test_nobody_within_the_limit_becomes_a_call_back_of_the_assistants_own(desk):
    desk.there("1031")
    desk.says("人工")
    desk.passes(minutes=10)
    assert desk.attends() is Act.GIVE_UP

    [turn] = desk.store.open_turns(conversation="c1")
    assert turn.text == "请人工给我回电话"
    assert turn.details == {"agents": {"here": False, "waited": True}}
    assert desk.of().state is State.BOT
    assert desk.log()[-1][0] == "system"


def test_off_hours_nobody_is_kept_waiting(desk):
    desk.there("1031")
    desk.says("人工")
    desk.passes(minutes=1)

    assert desk.attends(on_duty=True) is None
    assert desk.attends(on_duty=False) is Act.GIVE_UP


def test_two_attendants_give_up_once(desk):
    desk.there("1031")
    desk.says("人工")
    desk.passes(minutes=10)

    with ThreadPoolExecutor(8) as pool:
        acts = list(pool.map(lambda _: desk.attends(), range(8)))

    assert acts.count(Act.GIVE_UP) == 1
    assert len(desk.store.open_turns(conversation="c1")) == 1


def test_the_wait_is_told_from_measured_handling(desk):
    for number in range(3):
        desk.opened(f"done{number}")
        desk.there("1031", capacity=1)
        desk.says("人工", conversation=f"done{number}")
        desk.claims("1031", conversation=f"done{number}")
        desk.passes(minutes=6)
        desk.takeovers.close(conversation=f"done{number}", agent="1031", at=desk.at)
    desk.there("1031", capacity=1)
    desk.says("人工")

    assert "预计还要等 6 分钟左右" in desk.last()


def test_a_call_is_shown_and_claimed_on_the_phone(desk):
    desk.opened("call", channel="hotline")
    desk.there("1031")
    desk.takeovers.queue(conversation="call", reason="request_human", at=desk.at)
    desk.takeovers.queue(conversation="call", reason="request_human", at=desk.at)

    assert desk.log("call") == []
    with pytest.raises(AnsweredByPhone):
        desk.claims("1031", conversation="call")


def test_a_change_that_commits_late_is_not_missed(desk, bot_database):
    """Who asks for what changed after a number gets every change, in order, however many write at once."""
    conversations = [f"w{number}" for number in range(12)]
    desk.opened(*conversations)
    changes, seen, last = Changes(bot_database), set(), 0

    with ThreadPoolExecutor(12) as pool:
        written = [
            pool.submit(desk.store.notice, notice_id=c, conversation=c, text="好", at=desk.at) for c in conversations
        ]
        while not all(each.done() for each in written) or changes.after(last):
            for conversation, number in changes.after(last):
                seen.add(conversation)
                last = number

    assert seen == set(conversations)


def test_on_wechat_only_the_front_of_the_queue_is_told_on_the_way(desk):
    """Few messages get through there until the customer writes again."""
    desk.there("1031")
    desk.opened("c2", "c3")
    desk.peers.open(conversation="w1", channel="wechat", at=desk.at, peer="openid")
    for conversation in ("c1", "c2", "w1"):
        desk.passes(seconds=1)
        desk.says("人工", conversation=conversation)
    desk.claims("1031", conversation="c1")
    assert not desk.takeovers.tell_place(conversation="w1", at=desk.at)
    desk.claims("1031", conversation="c2")

    assert desk.takeovers.tell_place(conversation="w1", at=desk.at)
    assert "您排在第一位" in desk.last("w1")
