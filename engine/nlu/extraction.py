"""Everything a sentence says about how and where to reach somebody: addresses as learned, the rest by rule."""

from __future__ import annotations

from typing import List, Optional

from engine.nlu.accounts import account_spans
from engine.nlu.addresses import Addresses
from engine.nlu.aligned import Aligned
from engine.nlu.phones import digit_spans
from engine.nlu.services import service_spans
from engine.nlu.spans import Span
from engine.nlu.times import time_spans


def contact_spans(plain: Aligned, *, asked: str = "", addresses: Optional[Addresses] = None) -> List[Span]:
    """Everything found in a plain text. Digits first: what is a phone is no part of an address or a time."""
    accounts = account_spans(plain.text, asked=asked)
    others = digit_spans(plain.text, asked=asked)
    digits = accounts + [span for span in others if not any(span.overlaps(account) for account in accounts)]
    taken = digits + (addresses.spans(plain.text, taken=digits) if addresses else [])
    times = [span for span in time_spans(plain.text) if not any(span.overlaps(other) for other in taken)]
    return taken + times + service_spans(plain.text)
