"""静默时段: when a customer is not written to of our own accord. What answers a customer, and a duty with a due time
such as the answer within 4 hours (R1.6) or the call within 20 minutes (R1.8), never waits for the morning."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from backend.domain.vocabulary import Mark
from backend.domain.working_time import SHANGHAI, local


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """Over midnight, from `begin` to `end`. `evening`: when that is done which can't wait until the morning after;
    `morning`: when the day's round of customers begins."""

    begin: time
    end: time
    evening: time
    morning: time
    source: str
    mark: Mark

    def hold(self, *, at: datetime) -> bool:
        return not self.end <= local(at).time() < self.begin

    def after(self, at: datetime) -> datetime:
        """By day `at` itself, by night the end of it."""
        if not self.hold(at=at):
            return at
        here = local(at)
        return _on(here.date() + timedelta(days=here.time() >= self.begin), self.end)

    def before(self, at: datetime) -> datetime:
        """By day `at` itself, by night the evening before."""
        if not self.hold(at=at):
            return at
        here = local(at)
        return _on(here.date() - timedelta(days=here.time() < self.end), self.evening)

    def after_unless_late(self, at: datetime, *, latest: datetime) -> datetime:
        """As `after`, but for what would come too late by it: that is not put off."""
        waited = self.after(at)
        return waited if waited <= latest else at

    def has_time(self, at: datetime, *, latest: datetime) -> bool:
        """Whether what was not done at `at` could wait until the next night is over."""
        tonight = max(at, _on(local(at).date(), self.begin))
        return self.after(tonight) <= latest

    def round_on(self, day: date) -> datetime:
        return _on(day, self.morning)


def _on(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=SHANGHAI)
