"""Who asks at the desk, and whether they may. Every endpoint under /desk/api begins with `staff_of`."""

from dataclasses import dataclass
from typing import Final

from sanic import Request

from backend.domain.charter import StaffMember
from backend.domain.staff import StaffGrade
from bot.desk.sessions import Session
from bot.errors import NotForYourRole, NotSignedIn, PasswordMustChange

AGENT: Final = StaffGrade.AGENT
HEAD: Final = StaffGrade.HEAD
LEADER: Final = StaffGrade.LEADER
SUPERVISOR: Final = StaffGrade.SUPERVISOR


@dataclass(frozen=True, kw_only=True)
class Staff:
    """A member of staff who is signed in. `role`: the charter's `grade`; `department`, `areas`: its keys; `title`: as
    it is shown (片区客户经理)."""

    job_number: str
    role: StaffGrade
    department: str | None
    areas: tuple[str, ...]
    title: str

    @classmethod
    def of(cls, member: StaffMember) -> "Staff":
        return cls(
            job_number=member.job_number,
            role=member.grade,
            department=member.department,
            areas=member.areas,
            title=member.role,
        )


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """What `bot.desk.gate` found out of the cookie."""

    session: Session
    staff: Staff


def staff_of(request: Request, *roles: StaffGrade) -> Staff:
    """Without `roles`: any member of staff. Raises NotSignedIn, PasswordMustChange, NotForYourRole."""
    signed_in = signed_in_of(request)
    if signed_in.session.one_time:
        raise PasswordMustChange
    if roles and signed_in.staff.role not in roles:
        raise NotForYourRole
    return signed_in.staff


def signed_in_of(request: Request) -> SignedIn:
    """Also of who has yet to change a one-time password: for signing out and changing it. Raises NotSignedIn."""
    signed_in = getattr(request.ctx, "signed_in", None)
    if not isinstance(signed_in, SignedIn):
        raise NotSignedIn
    return signed_in
