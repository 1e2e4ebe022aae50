"""What the benchmark makes of the times it takes."""

from __future__ import annotations

import pytest

from scripts.bench.measures import Figure, Load, best, quantile
from scripts.bench.report import of_long_conversations


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([3.0], 0.5, 3.0),
        ([1, 2, 3, 4], 0.5, 2),
        ([5, 4, 3, 2, 1], 0.5, 3),
        (range(1, 101), 0.95, 95),
        ([1, 2], 0.95, 2),
    ],
)
def test_a_quantile_is_the_smallest_value_that_the_share_does_not_exceed(
    values: list[float], share: float, expected: float
) -> None:
    assert quantile(values, share) == expected


def test_alone_a_turn_costs_what_one_customer_waits_and_among_many_what_the_machine_takes() -> None:
    alone = Load(conversations=1, seconds=(0.010, 0.020, 0.030), whole=0.1)
    many = Load(conversations=8, seconds=(0.080,) * 40, whole=0.4)
    assert alone.cost == pytest.approx(20)
    assert many.cost == pytest.approx(10)
    assert many.rate == pytest.approx(100)


def test_the_repetition_disturbed_least_counts() -> None:
    quick, slow = (Load(conversations=8, seconds=(0.1,) * 8, whole=whole) for whole in (1.0, 3.0))
    assert best([slow, quick, slow]) is quick


@pytest.mark.parametrize(
    ("value", "limit", "at_least", "kept"),
    [(0.6, 0.6, False, True), (0.61, 0.6, False, False), (3.0, 3, True, True), (2.9, 3, True, False)],
)
def test_a_figure_says_whether_what_was_asked_is_kept(value: float, limit: float, at_least: bool, kept: bool) -> None:
    figure = Figure(what="turns", value=value, limit=limit, at_least=at_least)
    assert figure.kept is kept
    assert ("MISSED" in str(figure)) is not kept


def test_turn_ten_and_turn_two_hundred_are_the_middle_of_their_neighbours() -> None:
    growing = [turn / 1000 for turn in range(1, 206)]
    disturbed = [1.0] * 205
    assert of_long_conversations([disturbed, growing]) == pytest.approx({10: 10, 200: 200})
