"""Signed visitor tokens: who holds one may read and write its one conversation."""

from datetime import timedelta
from typing import Final

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from bot.errors import TokenExpired, TokenInvalid, TokenMissing

_SALT: Final = "shouwen.visitor"


class Visitors:
    def __init__(self, *, key: str, max_age: timedelta) -> None:
        self._signer = URLSafeTimedSerializer(key, salt=_SALT)
        self._max_age = int(max_age.total_seconds())

    def token(self, *, conversation: str) -> str:
        return str(self._signer.dumps(conversation))

    def conversation(self, *, authorization: str | None) -> str:
        """The conversation of an Authorization header. Raises TokenMissing, TokenExpired, TokenInvalid."""
        token = bearer(authorization)
        if token is None:
            raise TokenMissing
        try:
            conversation = self._signer.loads(token, max_age=self._max_age)
        except SignatureExpired as old:
            raise TokenExpired from old
        except BadData as forged:
            raise TokenInvalid from forged
        if not isinstance(conversation, str):
            raise TokenInvalid
        return conversation


def bearer(authorization: str | None) -> str | None:
    """The token of `Bearer <token>`, or None when the header is missing or something else."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
