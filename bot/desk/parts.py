"""What the desk's endpoints work with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backend.client import BackendClient
from backend.domain.charter import Charter
from backend.domain.staff_acts import Verb
from bot.conversations.feed import Changes
from bot.conversations.hub import Hub
from bot.conversations.log import MessageLog
from bot.conversations.peers import Peers
from bot.conversations.photos import Photos
from bot.conversations.presence import Presence
from bot.conversations.takeovers import Takeovers
from bot.conversations.threads import Threads
from bot.desk.accounts import Accounts
from bot.desk.audit import Audit, Deed
from bot.desk.cards import Cards
from bot.desk.gap_store import Gaps
from bot.desk.knowledge import KnowledgeTests
from bot.desk.passwords import Passwords
from bot.desk.sessions import Sessions
from bot.desk.tries import Tries
from bot.engine import EngineClient


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`threads`: where whatever blocks is called. `secure`: the cookie goes over TLS only. `nlu_checkout`: where
    training phrases may be written; None: nowhere."""

    charter: Charter
    backend: BackendClient
    engine: EngineClient
    accounts: Accounts
    sessions: Sessions
    tries: Tries
    passwords: Passwords
    audit: Audit
    knowledge: KnowledgeTests
    gaps: Gaps
    log: MessageLog
    peers: Peers
    takeovers: Takeovers
    presence: Presence
    photos: Photos
    cards: Cards
    changes: Changes
    hub: Hub
    threads: Threads
    clock: Callable[[], datetime]
    secure: bool
    nlu_checkout: Path | None

    async def record(self, who: str, act: Deed | Verb, *, about: str, reason: str = "") -> None:
        """In the audit, as of now."""
        await self.threads(self.audit.record, who=who, act=act, about=about, at=self.clock(), reason=reason)
