"""服务手册 R7.5: the charter, chapter by chapter; where it is silent, that is said."""

from dataclasses import replace

import pytest

from backend.domain.handbook import handbook


def chapter(charter, title):
    return next(each for each in handbook(charter) if each.title == title)


def texts(charter, title):
    return [item.text for item in chapter(charter, title).items]


def test_each_limit_stands_there_with_its_rule_and_source(jiangxi):
    item = chapter(jiangxi, "限时办结").items[0]

    assert (item.text, item.rule, item.source) == (
        "一般故障修复：受理起 24 小时（不可抗力因素除外）",
        "R1.1",
        "001 §4.3；§9.4",
    )


def test_an_average_is_told_as_one_and_never_among_the_limits(zhumadian):
    assert texts(zhumadian, "限时办结") == []
    assert chapter(zhumadian, "限时办结").silent == "公司没有公布办结时限"
    assert texts(zhumadian, "以往平均（不是承诺）")[0] == "非电缆原因的故障平均 24 小时内修复"


def test_the_visits_are_told_with_the_charters_share(langzhong, zhumadian):
    assert texts(langzhong, "回访")[0] == "报障处理完后回访 30%"
    assert texts(zhumadian, "回访") == []


def test_key_customers_are_visited_every_so_many_days(jiangxi):
    assert "大客户每 90 天回访一次" in texts(jiangxi, "回访")


def test_r7_5_no_forbidden_phrase_is_left_out(jiangxi):
    told = "".join(texts(jiangxi, "怎样说话"))

    assert all(phrase in told for phrase in jiangxi.wording.forbidden)


def test_placeholders_are_marked(jiangxi):
    assert all(item.sample for item in chapter(jiangxi, "网点和部门").items)


@pytest.mark.parametrize("title", ["责任追究", "收费"])
def test_what_an_operator_has_not_published_is_not_in_its_handbook(zhangjiagang, title):
    assert chapter(zhangjiagang, title).items == ()
    assert "没有公布" in chapter(zhangjiagang, title).silent


def test_a_charter_without_forbidden_phrases_or_an_assessment_has_neither(jiangxi):
    bare = replace(jiangxi, assessment=None, wording=replace(jiangxi.wording, forbidden={}), visit_attempts=None)

    assert len(chapter(bare, "怎样说话").items) == 2
    assert chapter(bare, "考核").items == ()
    assert not any("联系不上" in text for text in texts(bare, "回访"))
