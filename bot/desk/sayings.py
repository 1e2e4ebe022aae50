"""What customers said, without what tells who they are: phones, long numbers, addresses."""

import re
from typing import Final

from backend import telemetry
from backend.domain.areas import fold

HIDDEN: Final = "***"
_LONG_NUMBER: Final = re.compile(
    r"\d{5,}|[零〇幺一二两三四五六七八九]{7,}"
)  # accounts, cards, phones as they are spoken
_HOUSE: Final = re.compile(
    r"[0-9０-９零〇一二三四五六七八九十百]+\s*(?:-\s*\d+\s*)*(?:号楼|单元|号|栋|幢|座|室|弄|楼|层|组|队)"
)
_STREET: Final = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:大道|路|街|巷|小区|花园|家园|新村|村)(?=[\u4e00-\u9fff\d]*\*\*\*)"
)
_NOT_SAID: Final = re.compile(r"[^\w]+")


def masked(text: str) -> str:
    """With *** for what is the customer's own."""
    without = _LONG_NUMBER.sub(HIDDEN, str(telemetry.mask(text)))
    return _STREET.sub(HIDDEN, _HOUSE.sub(HIDDEN, without))


def plain(text: str) -> str:
    """Simplified, half width, without punctuation: what is alike in it was said alike."""
    return _NOT_SAID.sub("", fold(text)).lower()
