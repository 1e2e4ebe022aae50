"""What a turn says of itself."""

from datetime import UTC, datetime
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions import services
from actions.turn import Turn
from tests.factories import rows

AT = "2026-11-21T12:31:00+00:00"


def heard(text: str, intent: str = "correction") -> dict[str, Any]:
    return {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}}}


def said(text: str | None) -> dict[str, Any]:
    return {"event": "bot", "text": text}


def a_turn(
    text: str = "对", *, intent: str = "affirm", found: str = "", before: tuple[dict[str, Any], ...] = ()
) -> Turn:
    """`found`: what the extractor found as "name=value name=value", each at its place in the text."""
    entities = [
        {"entity": name, "value": value, "start": text.index(value), "end": text.index(value) + len(value)}
        for name, _, value in (each.partition("=") for each in found.split())
    ]
    message = {
        "text": text,
        "intent": {"name": intent} if intent else {},
        "entities": entities,
        "metadata": {"channel": "hotline", "accepted_at": AT, "correlation_id": "turn-1"},
    }
    events = [*before, heard(text, intent)]
    return Turn.of(Tracker("conversation", {}, message, events, False, None, {}, None))


@pytest.mark.parametrize(
    ("text", "furious"),
    [
        ("他妈的又没信号", True),
        ("电视又坏了！！！", True),
        ("修了三次，你们糊弄谁呢", True),
        ("电视没信号！", False),
        ("垃圾桶旁边的线松了", False),
    ],
)
def test_who_swears_or_shouts_is_furious(text, furious):
    assert a_turn(text).is_furious is furious


@pytest.mark.parametrize(
    "row",
    rows("""
        text                       | found                       | meant
        住3栋502                   | address=3栋502              | 3栋502
        不是3栋，是5栋             | address=3栋 address=5栋     | 5栋
        不是8栋是5栋               | address=8栋 address=5栋     | 5栋
        是5栋不是8栋               | address=5栋 address=8栋     | 5栋
        是5栋，不是8栋             | address=5栋 address=8栋     | 5栋
        不是3栋                    | address=3栋                 | 3栋
        3栋，哦5栋                 | address=3栋 address=5栋     | 5栋
        你们不是说明天来吗，我住5栋 | address=5栋                | 5栋
    """),
    ids=lambda row: row["text"],
)
def test_of_two_addresses_the_one_that_is_not_denied_is_meant(row):
    assert a_turn(row["text"], found=row["found"]).entity("address") == row["meant"]


def test_an_entity_of_another_name_is_none():
    assert a_turn("住3栋", found="address=3栋").entity("phone") is None


@pytest.mark.parametrize(
    "row",
    rows("""
        text               | intent         | asks
        修一次要不要钱     | ask_fee        | 是
        八一家园归谁管     | ask_area_manager | 是
        什么时候来？       | nlu_fallback   | 是
        这个要多久啊       | nlu_fallback   | 是
        村口第三家         | inform_address | 否
        对                 | affirm         | 否
    """),
    ids=lambda row: row["text"],
)
def test_a_question_is_told_from_a_statement(row):
    assert a_turn(row["text"], intent=row["intent"]).asks == (row["asks"] == "是")


def test_what_we_said_last_is_all_that_followed_the_message_before():
    turn = a_turn(
        "再说一遍",
        before=(
            heard("你好"),
            said("您好。"),
            heard("宽带多少钱"),
            said("720 元/年。"),
            said(None),
            said("还有别的事吗？"),
        ),
    )

    assert turn.last_said == ("720 元/年。", "还有别的事吗？")


def test_at_the_first_message_nothing_was_said():
    assert a_turn("再说一遍").last_said == ()


@pytest.mark.parametrize(
    ("before", "times"),
    [
        ([], 0),
        (["nlu_fallback"], 1),
        (["nlu_fallback", "out_of_scope"], 2),
        (["nlu_fallback", "greet"], 0),
        (["greet", "out_of_scope"], 1),
    ],
)
def test_misunderstandings_count_as_long_as_they_follow_each_other(before, times):
    turn = a_turn("呃那个", intent="nlu_fallback", before=tuple(heard("呃", intent) for intent in before))

    assert turn.misunderstood_before == times


def test_a_turn_carries_the_time_of_its_message_and_its_channel():
    turn = a_turn()

    assert (turn.accepted_at, turn.channel, turn.correlation_id) == (datetime.fromisoformat(AT), "hotline", "turn-1")
    assert turn.accepted_at.tzinfo is UTC


def test_a_sentence_that_was_not_understood_at_all_is_a_fallback():
    assert a_turn("呃", intent="").intent == "nlu_fallback"


def test_a_noted_sentence_is_heard_later_as_it_was_said():
    noted = a_turn("5栋没信号", intent="report_fault_no_signal", found="address=5栋").as_noted()

    later = a_turn("好").hearing(noted)

    assert (later.text, later.intent, later.entity("address")) == ("5栋没信号", "report_fault_no_signal", "5栋")
    assert later.conversation == "conversation"


def test_what_the_customer_said_before_is_known_in_the_next_turn():
    turn = a_turn(
        "怎么办", intent="ask_process_install", before=(heard("低保有優惠嗎", "ask_concession"), said("有的。"))
    )

    assert turn.before == {"text": "低保有优惠吗", "intent": "ask_concession"}
    assert a_turn("您好").before is None


@pytest.mark.parametrize(
    "row",
    rows("""
        said                       | drops
        算了 我重新报一下          | 是
        哦，不修了，帮我撤掉       | 是
        不用修了                   | 是
        不修好我就投诉             | 否
        我算了一下，都三天了       | 否
    """),
    ids=lambda row: row["said"],
)
def test_who_begins_with_leaving_drops_the_matter_in_hand(row):
    assert a_turn(row["said"], intent="cancel_ticket").drops is (row["drops"] == "是")


@pytest.mark.parametrize(
    ("said", "hurries"),
    [("快点啊 急", True), ("帮我催一下", False), ("麻烦你们赶紧派人来！", True), ("上次报的那单催一下", False)],
)
def test_who_names_nothing_hurries_the_matter_in_hand(said, hurries):
    assert a_turn(said, intent="ticket_urge").only_hurries is hurries


@pytest.mark.timeout(5)
def test_no_text_of_many_equal_words_keeps_the_process_busy():
    assert not a_turn("叫看来" * 300 + "x").waits
    assert all(name.fullmatch("家" * 900 + "x") is None for name in services._BARE.values())
