"""To a listener of /hub. One that nothing reaches for too long is parked 停投 until somebody revives it."""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

import httpx
import structlog

from backend.ports import Medium, Message, Store, Undeliverable
from backend.usecases.callbacks import CallbackRefused, address_of
from backend.work.deliverers import NotDelivered

_log: Final = structlog.get_logger(__name__)


class ListenerParked(Undeliverable):
    """Its events wait as dead letters until it is revived."""


@dataclass(frozen=True, kw_only=True)
class ToListener:
    """`url`: our own address, for the tickets' href. `patience`: how long a listener may be out of reach."""

    store: Store
    clock: Callable[[], datetime]
    url: str
    private: bool
    patience: timedelta
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)

    def __call__(self, message: Message, *, time_out: float) -> None:
        with self.store.reading() as tickets:
            listener = tickets.listeners.get(id=message.recipient)
        if listener is None:  # it has taken its registration back
            return
        if listener.parked_at:
            raise ListenerParked
        try:
            status = asyncio.run(self._post(listener.callback, self._event(message), time_out=time_out))
        except (httpx.HTTPError, CallbackRefused, TimeoutError) as broken:
            self._failed(listener.id, gone=False)
            raise NotDelivered(type(broken).__name__) from broken
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            self._failed(listener.id, gone=status == HTTPStatus.GONE)
            raise NotDelivered(f"HTTP {status}")
        if listener.failing_since:
            self._reached(listener.id)

    async def _post(self, callback: str, event: Mapping[str, Any], *, time_out: float) -> int:
        """Redirects are not followed: they would lead where nobody has looked. What is answered is not read."""
        url = httpx.URL(callback)
        host = url.raw_host.decode("ascii")
        client = httpx.AsyncClient(timeout=time_out, verify=self.tls, trust_env=False, follow_redirects=False)
        async with asyncio.timeout(time_out), client:
            where = url.copy_with(host=await address_of(host, private=self.private))
            headers, tls = {"Host": url.netloc.decode("ascii")}, {"sni_hostname": host}
            async with client.stream("POST", where, json=event, headers=headers, extensions=tls) as answer:
                return answer.status_code

    def _event(self, message: Message) -> Mapping[str, Any]:
        """Where we are reached ourselves is put in only now: whoever wrote the event need not know."""
        event: dict[str, Any] = deepcopy(dict(message.body))
        ticket = event["event"]["troubleTicket"]
        ticket["href"] = f"{self.url}{ticket['href']}"
        return event

    def _failed(self, id: str, *, gone: bool) -> None:  # noqa: A002
        """`gone`: it says so itself. Raises ListenerParked where that is the end of it."""
        now = self.clock()
        with self.store.writing() as tickets:
            listener = tickets.listeners.get(id=id)
            if listener is None:
                return
            since = listener.failing_since or now
            parked = gone or now - since >= self.patience
            tickets.listeners.put(replace(listener, failing_since=since, parked_at=now if parked else None))
            waiting = tickets.outbox.undelivered(medium=Medium.LISTENER, recipient=id)
        if parked:
            _log.error("listener.parked", listener=id, failing_since=since.isoformat(), events=waiting)
            raise ListenerParked

    def _reached(self, id: str) -> None:  # noqa: A002
        with self.store.writing() as tickets:
            listener = tickets.listeners.get(id=id)
            if listener:
                tickets.listeners.put(replace(listener, failing_since=None))
