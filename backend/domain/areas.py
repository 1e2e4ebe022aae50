"""Areas 片区: which one an address lies in, and whether it is urban or rural (R1.3, R4.1)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from backend.domain.simplified import simplified
from backend.domain.vocabulary import AreaLevel, District


@dataclass(frozen=True, kw_only=True)
class Area:
    """An area 片区 with its manager and team (job numbers). `elsewhere`: names that show that another place is meant.

    `open_for_installation`: whether it can be installed there (R2.11). `district` and `level` None: nothing that the
    operator has published hangs on them.
    """

    key: str
    name: str
    city: str
    aliases: tuple[str, ...]
    elsewhere: tuple[str, ...]
    district: District | None
    level: AreaLevel | None
    manager: str
    team: tuple[str, ...]
    households: int
    open_for_installation: bool
    source: str | None
    sample: bool

    @cached_property
    def folded_aliases(self) -> tuple[str, ...]:
        return tuple(map(fold, self.aliases))


_CITY = re.compile(r"[^城都超门夜菜花县]市(?![场民政内中里区委])")


def fold(text: str) -> str:
    """Simplified, half width, without white space."""
    return simplified("".join(unicodedata.normalize("NFKC", text).split()))


def find_area(*, address: str, areas: Iterable[Area]) -> Area | None:
    """The area with the longest alias in the address; of equally long ones the one named last, as addresses narrow.

    None where no area is named, or where the name is that of a place in another city (杭州市西湖区).
    """
    folded = fold(address)
    found = [
        (len(alias), position, area)
        for area in areas
        for alias in area.folded_aliases
        if (position := folded.rfind(alias)) >= 0 and _is_meant(area=area, address=folded, before=folded[:position])
    ]
    return max(found, key=lambda hit: hit[:2])[2] if found else None


def _is_meant(*, area: Area, address: str, before: str) -> bool:
    if any(name in address for name in area.elsewhere):
        return False
    return all(before[: city.end()].endswith(area.city) for city in _CITY.finditer(before))
