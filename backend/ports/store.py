"""The store: transactions, and what can go wrong with them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from backend.ports.tickets import Tickets

Clock = Callable[[], datetime]


class StoreUnavailable(Exception):
    """The database can't be reached, or was busy for too long. Nothing was written; trying again is safe."""


class FilingCollision(Exception):
    """Somebody else wrote the same matter first. Nothing was written; trying again finds what they wrote."""


class Store(Protocol):
    """Raises StoreUnavailable, and FilingCollision on writing."""

    def writing(self) -> AbstractContextManager[Tickets]:
        """One transaction: written as a whole when the block ends, not at all when it raises."""

    def reading(self) -> AbstractContextManager[Tickets]: ...
