"""Senders 短信、电话通道: how a text reaches a phone. An operator plugs in its own (SHOUWEN_SMS, SHOUWEN_PHONE)."""

from typing import Protocol


class Sender(Protocol):
    """Hands a text over to be sent as an SMS, or to be read out in a call.

    Within `time_out` seconds, or it raises and is asked again later; Undeliverable where that is of no use. It may be
    asked twice for one `key` and sends it once. Neither number nor text goes into its errors or logs.
    """

    def send(self, *, to: str, text: str, key: str, time_out: float) -> None:
        """`to`: E.164, or as the charter writes a phone of its staff (96130 转 1001)."""
