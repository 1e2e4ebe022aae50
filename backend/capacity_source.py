"""Where it is known whether it can be installed: the operator's own system, or what the staff has noted."""

from backend.plugins import asked_in_time
from backend.ports import Capacity, CapacityUnavailable, Store
from backend.store.capacity import TableCapacity


def capacity_of(*, adapter: str | None, store: Store) -> Capacity:
    """`adapter`: `package.module:make`; `make(environ)` gives a `backend.ports.Capacity`. Raises SettingsInvalid."""
    if adapter is None:
        return TableCapacity(store)
    capacity: Capacity = asked_in_time(adapter, setting="SHOUWEN_CAPACITY", unavailable=CapacityUnavailable)
    return capacity
