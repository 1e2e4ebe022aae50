"""What the actions are built from; `__main__` builds it once."""

from __future__ import annotations

from dataclasses import dataclass

from actions.unfiled import Unfiled
from backend.client import BackendClient
from backend.domain.charter import Charter
from backend.domain.working_time import Calendar


@dataclass(frozen=True, kw_only=True)
class Parts:
    charter: Charter
    calendar: Calendar
    backend: BackendClient
    unfiled: Unfiled
