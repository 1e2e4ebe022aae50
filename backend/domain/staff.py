"""Staff 服务人员 and their duty times. Known by job number 工号 only."""

from dataclasses import dataclass
from datetime import datetime, time

from backend.domain.working_time import local


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Weekly duty time, Asia/Shanghai. Weekdays are ISO (1 Monday … 7 Sunday); an `end` not after `start` is on the
    next day, so 00:00–00:00 is the whole day."""

    weekdays: frozenset[int]
    start: time
    end: time

    def covers(self, *, at: datetime) -> bool:
        here = local(at)
        today, yesterday = here.isoweekday(), (here.isoweekday() - 2) % 7 + 1
        if self.start < self.end:
            return today in self.weekdays and self.start <= here.time() < self.end
        return (today in self.weekdays and here.time() >= self.start) or (
            yesterday in self.weekdays and here.time() < self.end
        )


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """Known by job number 工号 only. `rank`: higher is senior; `areas`: keys of areas."""

    job_number: str
    role: str
    rank: int
    phone: str
    areas: tuple[str, ...]
    duties: tuple[Duty, ...]
    is_head: bool
    source: str | None
    sample: bool

    def on_duty(self, *, at: datetime) -> bool:
        return any(duty.covers(at=at) for duty in self.duties)
