"""Counties and cities are known by their names, so that an address begins where its county does."""

from __future__ import annotations

import pytest

from engine.nlu.divisions import Divisions, marks


@pytest.fixture(scope="module")
def national() -> Divisions:
    return Divisions.national()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我住遂川县泉江镇", ["遂川县"]),
        ("南昌市红谷滩区那边", ["南昌市", "红谷滩区"]),
        ("从九江搬到吉安", ["九江", "吉安"]),
        ("郊区新区市区都停了", []),
        ("宽带断了", []),
        ("", []),
    ],
)
def test_names_of_the_country_are_found(text: str, wanted: list[str], national: Divisions) -> None:
    assert [text[each.start : each.end] for each in national.found(text)] == wanted


def test_a_full_name_is_told_from_a_short_one(national: Divisions) -> None:
    text = "九江市的和九江的"
    assert marks(national.found(text), len(text)) == ["f", "f+", "f+", "-", "-", "s", "s+", "-"]


def test_a_district_has_no_short_name(national: Divisions) -> None:
    assert "东湖" not in national.short
