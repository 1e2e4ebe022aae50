"""Handing over what leaves 发送: a message goes out with no transaction open, since nobody waits for a phone company
or a listener while holding the database. So it may go out twice – never not at all – and who receives it knows it
again by its key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

import structlog

from backend.domain.quiet_hours import QuietHours
from backend.plugins import plugged_in
from backend.ports import Claim, Clock, Medium, Message, NotYet, Store, Undeliverable
from backend.settings import Settings
from backend.work.deliverers.bot import Bot
from backend.work.deliverers.call import ToCall
from backend.work.deliverers.conversation import ToConversation
from backend.work.deliverers.listener import ToListener
from backend.work.deliverers.phone import FileSender, ToPhone
from backend.work.outgoing import is_by_day

_log: Final = structlog.get_logger(__name__)
TIME_OUT: Final = 5.0  # seconds for one delivery: far below the lease, and below what a stop waits


class Deliverer(Protocol):
    """Hands the message over within `time_out` seconds, or raises; then it is tried again. Knows it again by its key.

    Returns what has to go out instead, where it reached nobody. Raises Undeliverable where trying again is of no use,
    NotYet where it says when.
    """

    def __call__(self, message: Message, *, time_out: float) -> Message | None: ...


class NoDeliverer(Exception):
    """Nothing is set up for this medium. The message is kept, tried again, and ends among the dead letters."""


def _to_conversation(settings: Settings, _store: Store) -> Deliverer:
    return ToConversation(bot=Bot(url=settings.bot_url, token=settings.bot_token))


def _to_call(settings: Settings, _store: Store) -> Deliverer:
    return ToCall(bot=Bot(url=settings.bot_url, token=settings.bot_token), clock=lambda: datetime.now(UTC))


def _by_sms(settings: Settings, _store: Store) -> Deliverer:
    return _to_phone(settings, adapter=settings.sms, setting="SHOUWEN_SMS", file="sms.jsonl")


def _by_phone(settings: Settings, _store: Store) -> Deliverer:
    return _to_phone(settings, adapter=settings.phone, setting="SHOUWEN_PHONE", file="phone.jsonl")


def _to_phone(settings: Settings, *, adapter: str | None, setting: str, file: str) -> Deliverer:
    in_its_place = FileSender(path=settings.var / "outgoing" / file)
    return ToPhone(sender=plugged_in(adapter, setting=setting) if adapter else in_its_place)


def _to_listener(settings: Settings, store: Store) -> Deliverer:
    return ToListener(
        store=store,
        clock=lambda: datetime.now(UTC),
        url=settings.url,
        private=settings.private_callbacks,
        patience=settings.listener_patience,
    )


DELIVERERS: Final[Mapping[Medium, Callable[[Settings, Store], Deliverer]]] = {
    Medium.CONVERSATION: _to_conversation,
    Medium.SMS: _by_sms,
    Medium.PHONE: _by_phone,
    Medium.CALL: _to_call,
    Medium.LISTENER: _to_listener,
}


def deliverers(*, settings: Settings, store: Store) -> Mapping[Medium, Deliverer]:
    return {medium: make(settings, store) for medium, make in DELIVERERS.items()}


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """Carries out a claim of Task.DELIVER: reads the message, hands it over, and only then finishes the work, in one
    transaction with what has to go out instead. Nothing that is for the day goes out at night, however late it is."""

    store: Store
    clock: Clock
    deliverers: Mapping[Medium, Deliverer]
    quiet_hours_at: Callable[[datetime], QuietHours]

    def __call__(self, claim: Claim) -> None:
        with self.store.reading() as tickets:
            message = tickets.outbox.get(key=claim.due.key)
        if message is None:
            raise Undeliverable
        now = self.clock()
        morning = self.quiet_hours_at(now).after(now)
        if is_by_day(message) and morning > now:
            raise NotYet(at=morning)
        deliver = self.deliverers.get(message.medium)
        if deliver is None:
            raise NoDeliverer
        follows = None
        if message.not_after is None or now < message.not_after:
            follows = deliver(message, time_out=TIME_OUT)
        else:
            _log.warning("message.lapsed", medium=message.medium.value, attempt=claim.attempt)
        with self.store.writing() as tickets:
            if follows:
                tickets.outbox.add(follows)
            tickets.agenda.finish(claim, at=self.clock())
            if message.not_after is not None:
                tickets.outbox.forget_text(key=message.key)
