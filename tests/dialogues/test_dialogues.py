"""Every conversation under tests/dialogues/<topic>/ ends as its file says, in words and in the store.

And whatever was said in them could be said on the telephone.
"""

import re
from concurrent.futures import Future, wait
from pathlib import Path

import pytest

from bot.channels.hotline import prompts
from bot.channels.hotline.calls import Step
from bot.channels.hotline.spoken import said
from bot.channels.hotline.verbs import ask
from bot.conversations.messages import Button
from tests.dialogues.conftest import Replies
from tests.ivr import wrong_replies

pytestmark = pytest.mark.timeout(300)
NOT_SPOKEN = re.compile(r"[0-9（）/*#<>{}\n]|https?|[\u2190-\u2bff\U0001f000-\U0001faff]")


def test_dialogue(dialogue: Path, performances: dict[Path, Future[None]]) -> None:
    error = performances[dialogue].exception()
    assert error is None, error


def test_every_reply_is_one_that_the_telephone_platform_takes(
    performances: dict[Path, Future[None]], replies: Replies
) -> None:
    wait(performances.values())
    spoken = [said(message["text"] for message in reply) for reply in replies]
    keys = [
        said([prompts.menu([Button(**button) for button in message["buttons"]])])
        for reply in replies
        for message in reply
        if message.get("buttons")
    ]

    assert len(spoken) >= len(performances)
    assert not [piece for pieces in [*spoken, *keys] for piece in pieces if NOT_SPOKEN.search(piece)]
    assert wrong_replies(ask(pieces, step=Step(), hints=["报修"]) for pieces in [*spoken, *keys]) == []
