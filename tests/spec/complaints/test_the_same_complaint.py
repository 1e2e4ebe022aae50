"""Two complaints of one kind by one customer: one matter, two, or the customer is asked."""

import pytest

from backend.domain.same_complaint import Sameness, sameness, staff_named
from tests.factories import rows

STORIES = rows("""
    先说                                     | 又说                                     | 是
    你们师傅态度太差                         | 我要投诉，你们师傅态度太差！             | same
    师傅在我屋里抽烟，地上全是烟灰           | 师傅在屋里抽烟弄得到处烟灰               | same
    说好昨天来到现在没人来                   | 说好昨天来修的人影都没有                 | same
    你们施工把墙挖了个洞不管                 | 墙上挖的洞到现在还没人来补               | unclear
    你们师傅进门就骂人                       | 我要投诉，你们师傅态度太差               | unclear
    我要投诉                                 | 热线打了一上午没人接                     | unclear
    我要投诉                                 | 我要投诉                                 | unclear
    你们施工把墙挖了个洞不管                 | 热线打了一上午没人接                     | other
    这个月扣了我两次钱                       | 没经过我同意给我开了个影视包             | other
    师傅在屋里抽烟                           | 前台边玩手机边说不知道                   | other
    工号1027的师傅骂人                       | 就是那个工号 1027，今天又迟到            | same
    工号1027的师傅骂人                       | 工号1031的师傅也骂人                     | other
    工号1027的师傅骂人                       | 师傅骂人还摔东西                         | unclear
    修不好；涉及工单：26112100427            | 又没修好；涉及工单：26112100427          | same
    修不好；涉及工单：26112100427            | 修不好；涉及工单：26112100434            | other
    修不好，打我电话13979100008              | 修不好，打我电话13979100009              | same
""")


@pytest.mark.parametrize("row", STORIES, ids=lambda row: f"{row['先说']}+{row['又说']}")
def test_who_or_which_ticket_is_named_decides_else_the_words(row):
    assert sameness(told=row["先说"], said=row["又说"]) is Sameness(row["是"])
    assert sameness(told=row["又说"], said=row["先说"]) is Sameness(row["是"])


def test_what_the_form_writes_around_a_story_makes_no_two_stories_alike():
    told = "投诉其他问题：施工把墙挖了个洞；希望：尽快补好"
    assert sameness(told=told, said="投诉其他问题：热线打了一上午没人接；希望：派人接电话") is Sameness.OTHER


def test_staff_are_named_as_the_customer_said_it():
    assert staff_named("工号1027，姓万的，在三号窗口，就是工号1027") == ("工号1027", "姓万", "三号窗口")
    assert staff_named("师傅态度差") == ()
