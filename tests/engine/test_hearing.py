"""A sentence badly heard or told with hesitation is understood as it was meant; what is clear stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.nlu.hearing import Hearing
from engine.nlu.masking import masked
from engine.nlu.place_features import sound
from engine.nlu.plain import plain
from scripts.nlu_cases import own
from tests.engine.conftest import ROOT


@pytest.fixture(scope="module")
def phrases() -> list[str]:
    """Those of data/nlu as the classifier reads them, their details not masked."""
    return [masked(plain(case.text), []) for case in own(ROOT / "data" / "nlu")]


@pytest.fixture(scope="module")
def hearing(phrases: list[str]) -> Hearing:
    return Hearing.learned(phrases)


@pytest.mark.parametrize(
    ("misheard", "meant"),
    [
        ("家里电视没心号了", "家里电视没信号了"),
        ("我要投宿你们的师傅", "我要投诉你们的师傅"),
        ("宽待上不了网怎么办", "宽带上不了网怎么办"),
        ("营夜厅几点开门", "营业厅几点开门"),
        ("师傅什么时后来", "师傅什么时候来"),
    ],
)
def test_homophones_are_heard_as_they_were_meant(hearing: Hearing, misheard: str, meant: str) -> None:
    assert hearing.meant(misheard) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("那什么家里电视没信号了", "家里电视没信号了"),
        ("我要那什么投诉你们的师傅", "我要投诉你们的师傅"),
        ("喂怎么说呢宽带上不了网", "宽带上不了网"),
    ],
)
def test_words_of_hesitation_are_left_out(hearing: Hearing, said: str, meant: str) -> None:
    assert hearing.meant(said) == meant


@pytest.mark.parametrize("said", ["那个频道没有了", "余额还有多少", "这个月的费用", "就是这个号码", "嗯", "那个"])
def test_the_same_words_stay_where_they_say_something(hearing: Hearing, said: str) -> None:
    assert hearing.meant(said) == said


def test_what_customers_say_stays_as_it_is(hearing: Hearing, phrases: list[str]) -> None:
    assert len(phrases) > 10_000
    changed = [(phrase, meant) for phrase in phrases if (meant := hearing.meant(phrase)) != phrase]
    assert len(changed) < 0.02 * len(phrases)
    assert [phrase for phrase, meant in changed if len(meant) == len(phrase)] == []  # no homophone among them


@pytest.mark.parametrize("said", ["", "。", "OK 👌", "My TV has no signal", "26010100018", "^^电视$"])
def test_what_sounds_like_nothing_known_stays_as_it_is(hearing: Hearing, said: str) -> None:
    assert hearing.meant(said) == said


def test_whatever_is_changed_sounds_the_same(hearing: Hearing, phrases: list[str]) -> None:
    shuffled = [
        one[: len(one) // 2] + other[len(other) // 2 :] for one, other in zip(phrases, phrases[7::9], strict=False)
    ]
    heard = [(text, meant) for text in shuffled if len(meant := hearing.meant(text)) == len(text)]
    assert any(text != meant for text, meant in heard)
    assert [text for text, meant in heard if [*map(sound, text)] != [*map(sound, meant)]] == []


def test_a_stored_hearing_hears_the_same(hearing: Hearing, tmp_path: Path) -> None:
    hearing.save(tmp_path)
    assert Hearing.load(tmp_path) == hearing
