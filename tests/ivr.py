"""The third party's word on what the hotline says and is told: web/ivr-check.mjs, many documents at a time."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from scripts.web import install, node

GOES_ON = frozenset({"gather", "enqueue", "dial", "redirect", "hangup", "leave", "pause"})  # the last two in a queue
WITHIN = 60  # seconds


def wrong_replies(replies: Iterable[Sequence[dict[str, Any]]]) -> list[str]:
    """What is wrong with these replies, each told once; empty where both checks pass all of them."""
    given = list(replies)
    stops = [f"ends in {verbs[-1]['verb']}" for verbs in given if verbs[-1]["verb"] not in GOES_ON]
    return [*_wrong({"verbs": verbs} for verbs in given), *dict.fromkeys(stops)]


def wrong_callbacks(posted: Iterable[tuple[str, dict[str, Any]]]) -> list[str]:
    """The same for what the platform posts, each with the name of its callback."""
    return _wrong({"callback": name, "posted": told} for name, told in posted)


def _wrong(documents: Iterable[dict[str, Any]]) -> list[str]:
    install()
    lines = [json.dumps(document, ensure_ascii=False) for document in documents]
    checked = node("ivr-check.mjs", within=WITHIN, given="\n".join(lines))
    assert checked.returncode == 0, checked.stderr
    told = [json.loads(line) for line in checked.stdout.splitlines()]
    assert len(told) == len(lines), "a document was not checked"
    return [*dict.fromkeys(problem for problems in told for problem in problems)]
