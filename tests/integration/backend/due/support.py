"""The time at which the tests begin, and the patience of who works."""

from datetime import timedelta

from backend.work.worker import Patience
from tests.factories import at

NOON = at("2026-11-29 12:00")
SECOND = timedelta(seconds=1)
PATIENCE = Patience(first=4 * SECOND, longest=10 * SECOND, attempts=4)
