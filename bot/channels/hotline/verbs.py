"""The verbs 指令 that a reply is made of, as jambonz names them; a reply ends in one that goes on with the call."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from bot.channels.hotline.calls import Step

Verb = dict[str, Any]
Verbs = list[Verb]

PREFIX: Final = "/hotline"
QUEUE: Final = "hotline"
LANGUAGE: Final = "zh-CN"
LEAST_CONFIDENCE: Final = 0.35  # below it the recogniser's word is asked back
PATIENCE: Final = 8  # seconds until silence counts
MOST_DIGITS: Final = 24
LONGEST_CALL_OF_AN_AGENT: Final = 30  # seconds


def hook(name: str, step: Step) -> str:
    return f"{PREFIX}/{name}?{step.query}"


def say(text: str) -> Verb:
    return {"verb": "say", "text": text}


def ask(
    texts: Sequence[str], *, step: Step, hints: Sequence[str], timeout: int = PATIENCE, one_key: bool = False
) -> Verbs:
    """Say and listen; the last of `texts` may be talked over, and any key may be pressed at any time."""
    *before, last = texts
    gather: Verb = {
        "verb": "gather",
        "input": ["speech", "digits"],
        "actionHook": hook("gather", step),
        "timeout": timeout,
        "speechTimeout": 1,
        "bargein": True,
        "dtmfBargein": True,
        "listenDuringPrompt": True,
        "interDigitTimeout": 3,
        "finishOnKey": "#",
        "recognizer": {
            "vendor": "default",
            "language": LANGUAGE,
            "hints": list(hints),
            "minConfidence": LEAST_CONFIDENCE,
        },
        "say": {"text": last},
    }
    gather |= {"numDigits": 1} if one_key else {"maxDigits": MOST_DIGITS}
    return [*map(say, before), gather]


def hold_on(text: str, *, step: Step) -> Verbs:
    """Say something and look again."""
    later = replace(step, holds=step.holds + 1)
    return [say(text), {"verb": "redirect", "actionHook": hook("wait", later)}]


def enqueue(*texts: str, step: Step, again: bool) -> Verbs:
    """`again`: who waited already comes before those who have not."""
    queued = {
        "verb": "enqueue",
        "name": QUEUE,
        "priority": 1 if again else 5,
        "waitHook": hook("wait", step),
        "actionHook": hook("queue-exit", step),
    }
    return [*map(say, texts), queued]


def keep_waiting(text: str, *, seconds: int) -> Verbs:
    """In the queue; when it is through, the platform asks again."""
    return [say(text), {"verb": "pause", "length": seconds}]


def leave(text: str) -> Verbs:
    return [say(text), {"verb": "leave"}]


def dial(text: str, *, agents: Sequence[str], step: Step) -> Verbs:
    call = {
        "verb": "dial",
        "target": [target(agent) for agent in agents],
        "answerOnBridge": True,
        "timeout": LONGEST_CALL_OF_AN_AGENT,
        "actionHook": hook("dial-done", step),
    }
    return [say(text), call]


def target(agent: str) -> Verb:
    if agent.startswith(("sip:", "sips:")):
        return {"type": "sip", "sipUri": agent}
    return {"type": "phone", "number": agent}


def hang_up() -> Verbs:
    """Only when the caller has said goodbye and is silent, or is gone already."""
    return [{"verb": "hangup"}]
