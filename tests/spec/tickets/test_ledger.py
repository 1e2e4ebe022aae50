"""The ledger 台账: whoever changes a page afterwards shows it; what a customer said can be erased all the same."""

from dataclasses import replace

import pytest

from backend.domain.ledger import breaks, next_page, plain
from backend.domain.vocabulary import Grade
from tests.factories import a_promise, at

now = at("2026-11-21 12:00")


@pytest.fixture
def pages():
    first = next_page(
        last=None, number="1", at=now, facts={"status": "acknowledged"}, words={"description": "没信号"}, salt="a1"
    )
    second = next_page(
        last=first, number="1", at=now, facts={"status": "inProgress"}, words={"description": "没信号"}, salt="b2"
    )
    return [first, second]


def test_an_untouched_ledger_holds(pages):
    assert [page.position for page in pages] == [1, 2]
    assert list(breaks(pages)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {"status": "closed"}},
        {"at": at("2026-11-21 11:00")},
        {"number": "2"},
        {"words": {"description": "有信号"}},
        {"salt": "c3"},
        {"words_digest": "0" * 64},
        {"digest": "0" * 64},
    ],
)
@pytest.mark.parametrize("position", [0, 1])
def test_a_page_changed_afterwards_shows(pages, position, change):
    pages[position] = replace(pages[position], **change)
    assert list(breaks(pages))


def test_a_page_taken_out_shows(pages):
    assert next(breaks(pages[1:])) == "第 2 页之前缺页"


def test_the_words_can_be_erased_without_breaking_the_chain(pages):
    erased = [page.erased() for page in pages]
    assert all(page.is_erased for page in erased)
    assert list(breaks(erased)) == []


def test_the_same_words_leave_another_digest_on_every_page(pages):
    """Salted: who guesses a phone number can't try it against the digest once the salt is gone."""
    assert pages[0].words_digest != pages[1].words_digest


def test_the_same_value_is_always_written_the_same():
    promised = a_promise(at("2026-11-22 10:00"), rule=None)
    written = plain({"made": promised, "grades": frozenset({Grade.MAJOR, Grade.GENERAL}), "day": now.date()})
    assert written["made"]["due"] == "2026-11-22T02:00:00+00:00"
    assert written["made"]["limit"] == {"amount": 24, "unit": "hours"}
    assert (written["grades"], written["day"]) == (["general", "major"], "2026-11-21")
