"""A charter that is not right is refused with file and field, in plain words, one line each."""

import pytest

from tests.unit.backend.charter_files.support import GENERAL, VIEWING, problems


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
        ("staff.yml", ("staff", "1024", "photo"), "../1024.jpg", "1024.photo: String should match pattern"),
        ("staff.yml", ("staff", "1024", "photo"), "1024.jpg", "staff.1024.photo: there is no photos/1024.jpg"),
        ("areas.yml", ("changes", 0, "kind"), "weather", "changes.0.kind: Input should be 'branch_head', 'areas'"),
        ("areas.yml", ("changes", 0, "sample"), False, "changes.0: needs a source, or sample: true"),
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


@pytest.mark.parametrize("field", ["from", "until", "morning", "evening"])
def test_the_quiet_hours_leave_a_day_between_them(root, change, field):
    change("operator.yml", ("quiet_hours", field), {"from": "07:00", "until": "22:00"}.get(field, "23:00"))
    (problem,) = problems(root)
    assert problem.startswith("jiangxi/operator.yml: quiet_hours: must be so that until, morning, evening, from follow")


def test_the_quiet_hours_are_the_operators_own_and_say_so(root, change):
    change("operator.yml", ("quiet_hours", "mark"), "source")
    (problem,) = problems(root)
    assert problem.startswith("jiangxi/operator.yml: quiet_hours.mark")
