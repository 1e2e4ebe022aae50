"""Every conversation under tests/dialogues/<topic>/ ends as its file says, in words and in the store."""

from pathlib import Path

import pytest

from tests.dialogues.runner import Customer, Stored, play

pytestmark = pytest.mark.timeout(180)


def test_dialogue(dialogue: Path, customer: Customer, stored: Stored) -> None:
    play(dialogue, customer=customer, stored=stored)
