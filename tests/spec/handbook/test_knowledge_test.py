"""业务知识测试 R7.5: what is asked comes from the charter, and so does every wrong answer."""

from dataclasses import replace

import pytest

from backend.domain import knowledge_test
from backend.domain.knowledge_test import FEWEST, MOST, PAPER, Question, paper, score

OPERATORS = ["jiangxi", "langzhong", "zhangjiagang", "zhumadian"]


@pytest.fixture(params=OPERATORS)
def charter(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def everything(monkeypatch):
    """The whole of what a charter can be asked for."""
    monkeypatch.setattr(knowledge_test, "PAPER", 1000)

    def everything(charter, seed="种子"):
        return {question.key: question for question in paper(charter, seed=seed)}

    return everything


def right(question: Question) -> str:
    return question.options[question.right]


def test_every_operator_has_a_paper_of_ten(charter):
    assert len(paper(charter, seed="2026-11")) == PAPER


def test_the_same_seed_gives_the_same_paper_and_another_another(charter):
    assert paper(charter, seed="a") == paper(charter, seed="a")
    assert paper(charter, seed="a") != paper(charter, seed="b")


def test_the_options_differ_and_the_right_one_stands_anywhere(charter, everything):
    asked = [question for seed in range(5) for question in everything(charter, str(seed)).values()]

    assert all(FEWEST <= len(set(question.options)) == len(question.options) <= MOST for question in asked)
    assert {question.right for question in asked} == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("operator", "key", "answer"),
    [
        ("jiangxi", "limit:general_fault_repair", "24 小时"),
        ("jiangxi", "limit:install_rural", "10 个工作日"),
        ("jiangxi", "notice", "24 小时"),
        ("jiangxi", "hotline", "96130"),
        ("jiangxi", "measures:light", "告诫"),
        ("langzhong", "limit:major_fault_repair", "48 小时"),
        ("langzhong", "visits:fault", "30%"),
        ("zhangjiagang", "limit:dispatch", "3 分钟"),
        ("zhumadian", "typical:the_cable", "72 小时"),
        ("zhumadian", "supervision_phone", "180"),
    ],
)
def test_the_right_answer_is_the_charters_own_figure(request, everything, operator, key, answer):
    assert right(everything(request.getfixturevalue(operator))[key]) == answer


def test_the_wrong_answers_are_right_elsewhere_in_the_same_charter(langzhong, everything):
    asked = everything(langzhong)
    limits = {question.key: question for question in asked.values() if question.key.startswith(("limit", "reply"))}
    answers = {right(question) for question in limits.values()}

    assert all(set(question.options) <= answers for question in limits.values())


def test_no_placeholder_is_asked_for(jiangxi, everything):
    asked = everything(jiangxi)

    assert not any(key.startswith(("department", "outlet")) for key in asked)
    assert "fee:viewing" in asked


def test_the_forbidden_phrase_stands_among_what_is_said(charter, everything):
    question = everything(charter)["forbidden"]

    assert right(question) in charter.wording.forbidden
    assert not {option for option in question.options if option != right(question)} & set(charter.wording.forbidden)


def test_where_a_charter_has_nothing_to_tell_apart_nothing_is_asked(jiangxi, everything):
    bare = replace(
        jiangxi,
        commitments=jiangxi.commitments[:1],
        notice_ahead=None,
        assessment=None,
        accountability=None,
        watch=None,
        pledges=(),
        wording=replace(jiangxi.wording, forbidden={}),
    )
    asked = everything(bare)

    assert not any(key.startswith(("limit", "visits", "pledge", "measures", "forbidden", "instead")) for key in asked)


def test_departments_and_outlets_that_are_published_are_asked_for(jiangxi, everything):
    published = replace(
        jiangxi,
        departments=tuple(replace(each, sample=False) for each in jiangxi.departments),
        outlets=tuple(replace(each, sample=False) for each in jiangxi.outlets),
    )
    asked = everything(published)

    assert right(asked["department:maintenance"]) == "网络运行维护部"
    assert any(key.startswith("outlet:") for key in asked)


def test_a_test_is_scored_and_what_was_left_out_is_wrong(jiangxi):
    questions = paper(jiangxi, seed="a")
    chosen = {question.key: question.right for question in questions[:7]}
    found = score(questions, chosen=chosen | {questions[7].key: (questions[7].right + 1) % 2})

    assert (found.right, found.of, found.mistakes) == (7, 10, questions[7:])
