"""Due work 到期事项: what is to be done by itself, and when. Which rule makes it due, its topic's module says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Task(StrEnum):
    """What can be due."""

    DELIVER = "deliver"  # a message of the outbox goes out


@dataclass(frozen=True, kw_only=True)
class Due:
    """`key` tells two of one task apart: the promise it is about, the round, the attempt."""

    task: Task
    at: datetime
    key: str = ""
