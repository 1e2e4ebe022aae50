"""Who acts on the tickets of these tests, and when."""

from datetime import timedelta

from tests.integration.backend.support import FRIDAY_EVENING

LEADER, AGENT, HEAD = "1003", "1041", "1001"
soon = FRIDAY_EVENING + timedelta(hours=1)
due = FRIDAY_EVENING + timedelta(hours=24)
