"""docs/rules.md: no service rule is left out, and none is empty."""

from collections import Counter

import pytest

from scripts import rules
from scripts.rules_cited import cited, rules_in

RULES_OF_CHAPTER = {1: 22, 2: 12, 3: 4, 4: 3, 5: 7, 6: 6, 7: 6, 8: 4, 9: 6}


@pytest.fixture(scope="module")
def traced():
    return rules.traced()


def test_every_rule_of_every_chapter_is_there_once(traced):
    expected = [f"R{chapter}.{number}" for chapter, many in RULES_OF_CHAPTER.items() for number in range(1, many + 1)]

    assert Counter(rule.rule for rule in traced) == Counter(expected)


def test_no_rule_is_empty(traced):
    """It has a clause or a function, and a test; or it names the issue it belongs to."""
    assert [rule.rule for rule in traced if not (rule.is_kept or rule.issue)] == []


def test_no_rule_is_named_that_there_is_not(traced):
    named = set(cited((*rules.CODE, *rules.TESTS))) | set(rules.clauses())

    assert named <= {rule.rule for rule in traced}


def test_the_page_is_in_step(traced):
    assert rules.FILE.read_text("utf-8") == rules.written(traced), "run .venv/bin/python -m scripts.rules"


def test_a_span_of_rules_names_all_between_its_ends():
    assert list(rules_in("starts late (R1.13–R1.15), R2.3")) == ["R1.13", "R1.14", "R1.15", "R2.3"]
    assert list(rules_in("test_r1_10_changes_are_announced")) == ["R1.10"]
    assert list(rules_in("all of R2.x, version R1.2.3")) == []


def test_a_rule_stands_in_the_innermost_function_that_names_it(tmp_path):
    (tmp_path / "backend").mkdir()
    (tmp_path / "backend" / "module.py").write_text(
        '"""All of it (R1.1)."""\n\n\nclass Ticket:\n    def reopen(self):\n        """As R5.6 says."""\n'
    )
    found = cited(["backend"], root=tmp_path)

    assert found == {"R1.1": {"backend/module.py": set()}, "R5.6": {"backend/module.py": {"reopen"}}}
