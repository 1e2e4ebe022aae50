"""Areas 片区 and staff 服务人员 (R4.1, R3.1). Staff stand here by job number only."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from backend.charter_schema.fields import ClockTime, Entry, SampleOrSourced, Text, Weekdays
from backend.domain.areas import Area
from backend.domain.staff import Duty, StaffGrade, StaffMember
from backend.domain.vocabulary import AreaLevel, District

# In the folder photos/ beside the nine files.
PhotoName = Annotated[str, StringConstraints(pattern=r"^[\w-]+\.(jpg|jpeg|png|webp)$")]


class AreaEntry(SampleOrSourced):
    name: Text
    city: Text
    aliases: tuple[Text, ...]
    elsewhere: tuple[Text, ...] = ()
    district: District | None = None
    level: AreaLevel | None = None
    manager: Text
    team: tuple[Text, ...]
    households: Annotated[int, Field(ge=1)]
    open_for_installation: bool

    def to_domain(self, *, key: str) -> Area:
        return Area(key=key, **dict(self))


class DutyEntry(Entry):
    weekdays: Weekdays
    start: ClockTime
    end: ClockTime


class StaffEntry(SampleOrSourced):
    role: Text
    grade: StaffGrade = StaffGrade.AGENT
    rank: Annotated[int, Field(ge=1)]
    phone: Text
    department: Text | None = None
    areas: tuple[Text, ...] = ()
    duties: tuple[DutyEntry, ...]
    repairs: bool = False
    lobby: bool = False
    photo: PhotoName | None = None

    def to_domain(self, *, job_number: str) -> StaffMember:
        fields: dict[str, Any] = dict(self)
        fields["duties"] = tuple(Duty(**dict(duty)) for duty in self.duties)
        return StaffMember(job_number=job_number, **fields)
