"""A call 来电, what was heard in it, and where it stands: the step, which travels in the hooks the platform calls back.

So a call is served by whichever of our processes is asked, also by one that was started in the middle of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final
from urllib.parse import urlencode

import phonenumbers

from bot.errors import WrongFields

LARGEST: Final = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Call:
    """`id`: the platform's own; `phone`: with whom it is, E.164, None where that is no number; `placed`: our own name
    of a call that we have placed."""

    id: str
    phone: str | None
    placed: str | None = None


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """What may have been said 候选; `confidence` is the recogniser's, from 0 to 1, None where it gives none."""

    text: str
    confidence: float | None


@dataclass(frozen=True, kw_only=True)
class Speech:
    """The likeliest first; `clear`: the recogniser trusts it."""

    alternatives: tuple[Alternative, ...]
    clear: bool = True


@dataclass(frozen=True, kw_only=True)
class Keys:
    digits: str


class Silence:
    """Nobody said or typed anything in time."""


class Trouble:
    """The recogniser failed."""


Heard = Speech | Keys | Silence | Trouble


@dataclass(frozen=True, kw_only=True)
class Step:
    """`turn` counts what the caller says, `heard` is the last seq of the log that was spoken to them.

    `waiting`: the seq of a message whose answer is still to come, `holds` how often they were asked to hold on for it;
    `quiet`: how often in a row nothing was heard; `doubted`: the seq of our 您是说…对吗; `bye`: we have said goodbye.
    """

    turn: int = 1
    heard: int = 0
    waiting: int = 0
    holds: int = 0
    quiet: int = 0
    doubted: int = 0
    bye: int = 0

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Step:
        """Raises WrongFields."""
        given = {field.name: query[field.name] for field in fields(cls) if query.get(field.name)}
        for name, value in given.items():
            if not (value.isascii() and value.isdigit() and int(value[:20]) <= LARGEST):
                raise WrongFields(what=f"“{name}” 应是一个数")
        return cls(**{name: int(value) for name, value in given.items()})

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in asdict(self).items() if value})


def caller_phone(given: object) -> str | None:
    """+8613807911234 of what the network calls the caller; None for sip:anonymous and the like."""
    if not isinstance(given, str):
        return None
    try:
        number = phonenumbers.parse(given.removeprefix("tel:"), "CN")
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None
