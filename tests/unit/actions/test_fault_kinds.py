"""Which kind of fault a customer means, and whether it is ours."""

import pytest

from actions.fault_kinds import ALREADY_TRIED, WANTS_NO_CHECK, corrected_kind, names_dark_tv
from tests.factories import rows


@pytest.mark.parametrize(
    "row",
    rows("""
        said                             | kind
        不是没信号，是画面老卡           | picture
        是画面卡不是没信号               | picture
        说错了，不是电视，是宽带上不了网 | broadband_down
        是完全上不了网，不是网速慢       | broadband_down
        不是断网，就是网特别慢           | broadband_slow
        不是机顶盒，是遥控器             | remote
        不是3栋，是5栋                   |
        电视没信号                       |
    """),
    ids=lambda row: row["said"],
)
def test_the_kind_that_is_not_denied_is_meant(row):
    assert (corrected_kind(row["said"]) or "") == row["kind"]


@pytest.mark.parametrize(
    "row",
    rows("""
        said                             | ours
        电视开不了机没画面               | 是
        电视机打不开，黑屏               | 是
        电视一点反应都没有，屏幕是黑的   | 是
        电视机屏幕碎了，黑屏             | 否
        海信电视开不了机，保修找谁       | 否
        移动送的盒子，电视没画面         | 否
        电视剧打不开                     | 否
        电视柜的灯不亮                   | 否
        我家洗衣机没反应                 | 否
    """),
    ids=lambda row: row["said"],
)
def test_a_television_that_stays_dark_is_ours_unless_the_set_itself_is_meant(row):
    assert names_dark_tv(row["said"]) is (row["ours"] == "是")


def test_a_box_that_restarts_by_itself_was_not_restarted_by_the_customer():
    tried = ("重启过了", "机顶盒一直重启", "盒子老是重启")
    assert [said for said in tried if ALREADY_TRIED.search(said)] == ["重启过了"]


def test_who_says_so_along_with_the_fault_is_spared_the_checks():
    spared = (
        "宽带断了今天必须修好别让我试",
        "电视花了，莫喊我重启了",
        "没信号，直接派个人来",
        "不要再折腾我了",
        "网断了直接安排师傅",
    )
    others = ("我试了一下没信号", "别的台能看", "直接没信号了", "要不要我重启一下")
    assert [said for said in (*spared, *others) if WANTS_NO_CHECK.search(said)] == list(spared)
