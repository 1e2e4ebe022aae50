"""What an operator plugs in by a setting: `package.module:make`, called with the environment."""

import os
from pkgutil import resolve_name
from typing import Any, Final

from backend.settings import SettingsInvalid
from backend.time_limit import InTime

ANSWERS_WITHIN: Final = 1.0  # seconds


def plugged_in(adapter: str, *, setting: str) -> Any:
    """What `make(environ)` gives. Raises SettingsInvalid."""
    try:
        return resolve_name(adapter)(os.environ)
    except (ImportError, AttributeError, ValueError, TypeError) as wrong:
        raise SettingsInvalid(f"{setting}: {adapter} can't be used: {wrong}") from wrong


def asked_in_time(adapter: str, *, setting: str, unavailable: type[Exception]) -> Any:
    """A system that is asked while somebody waits: within a second it answers, or is `unavailable`."""
    return InTime(plugged_in(adapter, setting=setting), seconds=ANSWERS_WITHIN, too_slow=unavailable)
