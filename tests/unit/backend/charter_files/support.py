"""The shipped charters, and what is said of one that is not right."""

from pathlib import Path

import pytest

from backend.charters import CharterInvalid, load_charter

CHARTERS = Path(__file__).parents[4] / "charters"
GENERAL = ("commitments", "general_fault_repair")
VIEWING = ("fees", "viewing")


def problems(root, operator="jiangxi"):
    with pytest.raises(CharterInvalid) as refused:
        load_charter(operator=operator, root=root)
    assert str(refused.value).splitlines() == list(refused.value.problems)
    return [problem.removeprefix(f"{root}/") for problem in refused.value.problems]
