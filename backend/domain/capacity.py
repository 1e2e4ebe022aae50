"""Whether it can be installed in an area (R2.11): looked at before an install is accepted or paid for."""

from backend.domain.vocabulary import OrderKind, QuestionKind, TicketType


def filed_as(*, ticket_type: TicketType, subject: str, is_open: bool) -> tuple[TicketType, str]:
    """Where the area is not open no install is accepted: the wish is noted, and no limit is promised."""
    if ticket_type is TicketType.ORDER and subject == OrderKind.INSTALL and not is_open:
        return TicketType.QUESTION, QuestionKind.INTEREST
    return ticket_type, subject
