"""Before an install is accepted the area's capacity is looked at (R2.11)."""

import pytest

from backend.domain.capacity import filed_as
from backend.domain.vocabulary import OrderKind, QuestionKind, TicketType


def test_where_it_is_not_open_no_install_is_accepted_but_the_wish_is_noted():
    noted = filed_as(ticket_type=TicketType.ORDER, subject=OrderKind.INSTALL, is_open=False)
    assert noted == (TicketType.QUESTION, QuestionKind.INTEREST)


@pytest.mark.parametrize(
    ("ticket_type", "subject", "is_open"),
    [
        (TicketType.ORDER, OrderKind.INSTALL, True),
        (TicketType.ORDER, OrderKind.SUSPEND, False),
        (TicketType.FAULT, "no_signal", False),
    ],
)
def test_everything_else_is_filed_as_it_was_reported(ticket_type, subject, is_open):
    assert filed_as(ticket_type=ticket_type, subject=subject, is_open=is_open) == (ticket_type, subject)


def test_no_limit_is_promised_for_a_noted_wish(jiangxi):
    (none,) = jiangxi.clauses(matter=TicketType.QUESTION, subject=QuestionKind.INTEREST)
    assert none.reason == "公司没有公布这类咨询的答复时限"
