"""What an operator plugs in by a setting: `package.module:make`, called with the environment."""

import os
from pkgutil import resolve_name
from typing import Any

from backend.settings import SettingsInvalid


def plugged_in(adapter: str, *, setting: str) -> Any:
    """What `make(environ)` gives. Raises SettingsInvalid."""
    try:
        return resolve_name(adapter)(os.environ)
    except (ImportError, AttributeError, ValueError, TypeError) as wrong:
        raise SettingsInvalid(f"{setting}: {adapter} can't be used: {wrong}") from wrong
