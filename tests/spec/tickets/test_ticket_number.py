"""Ticket numbers 工单号: spoken and checked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from backend.domain.errors import InvalidTicketNumber
from backend.domain.ticket import TicketNumber

numbers = st.builds(
    TicketNumber.make,
    day=st.dates(min_value=date(2020, 1, 1), max_value=date(2068, 12, 31)),
    running=st.integers(min_value=1, max_value=99_999),
)


def test_a_number_is_the_day_the_running_number_and_a_check_digit():
    number = TicketNumber.make(day=date(2026, 11, 21), running=42)
    assert number.spoken_groups == ("261121", "0042", "7")
    assert str(number) == "26112100427"


def test_a_busy_day_runs_past_four_digits():
    assert TicketNumber.make(day=date(2026, 11, 21), running=12345).spoken_groups[1] == "12345"


@given(numbers)
def test_a_number_is_read_back_as_typed_and_its_check_digit_is_damms(number):
    assert TicketNumber.parse(str(number)) == number
    assert damm.is_valid(str(number))


@given(numbers, st.data())
def test_one_wrong_digit_is_always_noticed(number, data):
    position = data.draw(st.integers(min_value=0, max_value=len(number.text) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number.text[position]]))
    with pytest.raises(InvalidTicketNumber):
        TicketNumber.parse(number.text[:position] + wrong + number.text[position + 1 :])


@given(numbers, st.data())
def test_two_neighbours_swapped_are_always_noticed(number, data):
    position = data.draw(st.integers(min_value=0, max_value=len(number.text) - 2))
    left, right = number.text[position], number.text[position + 1]
    if left != right:
        with pytest.raises(InvalidTicketNumber):
            TicketNumber.parse(number.text[:position] + right + left + number.text[position + 2 :])


def test_spaces_hyphens_and_full_width_digits_are_fine():
    number = TicketNumber.make(day=date(2026, 11, 21), running=42)
    day, running, check = number.spoken_groups
    full_width = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in number.text)
    for said in (f"{day} {running} {check}", f" {day}-{running}-{check}\n", full_width):
        assert TicketNumber.parse(said) == number


@pytest.mark.parametrize(
    "text",
    ["", "工单", "261121", "2611210042", "13807911234", "26112100427x"],
)
def test_what_is_no_number_is_refused_in_the_customers_language(text):
    with pytest.raises(InvalidTicketNumber, match="工单号不对"):
        TicketNumber.parse(text)


def with_check_digit(digits: str) -> str:
    return digits + damm.calc_check_digit(digits)


@pytest.mark.parametrize("digits", ["2613010042", "2611310042", "2611210000", "26112100042"])
def test_no_such_day_no_running_number_and_a_padded_one_are_refused_though_the_check_digit_fits(digits):
    with pytest.raises(InvalidTicketNumber):
        TicketNumber.parse(with_check_digit(digits))


def test_running_numbers_start_at_one():
    with pytest.raises(ValueError, match="start at 1"):
        TicketNumber.make(day=date(2026, 11, 21), running=0)
