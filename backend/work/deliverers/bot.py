"""The bot as the deliverers reach it."""

import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import httpx

from backend.ports import Undeliverable
from backend.telemetry import CORRELATION_HEADER, new_correlation_id
from backend.work.deliverers import NotDelivered

# What it has under another name, does not know, or can't make sense of: no later try changes that.
FOR_GOOD: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY})


class Unknown(Undeliverable):
    """The bot has never had such a conversation."""


@dataclass(frozen=True, kw_only=True)
class Bot:
    url: str
    token: str
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)

    def asked(self, path: str, body: dict[str, Any], *, answer: str, time_out: float) -> str:
        """The field of this name in its answer. Raises Unknown, Undeliverable, NotDelivered."""
        headers = {"Authorization": f"Bearer {self.token}", CORRELATION_HEADER: new_correlation_id()}
        url = f"{self.url}{path}"
        try:
            told = httpx.post(url, json=body, headers=headers, timeout=time_out, verify=self.tls, trust_env=False)
        except httpx.HTTPError as broken:
            raise NotDelivered(type(broken).__name__) from broken
        if told.status_code == HTTPStatus.NOT_FOUND:
            raise Unknown(f"HTTP {told.status_code}")
        if told.status_code in FOR_GOOD:
            raise Undeliverable(f"HTTP {told.status_code}")
        if not told.is_success:
            raise NotDelivered(f"HTTP {told.status_code}")
        try:
            return str(told.json()[answer])
        except (ValueError, KeyError, TypeError) as wrong:
            raise NotDelivered("an answer out of shape") from wrong
