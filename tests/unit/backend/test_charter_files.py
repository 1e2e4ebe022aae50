"""A charter that is not right is refused with file and field, in plain words, one line each."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from backend.charters import FILES, CharterInvalid, load_charter, samples
from backend.domain.charter import Fee
from backend.domain.vocabulary import TicketType

CHARTERS = Path(__file__).parents[3] / "charters"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(CHARTERS / "jiangxi", tmp_path / "jiangxi")
    return tmp_path


@pytest.fixture
def change(root):
    def change(file, at, value=None, *, remove=False):
        path = root / "jiangxi" / file
        content = yaml.safe_load(path.read_text("utf-8"))
        *parents, field = at
        entry = content
        for key in parents:
            entry = entry[key]
        if remove:
            del entry[field]
        else:
            entry[field] = value
        path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")

    return change


def problems(root, operator="jiangxi"):
    with pytest.raises(CharterInvalid) as refused:
        load_charter(operator=operator, root=root)
    assert str(refused.value).splitlines() == list(refused.value.problems)
    return [problem.removeprefix(f"{root}/") for problem in refused.value.problems]


GENERAL = ("commitments", "general_fault_repair")
VIEWING = ("fees", "viewing")


@pytest.mark.parametrize(
    ("file", "at", "value", "line"),
    [
        ("commitments.yml", (*GENERAL, "source"), "", "source: String should have at least 1 character"),
        ("commitments.yml", (*GENERAL, "rule"), "1.1", r"rule: String should match pattern '^R\d+\.\d+$'"),
        (
            "commitments.yml",
            (*GENERAL, "within"),
            "one day",
            "within: must be like '24 hours', '5 working days' or '20 minutes'",
        ),
        ("commitments.yml", (*GENERAL, "within"), "0 hours", "within: must be like '24 hours'"),
        ("commitments.yml", (*GENERAL, "within"), None, ": within may only be empty where mark is configured"),
        ("commitments.yml", (*GENERAL, "effective_from"), "soon", "effective_from: Input should be a valid date"),
        ("commitments.yml", (*GENERAL, "hours"), 24, "hours: is not a field here"),
        ("fees.yml", (*VIEWING, "price"), "-1", "price: Input should be greater than or equal to 0"),
        ("fees.yml", (*VIEWING, "source"), None, ": needs a source, or sample: true"),
        ("fees.yml", (*VIEWING, "as_of"), None, ": a price needs as_of, the year or month of its publication"),
        ("fees.yml", (*VIEWING, "text"), "24 元", ": text must quote the price as {price}"),
        ("staff.yml", ("staff", "1024", "sample"), False, ": needs a source, or sample: true"),
        ("staff.yml", ("staff", "1024", "duties", 0, "start"), "25:00", "duties.0.start: must be a time in quotes"),
        ("staff.yml", ("staff", "1024", "duties", 0, "start"), "24:30", "duties.0.start: must be a time in quotes"),
        ("staff.yml", ("staff", "1024", "duties", 0, "start"), 480, "duties.0.start: must be a time in quotes"),
        ("staff.yml", ("staff", "1024", "duties", 0, "weekdays"), "fri-mon", "weekdays: must be like 'mon-fri'"),
        ("staff.yml", ("staff", "1024", "duties", 0, "weekdays"), "Monday", "weekdays: must be like 'mon-fri'"),
        (
            "staff.yml",
            ("staff", "1024", "areas"),
            ["honggutan", "qiushui", "jingkai", "mars"],
            "staff.1024.areas: mars is not in areas.yml",
        ),
        ("staff.yml", ("staff", "1024", "grade"), "boss", "staff.1024.grade: Input should be 'agent', 'head'"),
        ("staff.yml", ("staff", "1024", "department"), "choir", "1024.department: choir is not in departments.yml"),
        ("departments.yml", ("departments", "business", "head"), "9", "business.head: 9 is not in staff.yml"),
        ("areas.yml", ("areas", "donghu", "team"), ["9"], "donghu.team: 9 is not in staff.yml with this area"),
        ("areas.yml", ("areas", "donghu", "team"), ["1022"], "donghu.team: 1022 is not in staff.yml with this area"),
        ("areas.yml", ("areas", "donghu", "level"), "town", "donghu.level: Input should be 'city' or 'county'"),
        ("areas.yml", ("areas", "donghu", "manager"), "9999", "areas.donghu.manager: 9999 is not in staff.yml"),
        (
            "areas.yml",
            ("areas", "donghu", "aliases"),
            ["东湖区", "西湖区"],
            "areas.xihu.aliases: 西湖区 already stands for donghu",
        ),
        ("areas.yml", ("areas", "donghu", "aliases"), [], "areas.donghu.aliases: is empty"),
        (
            "processes.yml",
            ("processes", "install", "papers"),
            ["房产证"],
            "processes.install.papers: 房产证 is not among its materials",
        ),
        ("operator.yml", ("owner_order",), [], "owner_order: is empty"),
        ("operator.yml", ("id",), "jiangsu", "id: is jiangsu, but the folder is jiangxi"),
        ("operator.yml", ("owner_order",), ["whoever"], "owner_order.0: Input should be 'agent_in_conversation'"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_field(root, change, file, at, value, line):
    change(file, at, value)
    (problem,) = problems(root)
    assert problem.startswith(f"jiangxi/{file}: ")
    assert line in problem


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


def test_there_is_a_text_for_a_danger_of_any_kind(root, change):
    change("wording.yml", ("danger", "general"), remove=True)
    assert problems(root) == ["jiangxi/wording.yml: danger: needs a text for general"]


def test_all_problems_are_told_at_once(root, change):
    change("fees.yml", (*VIEWING, "rule"), remove=True)
    (root / "jiangxi" / "staff.yml").unlink()
    assert problems(root) == [
        "jiangxi/fees.yml: fees.viewing.rule: is missing",
        "jiangxi/staff.yml: the file is missing",
    ]


def test_an_entry_that_stands_twice_is_refused_not_overwritten(root):
    with (root / "jiangxi" / "outlets.yml").open("a", encoding="utf-8") as outlets:
        outlets.write("outlets: []\n")
    (problem,) = problems(root)
    assert problem.endswith(": outlets stands twice")


def test_what_is_not_yaml_is_named_by_its_line(root):
    (root / "jiangxi" / "fees.yml").write_text("fees:\n  viewing: [\n", "utf-8")
    (problem,) = problems(root)
    assert problem.startswith("jiangxi/fees.yml: line 3: ")


def test_an_empty_file_is_refused(root):
    (root / "jiangxi" / "fees.yml").write_text("", "utf-8")
    (problem,) = problems(root)
    assert problem.startswith("jiangxi/fees.yml: the file: ")


@pytest.mark.parametrize("operator", ["atlantis", "../jiangxi", ""])
def test_an_unknown_operator_is_refused_with_those_that_are_known(root, operator):
    (problem,) = problems(root, operator=operator)
    assert problem.endswith("there is no such charter (known: jiangxi)")


def test_a_configured_limit_may_be_left_empty_and_is_then_not_published(root, change):
    change("commitments.yml", ("commitments", "callback", "within"), None)
    charter = load_charter(operator="jiangxi", root=root)
    none = charter.clause(matter=TicketType.QUESTION, subject="callback")
    assert none.reason == "公司没有公布这类咨询的答复时限"


def test_a_promise_finds_the_version_that_was_in_force(root, change):
    former = root / "jiangxi" / "versions" / "2025-01-01"
    former.mkdir(parents=True)
    for name in FILES:
        shutil.copy(root / "jiangxi" / name, former / name)
    path = former / "operator.yml"
    path.write_text(path.read_text("utf-8").replace("version: 2026-11-01", "version: 2025-01-01"), "utf-8")
    on = {day: load_charter(operator="jiangxi", root=root, on=date.fromisoformat(day)).version for day in (
        "2024-12-31", "2025-01-01", "2026-10-31", "2026-11-01", "2027-05-01"
    )}  # fmt: skip
    assert list(on.values()) == ["2025-01-01", "2025-01-01", "2025-01-01", "2026-11-01", "2026-11-01"]
    assert load_charter(operator="jiangxi", root=root).version == "2026-11-01"


def test_the_digest_changes_with_any_file(root, change):
    before = load_charter(operator="jiangxi", root=root).digest
    change("wording.yml", ("greeting",), "您好")
    assert load_charter(operator="jiangxi", root=root).digest != before


def test_every_price_says_where_and_when_it_was_published():
    charter = load_charter(operator="jiangxi", root=CHARTERS)
    priced = [fee for fee in charter.fees if fee.price is not None and not fee.sample]
    assert {fee.source for fee in priced} == {"南昌有线网站"}
    assert {fee.as_of for fee in priced} == {"2016-10"}
    assert text_of(charter.fees, "viewing") == "主终端 24 元/月"
    assert "没有公示" in text_of(charter.fees, "concession")


def text_of(fees: tuple[Fee, ...], key: str) -> str:
    return next(fee.text for fee in fees if fee.key == key)


def test_placeholders_are_listed_by_file():
    listed = samples(load_charter(operator="jiangxi", root=CHARTERS))
    assert "staff.yml: 1024" in listed
    assert "operator.yml: supervision_phone" in listed
    assert not any("viewing" in entry for entry in listed)
