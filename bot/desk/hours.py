"""When somebody is there to take conversations over, by the charter's duty times."""

from datetime import datetime

from backend.domain.charter import Charter, StaffGrade


def desk_is_open(charter: Charter, *, at: datetime) -> bool:
    """Staff for conversations: the agents who are not out on repairs."""
    desk = (member for member in charter.staff if member.grade is StaffGrade.AGENT and not member.repairs)
    return any(member.on_duty(at=at) for member in desk)
