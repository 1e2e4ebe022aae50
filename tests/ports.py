"""Ports for the processes that tests start: below those that the kernel gives to outgoing calls, so that none is taken
between its choice and the start."""

import secrets
import socket
from contextlib import ExitStack
from errno import EADDRINUSE
from typing import Final

_OURS: Final = range(20_000, 32_000)


def free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        return [_taken(held) for _ in range(count)]


def free_port() -> int:
    return free_ports(1)[0]


def _taken(held: ExitStack) -> int:
    while True:
        port = secrets.choice(_OURS)
        try:
            held.enter_context(socket.create_server(("127.0.0.1", port)))
        except OSError as taken:
            if taken.errno != EADDRINUSE:
                raise
        else:
            return port
