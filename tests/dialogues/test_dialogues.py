"""Every conversation under tests/dialogues/<topic>/ ends as its file says, in words and in the store."""

from concurrent.futures import Future
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(300)


def test_dialogue(dialogue: Path, performances: dict[Path, Future[None]]) -> None:
    error = performances[dialogue].exception()
    assert error is None, error
