"""Areas 片区: which one an address lies in, and whether it is urban or rural (R1.3, R4.1)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

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


# Traditional characters of the place names that charters use and of door numbers, so that 紅谷灘區 is 红谷滩区.
_SIMPLIFIED = str.maketrans(
    "萬業東麗義樂喬鄉書雲產産蘭關興岡農馮鳳劉區華縣發臺葉吳園圖場學寧寶崗嶺廣莊廬開張術楊橋樓澤涇濟潯溫灣灘瑤磯紅經繩綠羅聯蓮蔣藍許譜賢賈趙進鄧鄭裏裡鍾鋼錢鐵銀鎮長門閬陽陳韓顧風館馬駐黃龍貿號棟單",
    "万业东丽义乐乔乡书云产产兰关兴冈农冯凤刘区华县发台叶吴园图场学宁宝岗岭广庄庐开张术杨桥楼泽泾济浔温湾滩瑶矶红经绳绿罗联莲蒋蓝许谱贤贾赵进邓郑里里钟钢钱铁银镇长门阆阳陈韩顾风馆马驻黄龙贸号栋单",
)
_CITY = re.compile(r"[^城都超门夜菜花县]市(?![场民政内中里区委])")


def fold(text: str) -> str:
    """Simplified, half width, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_SIMPLIFIED)


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
