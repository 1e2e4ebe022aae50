"""What the desk's endpoints work with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from backend.client import BackendClient
from backend.domain.charter import Charter
from bot.conversations.log import MessageLog
from bot.conversations.peers import Peers
from bot.conversations.threads import Threads
from bot.desk.accounts import Accounts
from bot.desk.audit import Audit
from bot.desk.passwords import Passwords
from bot.desk.sessions import Sessions
from bot.rates import Rates


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`threads`: where whatever blocks is called. `secure`: the cookie goes over TLS only."""

    charter: Charter
    backend: BackendClient
    accounts: Accounts
    sessions: Sessions
    passwords: Passwords
    audit: Audit
    log: MessageLog
    peers: Peers
    threads: Threads
    rates: Rates
    clock: Callable[[], datetime]
    secure: bool
