"""Who waits for another waits longer: a time-out below is told above, not cut off (design.md)."""

from __future__ import annotations

import ast

import pytest

from actions.server import NOTICE_TIMEOUT
from actions.settings import ACTION_TIMEOUT
from backend.client import BACKEND_TIMEOUT
from bot.conversations.turns import TURN_TIMEOUT
from bot.engine import ENGINE_TIMEOUT
from tests.contract.taught import ROOT


def of_the_engine(name: str) -> float:
    """A constant of engine/settings.py, which this environment can't import."""
    tree = ast.parse((ROOT / "engine/settings.py").read_text("utf-8"))
    (value,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [name]
    )
    return float(ast.literal_eval(value))


def test_each_waits_longer_than_what_it_calls():
    waits = {
        "the actions for the backend": BACKEND_TIMEOUT,
        "one action": ACTION_TIMEOUT,
        "the bot for the engine": ENGINE_TIMEOUT,
        "one turn of the bot": TURN_TIMEOUT,
    }

    assert list(waits) == sorted(waits, key=waits.__getitem__)
    assert len(set(waits.values())) == len(waits)


@pytest.mark.parametrize(("name", "same"), [("ACTIONS_TIMEOUT", ACTION_TIMEOUT), ("ENGINE_TIMEOUT", ENGINE_TIMEOUT)])
def test_the_engine_waits_as_long_as_its_neighbours_think(name, same):
    assert of_the_engine(name) == same


def test_a_notice_to_the_bot_does_not_hold_up_the_filing_for_longer_than_a_filing_does():
    assert NOTICE_TIMEOUT <= BACKEND_TIMEOUT
