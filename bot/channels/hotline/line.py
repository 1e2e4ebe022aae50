"""What the calls of a hotline work with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.channels.hotline.persons import Persons
from bot.channels.names import Names
from bot.conversations.log import MessageLog
from bot.conversations.peers import Peers
from bot.conversations.placed_calls import PlacedCalls
from bot.conversations.threads import Threads

AT_ONCE: Final = 2.5  # seconds for an answer before the caller is asked to hold on
ON_HOLD: Final = 4.0  # and each time after that; a platform waits about ten for its webhook


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a call works with. `agents`: whom it is put through to, sip: or E.164; none: a person calls back."""

    log: MessageLog
    persons: Persons
    peers: Peers
    threads: Threads
    clock: Callable[[], datetime]
    names: Names
    greeting: str
    placed: PlacedCalls
    agents: Sequence[str] = ()
    at_once: float = AT_ONCE
    on_hold: float = ON_HOLD
