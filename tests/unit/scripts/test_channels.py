"""docs/channels.md: every mark names a feature and a channel that there are, and the page is in step with the tests."""

import pytest

from scripts import channels


@pytest.fixture(scope="module")
def marks():
    return channels.marked()


@pytest.fixture(scope="module")
def features(marks):
    return channels.features(marks)


def test_no_feature_or_channel_is_marked_that_there_is_not(marks, features):
    assert {mark.feature for mark in marks} <= {feature.name for feature in features}
    assert {mark.channel for mark in marks} <= set(channels.channels())


def test_a_feature_is_shown_by_a_test_on_some_channel(features):
    assert [feature.name for feature in features if not feature.tests] == []


def test_no_reason_is_given_why_a_feature_is_missing_where_it_is_shown(features):
    assert [feature.name for feature in features if set(feature.not_on) & set(feature.tests)] == []
    assert {channel for feature in features for channel in feature.not_on} <= set(channels.channels())


def test_the_page_is_in_step(features):
    assert channels.FILE.read_text("utf-8") == channels.written(features), "run .venv/bin/python -m scripts.channels"


def test_marks_stand_on_tests_and_on_modules(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_chat.py").write_text(
        'pytestmark = [pytest.mark.timeout(9), pytest.mark.channel("web", feature="甲")]\n\n\n'
        '@pytest.mark.channel("wechat", feature="乙")\n@pytest.mark.channel("hotline", feature="乙")\n'
        "async def test_one():\n    pass\n\n\ndef helper():\n    pass\n"
    )
    found = channels.marked(tmp_path / "tests")

    assert [(mark.channel, mark.feature) for mark in found] == [("wechat", "乙"), ("hotline", "乙"), ("web", "甲")]
    assert {(mark.file, mark.test) for mark in found} == {("tests/test_chat.py", "test_one")}
