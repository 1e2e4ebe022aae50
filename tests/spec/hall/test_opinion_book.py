"""客户意见簿 R2.7, R7.6: what is tracked as what."""

from backend.domain.hall import OpinionKind
from backend.domain.vocabulary import TicketType


def test_a_complaint_is_one_a_suggestion_is_owed_an_answer_and_praise_nothing():
    assert {kind: kind.ticket_type for kind in OpinionKind} == {
        OpinionKind.COMPLAINT: TicketType.COMPLAINT,
        OpinionKind.SUGGESTION: TicketType.QUESTION,
        OpinionKind.PRAISE: None,
    }
