"""After buttons were offered a number stands for one of them; where a number is the answer it stays one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from rasa.shared.core.events import BotUttered, UserUttered

from engine.choices import chosen, meant

CHECK = BotUttered(
    "现在好了吗？", data={"buttons": [{"title": "好了", "payload": "好了，能看了"}, {"title": "还是不行"}]}
)
PLAIN = BotUttered("请问您家地址是？")
DOMAIN = SimpleNamespace(responses={"utter_check": [{"text": "…", "buttons": CHECK.data["buttons"]}, {"text": "…"}]})


def tracker(*events: object, asked: str | None = None) -> SimpleNamespace:
    return SimpleNamespace(
        events=[UserUttered("电视没信号"), *events], slots={"requested_slot": SimpleNamespace(value=asked)}
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("2", 2), ("２", 2), ("②", 2), ("2.", 2), ("二", 2), ("2号", 2), ("第二个", 2), ("选二", 2), ("选第2个", 2)),
        *(("那就第一个吧", 1), ("我选3", 3), ("选项1", 1), ("按1", 1), ("第3项，谢谢", 3)),
        *(("12", None), ("2栋", None), ("第二天", None), ("两点", None), ("二楼", None), ("选", None), ("10", None)),
    ],
)
def test_a_choice_is_heard_in_a_number(text: str, number: int | None) -> None:
    assert chosen(text) == number


@pytest.mark.parametrize(
    ("text", "heard"), [("1", "好了，能看了"), ("第二个", "还是不行"), ("3", "3"), ("好了", "好了")]
)
def test_it_stands_for_what_the_button_says(text: str, heard: str) -> None:
    assert meant(text, tracker(CHECK), DOMAIN) == heard


def test_without_buttons_a_number_is_a_number() -> None:
    assert meant("1", tracker(PLAIN), DOMAIN) == "1"


def test_buttons_of_an_earlier_turn_are_over() -> None:
    assert meant("1", tracker(CHECK, UserUttered("嗯"), PLAIN), DOMAIN) == "1"


def test_buttons_hold_although_another_message_followed_them() -> None:
    assert meant("2", tracker(CHECK, PLAIN), DOMAIN) == "还是不行"


@pytest.mark.parametrize("asked", ["contact_phone", "progress_ticket_number", "progress_last_four", "contact_address"])
def test_where_a_number_is_the_answer_only_plain_words_choose(asked: str) -> None:
    assert meant("1", tracker(CHECK, asked=asked), DOMAIN) == "1"
    assert meant("第一个", tracker(CHECK, asked=asked), DOMAIN) == "好了，能看了"


def test_on_the_hotline_the_key_is_that_of_the_written_buttons() -> None:
    spoken = BotUttered("现在好了吗？", metadata={"utter_action": "utter_check"})

    assert meant("2", tracker(spoken), DOMAIN) == "还是不行"
