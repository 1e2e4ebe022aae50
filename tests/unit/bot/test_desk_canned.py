"""Canned replies of every operator, and finding in them."""

import pytest

from backend.charters import load_charter
from bot.desk.canned import canned_replies
from bot.desk.finding import search, suggest

OPERATORS = ["jiangxi", "langzhong", "zhangjiagang", "zhumadian"]
JIANGXI = canned_replies(load_charter(operator="jiangxi"))


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_operators_replies_can_be_said_as_they_are(operator):
    charter = load_charter(operator=operator)
    replies = canned_replies(charter)
    assert len({reply.id for reply in replies}) == len(replies)
    for reply in replies:
        assert reply.text.strip()
        assert "{" not in reply.text, reply
        assert "None" not in reply.text, reply
        assert not [phrase for phrase in charter.wording.forbidden if phrase in reply.text], reply
        assert not reply.sample or reply.topic == "险情" or "（示例）" in reply.text, reply


@pytest.mark.parametrize("operator", OPERATORS)
def test_figures_come_from_the_charter_and_what_it_lacks_is_said_to_be_unpublished(operator):
    charter = load_charter(operator=operator)
    told = {reply.id: reply.text for reply in canned_replies(charter)}
    for clause in charter.commitments:
        assert clause.limit.text in told[f"limit:{clause.key}"]
    for fee in charter.fees:
        assert fee.text in told[f"fee:{fee.key}"]
    if not charter.fees:
        assert "没有公布资费标准" in told["fee:none"]
    for outlet in charter.outlets:
        assert any(outlet.phone in text for text in told.values())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("移机多少钱", "fee:relocation"),
        ("过户", "process:transfer"),
        ("工作证", "visit:work_id"),
        ("投诉电话", "phone:supervision_phone"),
        ("红谷滩", "area:honggutan"),
    ],
)
def test_what_an_agent_types_finds_what_the_charter_says(query, found):
    hits = search(query, JIANGXI, most=5)
    assert found in {hit.reply.id for hit in hits}, [(hit.reply.id, hit.score) for hit in hits]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_what_shares_nothing_is_not_found():
    assert search("xyzzy", JIANGXI, most=5) == []


def test_what_was_understood_decides_what_is_suggested():
    said = "那要多少钱呀"
    understood = {"intent": "ask_fee", "confidence": 0.95, "ranking": [{"name": "ask_fee", "confidence": 0.95}]}
    assert {hit.reply.topic for hit in suggest(said, understood, JIANGXI, most=3)} == {"资费"}
    relocation = suggest("移机要多少钱", understood, JIANGXI, most=1)
    assert relocation[0].reply.id == "fee:relocation"
    danger = {"intent": "report_danger", "confidence": 0.9, "ranking": []}
    assert suggest("电线掉下来冒烟了", danger, JIANGXI, most=1)[0].reply.topic == "险情"


def test_without_an_understanding_the_words_decide():
    assert suggest("过户要带什么材料", None, JIANGXI, most=1)[0].reply.id == "process:transfer"
    assert suggest("嗯", None, JIANGXI, most=3) == []
