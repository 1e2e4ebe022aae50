"""The ticket number 工单号: digits only, so that it can be spoken, and checked when it is heard."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from backend.domain.errors import InvalidTicketNumber

# Damm's quasigroup of order 10: notices every single wrong digit and every swap of two neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def _check_digit(digits: str) -> str:
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim


@dataclass(frozen=True)
class TicketNumber:
    """YYMMDD (Asia/Shanghai), running number of the day (4 digits or more), check digit."""

    text: str

    @classmethod
    def make(cls, *, day: date, running: int) -> "TicketNumber":
        if running < 1:
            raise ValueError("running numbers start at 1")
        digits = f"{day:%y%m%d}{running:04d}"
        return cls(digits + _check_digit(digits))

    @classmethod
    def parse(cls, text: str) -> "TicketNumber":
        """From what was typed or said: spaces, hyphens and full-width digits are fine. Raises InvalidTicketNumber."""
        digits = "".join(unicodedata.normalize("NFKC", text).replace("-", "").split())
        if not (digits.isascii() and digits.isdigit() and len(digits) >= 11):
            raise InvalidTicketNumber
        running = digits[6:-1]
        if int(running) < 1 or f"{int(running):04d}" != running or _check_digit(digits) != "0":
            raise InvalidTicketNumber
        try:
            datetime.strptime(digits[:6], "%y%m%d")  # noqa: DTZ007 - only whether it is a date
        except ValueError:
            raise InvalidTicketNumber from None
        return cls(digits)

    @property
    def spoken_groups(self) -> tuple[str, str, str]:
        return self.text[:6], self.text[6:-1], self.text[-1]

    def __str__(self) -> str:
        return self.text
