"""What the handlers share, and how they reach it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar

from sanic import Request

from backend.charter_book import CharterBook
from backend.domain.vocabulary import Channel
from backend.domain.working_time import Calendar, local
from backend.ports import Accounts, Capacity, Store
from backend.usecases.binding import BindingRules
from backend.usecases.filing import Terms

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Backend:
    store: Store
    accounts: Accounts
    capacity: Capacity
    charters: CharterBook
    calendar: Calendar
    clock: Callable[[], datetime]
    token: str
    binding: BindingRules
    partners: Mapping[str, str]  # tokens by name
    url: str
    public_url: str | None = None  # where the bot is reached from outside: links in messages
    private_callbacks: bool = False

    def terms(self, *, at: datetime) -> Terms:
        """The charter in force on the day of `at` in Asia/Shanghai."""
        return Terms(charter=self.charters.on(local(at).date()), calendar=self.calendar, capacity=self.capacity)


def backend_of(request: Request) -> Backend:
    backend = request.app.ctx.backend
    assert isinstance(backend, Backend)  # noqa: S101 - for the type checker; create_app puts it there
    return backend


def partner_of(request: Request) -> str:
    """Who speaks TMF621 to us, as the audit knows them; a call with our own token has no name."""
    return str(getattr(request.ctx, "partner", None) or Channel.PARTNER)


async def in_thread(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The store is synchronous. A caller who hangs up cuts no transaction short."""
    return await asyncio.shield(asyncio.to_thread(work, *args, **kwargs))
