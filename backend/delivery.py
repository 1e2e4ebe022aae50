"""Handing over what leaves 发送: a message goes out with no transaction open, since nobody waits for a phone company
or a listener while holding the database. So it may go out twice – never not at all – and who receives it knows it
again by its key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from backend.ports import Claim, Clock, Medium, Message, Store
from backend.settings import Settings

TIME_OUT: Final = 5.0  # seconds for one delivery: far below the lease, and below what a stop waits


class Deliverer(Protocol):
    """Hands the message over within `time_out` seconds, or raises; then it is tried again. Knows it again by its key.

    Raises Undeliverable where trying again is of no use.
    """

    def __call__(self, message: Message, *, time_out: float) -> None: ...


class Undeliverable(Exception):
    """It will never go out: a dead letter at once."""


class NoDeliverer(Exception):
    """Nothing is set up for this medium. The message is kept, tried again, and ends among the dead letters."""


DELIVERERS: Final[Mapping[Medium, Callable[[Settings, Store], Deliverer]]] = {}


def deliverers(*, settings: Settings, store: Store) -> Mapping[Medium, Deliverer]:
    return {medium: make(settings, store) for medium, make in DELIVERERS.items()}


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """Carries out a claim of Task.DELIVER: reads the message, hands it over, and only then finishes the work."""

    store: Store
    clock: Clock
    deliverers: Mapping[Medium, Deliverer]

    def __call__(self, claim: Claim) -> None:
        with self.store.reading() as tickets:
            message = tickets.outbox.get(key=claim.due.key)
        if message is None:
            raise Undeliverable
        deliver = self.deliverers.get(message.medium)
        if deliver is None:
            raise NoDeliverer
        deliver(message, time_out=TIME_OUT)
        with self.store.writing() as tickets:
            tickets.agenda.finish(claim, at=self.clock())
