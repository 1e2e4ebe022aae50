"""Into the customer's conversation, as a notice of the bot. The bot knows a notice again by its id."""

import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import httpx

from backend.ports import Message, Undeliverable
from backend.telemetry import CORRELATION_HEADER, new_correlation_id
from backend.work.deliverers import NotDelivered

# No such conversation, the id is another conversation's, or no text that can be said: no later try changes that.
FOR_GOOD: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY})


@dataclass(frozen=True, kw_only=True)
class ToConversation:
    bot_url: str
    token: str
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)

    def __call__(self, message: Message, *, time_out: float) -> None:
        notice = {"id": message.key, "conversation": message.recipient, "text": message.body["text"]}
        headers = {"Authorization": f"Bearer {self.token}", CORRELATION_HEADER: new_correlation_id()}
        url = f"{self.bot_url}/internal/notices"
        try:
            answer = httpx.post(url, json=notice, headers=headers, timeout=time_out, verify=self.tls, trust_env=False)
        except httpx.HTTPError as broken:
            raise NotDelivered(type(broken).__name__) from broken
        if answer.status_code in FOR_GOOD:
            raise Undeliverable(f"HTTP {answer.status_code}")
        if not answer.is_success:
            raise NotDelivered(f"HTTP {answer.status_code}")
