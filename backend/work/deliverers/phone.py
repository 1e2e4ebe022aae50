"""To a phone, as an SMS or a call: the operator's own sender, or a file that stands in for it."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO

from backend.ports import Message, Sender
from backend.time_limit import TimeLimit, TookTooLong
from backend.work.deliverers import NotDelivered


@dataclass(frozen=True, kw_only=True)
class ToPhone:
    sender: Sender
    limit: TimeLimit = field(default_factory=TimeLimit)

    def __call__(self, message: Message, *, time_out: float) -> None:
        text = str(message.body["text"])
        send = partial(self.sender.send, to=message.recipient, text=text, key=message.key, time_out=time_out)
        try:
            self.limit.call(send, seconds=time_out)
        except TookTooLong as late:
            raise NotDelivered("TookTooLong") from late


@dataclass(kw_only=True)
class FileSender:
    """`backend.ports.Sender`: a line of JSON a message, on disk before it counts as sent, and one line a key.

    A key is known again by its line, whoever wrote it: before each message the lines are read that came since the last
    one. A line that a kill cut short was never sent and is taken away. Several processes may share the file.
    """

    path: Path
    _keys: set[str] = field(default_factory=set)
    _read_up_to: int = 0
    _one_at_a_time: Lock = field(default_factory=Lock)

    def send(self, *, to: str, text: str, key: str, time_out: float) -> None:  # noqa: ARG002 - a disk is quick
        with self._one_at_a_time, self._locked() as file:
            self._catch_up(file)
            if key in self._keys:
                return
            message = {"key": key, "to": to, "text": text, "at": datetime.now(UTC).isoformat(timespec="seconds")}
            file.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
            self._keys.add(key)

    @contextmanager
    def _locked(self) -> Iterator[IO[bytes]]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Phones and what people are told: nobody else's business.
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with open(descriptor, "r+b") as file:  # noqa: PTH123 - a descriptor
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def _catch_up(self, file: IO[bytes]) -> None:
        if file.seek(0, os.SEEK_END) < self._read_up_to:  # somebody has set the file aside and begun a new one
            self._read_up_to = 0
        file.seek(self._read_up_to)
        for line in file:
            if not line.endswith(b"\n"):
                file.truncate(self._read_up_to)
                return
            self._keys.add(json.loads(line)["key"])
            self._read_up_to += len(line)
