"""Into the customer's conversation, as a notice of the bot. The bot knows a notice again by its id, and says whether it
reached anybody: a page that nobody has open reaches nobody, and the message goes to the phone as well."""

import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import httpx

from backend.ports import Message, Undeliverable
from backend.telemetry import CORRELATION_HEADER, new_correlation_id
from backend.work.deliverers import NotDelivered
from backend.work.outgoing import instead

# The id is another conversation's, or no text that can be said: no later try changes that.
FOR_GOOD: Final = frozenset({HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY})


NOBODY: Final = "none"


@dataclass(frozen=True, kw_only=True)
class ToConversation:
    bot_url: str
    token: str
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)

    def __call__(self, message: Message, *, time_out: float) -> Message | None:
        notice = {"id": message.key, "conversation": message.recipient, "text": message.body["text"]}
        headers = {"Authorization": f"Bearer {self.token}", CORRELATION_HEADER: new_correlation_id()}
        url = f"{self.bot_url}/internal/notices"
        try:
            answer = httpx.post(url, json=notice, headers=headers, timeout=time_out, verify=self.tls, trust_env=False)
        except httpx.HTTPError as broken:
            raise NotDelivered(type(broken).__name__) from broken
        has_phone = "phone" in message.body
        if answer.status_code == HTTPStatus.NOT_FOUND and has_phone:  # a conversation that the bot has never had
            return instead(message)
        if answer.status_code in FOR_GOOD | {HTTPStatus.NOT_FOUND}:
            raise Undeliverable(f"HTTP {answer.status_code}")
        if not answer.is_success:
            raise NotDelivered(f"HTTP {answer.status_code}")
        return instead(message) if _reach(answer) == NOBODY and has_phone else None


def _reach(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["reach"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise NotDelivered("an answer out of shape") from wrong
