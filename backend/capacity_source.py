"""Where it is known whether it can be installed: the operator's own system, or what the staff has noted."""

import os
from collections.abc import Callable
from pkgutil import resolve_name

from backend.ports import Capacity, Store
from backend.settings import SettingsInvalid
from backend.store.capacity import TableCapacity


def capacity_of(*, adapter: str | None, store: Store) -> Capacity:
    """`adapter`: `package.module:make`; `make(environ)` gives a `backend.ports.Capacity`. Raises SettingsInvalid."""
    if adapter is None:
        return TableCapacity(store)
    try:
        make: Callable[..., Capacity] = resolve_name(adapter)
        return make(os.environ)
    except (ImportError, AttributeError, ValueError, TypeError) as wrong:
        raise SettingsInvalid(f"SHOUWEN_CAPACITY: {adapter} can't be used: {wrong}") from wrong
