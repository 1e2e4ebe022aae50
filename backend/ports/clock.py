"""What bears on a promise's time besides its clause: extensions, and force majeure that was declared."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.extension import ExtensionRequest
from backend.domain.force_majeure import Declaration
from backend.domain.ticket import TicketNumber


class Extensions(Protocol):
    def add(self, asked: ExtensionRequest) -> ExtensionRequest:
        """Gives it its id."""

    def pending(self, *, number: TicketNumber) -> ExtensionRequest | None:
        """The one that nobody has decided."""

    def save(self, decided: ExtensionRequest) -> None: ...


class Declarations(Protocol):
    def add(self, declaration: Declaration) -> Declaration:
        """Gives it its number."""

    def of_area(self, *, area: str, since: datetime) -> Sequence[Declaration]:
        """Those that were not over then, the earliest first."""

    def all(self) -> Sequence[Declaration]: ...
