"""推荐: only what is posted, for the need that was named (R9.4)."""

import pytest

from actions.recommendation import fitting, needs
from backend.charters import load_charter
from tests.factories import rows

CHARTER = load_charter(operator="jiangxi")


@pytest.mark.parametrize(
    "row",
    rows("""
        said                         | fits
        一家四口要看电视还要上网     | tv_broadband_package
        就看看电视                   | install_package install_package_plus
        推荐一款高清机顶盒           | hd_upgrade_two_years hd_upgrade_three_years
        家里三台电视                 | secondary_terminal_first secondary_terminal_further
        哪个套餐划算                 |
    """),
    ids=lambda row: row["said"],
)
def test_what_fits_is_found_by_the_need_that_was_named(row):
    assert [fee.key for fee in fitting(needs(row["said"]), CHARTER.fees)] == row["fits"].split()


def test_where_nothing_is_posted_nothing_is_recommended():
    assert fitting(needs("要带宽带的"), ()) == []
