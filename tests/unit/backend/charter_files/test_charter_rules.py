"""What a charter may say of limits and of how matters are handled, and what it may leave out."""

import pytest

from backend.charters import load_charter
from backend.domain.vocabulary import TicketType
from tests.unit.backend.charter_files.support import GENERAL, problems

AVERAGE = {
    "label": "修复",
    "rule": "R1.1",
    "source": "004",
    "text": "平均 {within}",
    "about": {"ticket": "fault"},
    "within": "24 hours",
}


@pytest.mark.parametrize(
    ("at", "value", "line"),
    [
        (("watch", "leader_after"), "soon", "watch.leader_after: must be like '30 minutes', '24 hours' or '7 days'"),
        (("watch", "leader_after"), "2 working days", "watch.leader_after: must be like"),
        (("watch", "warn_at_percent"), 100, "watch.warn_at_percent: Input should be less than or equal to 99"),
        (("incident", "faults"), 1, "incident.faults: Input should be greater than or equal to 2"),
        (("incident", "source"), "", "incident.source: String should have at least 1 character"),
        (("extension", "decided_by"), "anybody", "extension.decided_by: Input should be 'leader', 'company_leader'"),
        (
            ("commitments", "outcome_follow_up", "within"),
            "3 working days",
            "outcome_follow_up.within: what is followed up is counted in hours (R5.4)",
        ),
        (("force_majeure", "clauses"), ["flood"], "clauses: flood is not among the commitments with a limit"),
        (("deemed_on_time", "grounds"), ["bad_mood"], "deemed_on_time.grounds.0: Input should be"),
        (("return_visits", 0, "percent"), 101, "return_visits.0.percent: Input should be less than or equal to 100"),
        (("accountability", "decided_by"), {"person": ["leader"]}, "needs for department who of the staff decides"),
        (
            ("accountability", "decided_by", "person"),
            ["customer_wish"],
            "accountability.decided_by: needs for person who of the staff decides",
        ),
        (("assessment", "indicators", "luck"), {"label": "运气"}, "assessment.indicators.luck"),
        (
            ("typical",),
            {"fault": AVERAGE | {"text": "平均很快"}},
            "typical.fault: text must quote the figure as {within}",
        ),
        (("typical",), {"fault": AVERAGE | {"within": None}}, "typical.fault.within: must be like '24 hours'"),
        (
            ("assessment", "points"),
            {
                "rule": "R7.1",
                "source": "003",
                "categories": {"discipline": {"label": "劳动纪律", "points": 25}},
                "deductions": {"quarrel_or_complaint": {"category": "service", "points": 5}},
                "place_pay": [],
                "fault_pay": [],
                "heads_apart": True,
            },
            "quarrel_or_complaint: service is not among the categories",
        ),
    ],
)
def test_a_rule_for_handling_says_what_can_be_done_and_by_whom(root, change, at, value, line):
    change("commitments.yml", at, value)
    (problem,) = problems(root)
    assert problem.startswith(f"jiangxi/commitments.yml: {at[0]}")
    assert line in problem


def test_who_decides_must_be_on_the_staff(root):
    """R1.17, R6.6."""
    staff = root / "jiangxi" / "staff.yml"
    staff.write_text(staff.read_text("utf-8").replace("grade: leader", "grade: agent"), "utf-8")
    assert problems(root) == [
        "jiangxi/commitments.yml: extension.decided_by: nobody in staff.yml is a leader",
        "jiangxi/commitments.yml: accountability.decided_by.person: nobody in staff.yml is a leader",
        "jiangxi/commitments.yml: accountability.decided_by.department: nobody in staff.yml is a company_leader",
    ]


def test_an_average_quotes_its_figure(root, change):
    change("commitments.yml", ("typical",), {"fault": AVERAGE})
    (figure,) = load_charter(operator="jiangxi", root=root).typical
    assert figure.text == "平均 24 小时"


@pytest.mark.parametrize("rule", ["extension", "deemed_on_time", "watch", "incident", "accountability", "assessment"])
def test_a_rule_that_is_left_out_is_not_published(root, change, rule):
    change("commitments.yml", (rule,), remove=True)
    assert getattr(load_charter(operator="jiangxi", root=root), rule) is None


@pytest.mark.parametrize("field", ["rule", "source", "within", "effective_from", "label"])
def test_a_limit_lacks_nothing(root, change, field):
    change("commitments.yml", (*GENERAL, field), remove=True)
    assert problems(root) == [f"jiangxi/commitments.yml: commitments.general_fault_repair.{field}: is missing"]


def test_urgent_matters_need_a_leader_to_report_them_to(root):
    """R2.6."""
    staff = root / "jiangxi" / "staff.yml"
    staff.write_text(staff.read_text("utf-8").replace("grade: head", "grade: agent"), "utf-8")
    nobody = "nobody in staff.yml is a head to report them to (R2.6)"
    assert problems(root) == [
        f"jiangxi/wording.yml: urgent_subjects: {nobody}",
        f"jiangxi/commitments.yml: major_complaints: {nobody}",
    ]


@pytest.mark.parametrize(
    ("rule", "field", "value", "line"),
    [
        ("money", "money_above", None, ": needs danger: true, important: true, words, money_above or times"),
        ("money", "money_above", "much", "money_above: Input should be a valid decimal"),
        ("money", "money_above", -1, "money_above: Input should be greater than or equal to 0"),
        ("money", "mark", "maybe", "mark: Input should be 'source', 'product' or 'configured'"),
        ("third_time", "times", 1, "times: Input should be greater than or equal to 2"),
        ("media_or_regulator", "words", ["报"], "words.0: String should have at least 2 characters"),
        ("media_or_regulator", "word", "媒体", "word: is not a field here"),
    ],
)
def test_a_rule_for_major_complaints_tests_something_that_can_be_tested(root, change, rule, field, value, line):
    """R1.16."""
    change("commitments.yml", ("major_complaints", rule, field), value)
    (problem,) = problems(root)
    assert problem.startswith(f"jiangxi/commitments.yml: major_complaints.{rule}")
    assert line in problem


def test_where_nothing_is_configured_as_major_nobody_needs_to_lead(root, change):
    change("commitments.yml", ("major_complaints",), {})
    assert load_charter(operator="jiangxi", root=root).major_complaints == ()


def test_a_configured_limit_may_be_left_empty_and_is_then_not_published(root, change):
    change("commitments.yml", ("commitments", "callback", "within"), None)
    charter = load_charter(operator="jiangxi", root=root)
    none = charter.clause(matter=TicketType.QUESTION, subject="callback")
    assert none.reason == "公司没有公布这类咨询的答复时限"
