"""Customers' data as they are shown to staff who have not asked for them."""

import re
from typing import Final

from backend.telemetry import mask

_SHOWN: Final = 3  # characters of an address's part that names the street
_NUMBERED: Final = re.compile(r"\d.*$", re.DOTALL)  # the house and what follows it


def masked_phone(e164: str) -> str:
    """138****1234; a shorter one by its last two digits; empty where it was erased."""
    national = e164.removeprefix("+86")
    if len(national) < 7:
        return national and f"****{national[-2:]}"
    return f"{national[:3]}****{national[-4:]}"


def masked_address(address: str | None) -> str | None:
    """南昌市红谷滩区丰和北大道***: without the house; what names no house, without its second half."""
    if not address:
        return address
    street = _NUMBERED.sub("", address)
    kept = street if street != address and len(street) >= _SHOWN else address[: max(_SHOWN, len(address) // 2)]
    return f"{kept}***"


def without_phones(text: str | None) -> str | None:
    return None if text is None else str(mask(text))
