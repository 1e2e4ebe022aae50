"""Forbidden phrases 服务忌语 (R8.2): caught before an agent's words reach the customer. Nobody can override it."""

from backend.domain.charter import Charter
from bot.conversations.told import bare
from bot.errors import ForbiddenPhrase

RULE = "R8.2"


def check(text: str, *, charter: Charter) -> None:
    """Also with spaces or signs between. Raises ForbiddenPhrase."""
    said = bare(text)
    for phrase, better in charter.wording.forbidden.items():
        if bare(phrase) in said:
            raise ForbiddenPhrase(phrase=phrase, better=better, rule=RULE)
