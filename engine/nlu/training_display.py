"""What training shows while it works: the step it is at and for how long, on a terminal or in a log."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import Callable, Iterator


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """Hands out a function that is told each step as it begins."""
    began = time.monotonic()

    def told(step: str) -> None:
        print(f"  [{time.monotonic() - began:5.1f} s] {step}", file=sys.stderr, flush=True)  # noqa: T201  a display

    yield told
    told("done")
