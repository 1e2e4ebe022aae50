"""The threads in which the event loop has the database called."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
ON_SQLITE: Final = 1  # its writers exclude each other anyway, and would wait by polling
ELSEWHERE: Final = 8


class Threads:
    def __init__(self, *, dialect: str = "sqlite") -> None:
        count = ON_SQLITE if dialect == "sqlite" else ELSEWHERE
        self._pool = ThreadPoolExecutor(max_workers=count, thread_name_prefix="message-log")

    async def __call__(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: call(*args, **kwargs))

    def close(self) -> None:
        self._pool.shutdown()
