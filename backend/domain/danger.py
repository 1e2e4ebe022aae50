"""Danger words 险情: which dangers a sentence speaks of, as far as plain words show it.

No classifier is asked: it must work when nothing else does. Rather once too often than not at all.
"""

import re
from collections.abc import Mapping
from typing import Final

from backend.domain.areas import fold

GENERAL: Final = "general"  # the text for a danger whose kind the words don't show

_SIMPLIFIED: Final = str.maketrans("電線斷煙纜觸燒桿來著絆歪斜", "电线断烟缆触烧杆来着绊歪斜")
_NOT: Final = r"(?<!没)(?<!没有)(?<!不)(?<!未)"
_NEAR: Final = r"[^。!?;,、]{0,6}"  # folded, ，！？； are half width

_CABLE: Final = r"(?:电线|缆|高压线|钢绞线|拉线|杆)"
_FALLS: Final = (
    rf"{_NOT}(?:掉(?![线包电网])|断(?![网电断续])|垂|(?<!角)落[在到下地了]|塌|垮|倒[了下在塌掉伏地田]|[要快]倒"
    r"|歪|斜(?![对边])|绊|勒|搭在|低得|[很太好]低)"
)
# A cable that is only called 线 – not the services 有线电视, 无线, 专线 – where it lies or hangs.
_WIRE: Final = r"(?<![网无在源频音响专])线(?!电视|广播|宽带|网|机顶盒|信号|路)"
_LIES: Final = (
    r"(?:掉[下在到落地路水]|落[在到下地]|垂|挂下|拖[在到]|横[在起着]|搭在|断[在落]|断了?一[头截]|[刮挂扯]断|耷拉|绊|勒"
    r"|低得|[很太好]低)"
)

_DANGERS: Final[Mapping[str, re.Pattern[str]]] = {
    "electric_shock": re.compile(
        rf"{_NOT}(?<!接)触电(?![视影话脑])|{_NOT}漏电(?![视话])|带电(?![视影话脑池])|电打[了我到]|电击"
        r"|[被遭]电(?![信视影话脑商力动])|(?<![充停来断通供])电到[人手我他她了老孩小]"
        r"|麻手(?![续續])|手(?![脚腳续續]).{0,2}麻(?![烦煩利])|麻了?一下"
    ),
    "fallen_cable": re.compile(
        rf"{_CABLE}{_NEAR}{_FALLS}|{_WIRE}.{{0,4}}{_LIES}|垂得?[很太好]低|[横拖]{_NEAR}[根条排]线"
        r"|[掉断垂落倒][了下来]{0,3}[一两几三][根条排].{0,4}[线缆杆]|[掉垂]下来的.{0,4}[线缆]|绊.{0,6}[线缆]"
        r"|杆.{0,2}(?:裂|[拉撞压冲]弯|晃)"
    ),
    "fire": re.compile(
        rf"{_NOT}着火(?![车影箭锅山])|{_NOT}(?<!一)[起失]火|{_NOT}冒火|{_NOT}冒.{{0,2}}烟|火[花苗星](?!塞)|火灾|[黑浓有]烟"
        rf"|烧[起焦糊黑](?!烤)|烧着了|{_NOT}(?<!没闻到)(?:焦[糊臭味]|糊味)|烧(?!烤).{{0,3}}味|大火(?![的都])"
    ),
}


def dangers_in(text: str) -> tuple[str, ...]:
    """Keys of the charter's danger texts, who may be hurt first; empty where no danger is seen."""
    folded = fold(text.replace("\n", "。")).translate(_SIMPLIFIED)  # a line is a sentence
    return tuple(danger for danger, words in _DANGERS.items() if words.search(folded))
