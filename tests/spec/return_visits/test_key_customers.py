"""大客户回访 (R5.5): regular and planned, and what was said is kept (R5.7)."""

from datetime import date, timedelta

import pytest

from backend.domain.errors import KeyVisitMadeAlready, ReasonMissing
from backend.domain.key_visit import KeyVisit
from backend.domain.return_visit import KeyCustomerVisits
from backend.domain.vocabulary import Mark
from tests.factories import at

every_quarter = KeyCustomerVisits(every=timedelta(days=90), rule="R5.5", source="001 §5.4", mark=Mark.CONFIGURED)
planned = KeyVisit(number=1, account="9900000055", planned_on=date(2026, 11, 29), staff="1015")
now = at("2026-12-01 10:00")


@pytest.mark.parametrize(
    ("last", "today", "due"),
    [
        (None, date(2026, 11, 29), True),
        (date(2026, 11, 29), date(2026, 11, 29), False),
        (date(2026, 11, 29), date(2027, 2, 26), False),
        (date(2026, 11, 29), date(2027, 2, 27), True),
    ],
)
def test_r5_5_each_is_due_again_after_the_charters_interval(last, today, due):
    assert every_quarter.is_due(last=last, today=today) is due


def test_r5_5_jiangxi_and_langzhong_plan_them_the_others_do_not(jiangxi, langzhong, zhangjiagang, zhumadian):
    assert jiangxi.key_customer_visits.mark is Mark.CONFIGURED  # regular, the source says; how often, it does not
    assert langzhong.key_customer_visits.mark is Mark.CONFIGURED
    assert (zhangjiagang.key_customer_visits, zhumadian.key_customer_visits) == (None, None)


def test_r5_7_what_was_said_is_kept_with_who_asked_and_when():
    made = planned.made(by="1015", at=now, said=" 大堂的电视晚上会卡 ")
    assert (made.made_by, made.made_at, made.said) == ("1015", now, "大堂的电视晚上会卡")


def test_r5_7_a_visit_without_a_word_or_made_twice_is_refused():
    with pytest.raises(ReasonMissing):
        planned.made(by="1015", at=now, said=" ")
    with pytest.raises(KeyVisitMadeAlready, match="1 号"):
        planned.made(by="1015", at=now, said="都好").made(by="1015", at=now, said="都好")
