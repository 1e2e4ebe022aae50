"""Which kind of fault a customer means who corrects us."""

import pytest

from actions.fault_kinds import corrected_kind
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
