"""故障种类: what each kind of fault is called, which service it hits, and what may bring that back on the spot."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.floor import Floor
from backend.domain.vocabulary import SERVICE_OF_FAULT, FaultKind, Service

KIND_OF_INTENT: Mapping[str, FaultKind] = {
    **{f"report_fault_{kind}": kind for kind in FaultKind if kind is not FaultKind.DANGER},
    "report_danger": FaultKind.DANGER,
}
INTENT_OF_KIND: Mapping[FaultKind, str] = {kind: intent for intent, kind in KIND_OF_INTENT.items()}
SERVICE_OF_KIND: Mapping[FaultKind, Service] = {
    **SERVICE_OF_FAULT,
    FaultKind.DANGER: Service.TV,  # the cable network
}
# Steps that may bring the service back on the spot, one at a time (responses of data/responses/fault.yml).
SELF_CHECKS: Mapping[FaultKind, tuple[str, ...]] = {
    FaultKind.NO_SIGNAL: ("utter_check_stb_light", "utter_check_cable_and_restart"),
    FaultKind.PICTURE: ("utter_check_cable_and_restart",),
    FaultKind.STB: ("utter_check_card_and_restart",),
    FaultKind.REMOTE: ("utter_check_batteries",),
    FaultKind.BROADBAND_DOWN: ("utter_check_modem_restart",),
    FaultKind.BROADBAND_SLOW: ("utter_check_modem_restart",),
    FaultKind.VOD: ("utter_check_network_and_restart",),
}
# By these words a customer says that the check is done already.
ALREADY_TRIED = re.compile(
    r"(?<!一直|自动|自己|老是|不停)重启|重新启动|重开|检查.{0,2}[过做了]|[弄搞]了|搞过|插拔|拔插|拔了|试过|试了|弄过|断电|关了又开|换过|电池.{0,3}换|换了.{0,3}电池"
)
# 别让我试, 直接派人来, said with the fault.
WANTS_NO_CHECK = re.compile(
    r"(?:别|(?<!要)不要|不用|莫|甭)再?[让叫喊要]?我?再?(?:试|重启|折腾|弄来弄去)|直接[派叫喊安排]{1,2}(?:个?人|师傅)"
    r"|没(?:时间|空|[工功]夫)[弄搞试折管]"
)

# The words by which a customer who corrects us names a kind; the first that fits wins.
_NAMED = (
    (r"遥控", FaultKind.REMOTE),
    (r"点播|回看", FaultKind.VOD),
    (r"(?:网|宽带).{0,4}[慢卡]|掉线|网速", FaultKind.BROADBAND_SLOW),
    (r"宽带|上不了网|断网|没网|网.{0,2}断", FaultKind.BROADBAND_DOWN),
    (r"马赛克|画面|花屏|卡顿|声音|电视.{0,4}(?:还是|老是?|总是?|一直|又|很|太|好|特别)卡", FaultKind.PICTURE),
    (r"机顶盒|智能卡", FaultKind.STB),
    (r"信号|黑屏|看不了", FaultKind.NO_SIGNAL),
)
_BROKEN = re.compile(
    r"[断坏挂][了掉]|没有?[信网]|[上看用]不[了成]|上不去|黑屏|打不开|没反应|卡死|不行了|不好[使用]了?|不能[用看上]|罢工|出毛病"
)
_SLOW = re.compile(r"慢|卡顿|掉线|花屏|马赛克")
_ASKED = re.compile(r"是不是|会不会|[吗?？]|不是")
_TELEVISION = re.compile(r"电视(?![剧柜墙台])")
_DARK = re.compile(r"[没无冇][有得]?(?:图像|画面|影像?|反应)|黑屏|[屏幕].{0,2}黑|不亮|[开打][^，,。]{0,2}不[开了着]")
# What only a maker or a dealer settles; who buys or sells a set, or has another company's service.
_OF_THE_SET = re.compile(
    r"[碎裂破摔砸]|换屏|竖线|亮线|主板|背光|保修|厂家|[品牌]牌|牌子|多少[钱寸]|[买卖]|回收|二手|遥控|广告"
)
_OF_OTHERS = re.compile(r"移动|电信|联通|卫星|户户通|投屏")
_DENIED = re.compile(r"不是[^，,。；;\s是]+")
_TAKEN_BACK = re.compile(r"不是|说错|搞错|弄错|应该是")


def corrected_kind(text: str) -> FaultKind | None:
    """画面 of 不是没信号，是画面卡, and of 是画面卡不是没信号; None where nothing is corrected."""
    if not _TAKEN_BACK.search(text):
        return None
    return kind_named(_DENIED.sub("", text))


def kind_named(text: str) -> FaultKind | None:
    """The first kind whose words stand in the text."""
    return next((kind for words, kind in _NAMED if re.search(words, text)), None)


def broken(text: str) -> FaultKind | None:
    """The kind of what is said to be broken."""
    if not _BROKEN.search(text):
        return None
    return kind_named(text) or (FaultKind.NO_SIGNAL if _TELEVISION.search(text) else None)


def fails(text: str) -> FaultKind | None:
    """The kind of what is broken or slow, where nothing is asked."""
    if _ASKED.search(text):
        return None
    return broken(text) or (kind_named(text) if _SLOW.search(text) else None)


def names_dark_tv(text: str) -> bool:
    """电视开不了机没画面: mostly the signal or the box, not the set itself."""
    dark = _TELEVISION.search(text) and _DARK.search(text)
    return dark is not None and not (_OF_THE_SET.search(text) or _OF_OTHERS.search(text))


def kind(floor: Floor) -> FaultKind:
    return FaultKind(floor.recall("fault_kind"))


def same_service(floor: Floor) -> bool:
    """Whether what is reported now belongs to the fault in hand; a fault of another service is another matter."""
    said = KIND_OF_INTENT.get(floor.turn.intent)
    if said in {None, FaultKind.DANGER, FaultKind.AREA}:
        return True
    return SERVICE_OF_KIND[said] == floor.recall("fault_service")
