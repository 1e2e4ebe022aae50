"""The span that is asked about, and the numbers of tickets."""

from datetime import timedelta

from tests.integration.backend.support import FRIDAY_EVENING

DAY = FRIDAY_EVENING.date()
SPAN = {"since": DAY, "until": DAY + timedelta(days=1)}
A_WEEK_ON = FRIDAY_EVENING + timedelta(days=7)
HOUR = timedelta(hours=1)


def numbers(*tickets):
    return sorted(str(ticket.number) for ticket in tickets)
