"""Chinese addresses 地址 by their grammar: regions, roads, communities, then numbered parts, from large to small."""

from __future__ import annotations

import re
from typing import Iterable, List, Sequence, Tuple

from engine.nlu.spans import Span

_HAN = r"[\u4e00-\u9fa5]"
_PROVINCES = "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
_REGION = rf"(?:{_PROVINCES})省|{_HAN}{{1,7}}?(?:自治区|市(?!场)|(?<![小地社片专分])区(?!域|别)|县|镇|乡|街道|街办|开发区|新区|工业园|园区)"
_ROAD = rf"{_HAN}{{1,7}}?(?:[东西南北中]?(?:大道|大街|路|街|巷|胡同|支路)(?:[东西南北中]?段|[东西南北]路|[一二三四五六七八九]路|[东西南北]街|[东西南北]巷)?|横路|环线)"
_COMMUNITY = (
    rf"{_HAN}{{1,9}}?(?:小区|花园|家园|佳园|雅园|苑|新城|华府|华庭|名城|名都|豪庭|豪园|公馆|公寓|大厦|大楼|广场|新村|社区|山庄|庄园|国际"
    rf"|宿舍|家属楼|家属院|大院|城中村|学府|御府|首府|半岛|世家|星城|花城|水岸|湾|[华首御学王]府|[华豪雅]庭|[家花佳雅嘉景阳科学新]园|庄|垸|屯|寨|村委会|村(?!民))(?:小区|花园|宿舍)?"
    rf"(?:[A-Za-z一二三四五六七八九\d]{{1,2}}[期区])?"
)
_PART = r"[A-Za-z]?\d{1,5}(?:[-—附之]\d{1,4})*(?:号楼|号院|号附\d+|号|弄|栋|幢|单元|室|楼|层|组|户|门|座|排|队|期|区|支弄|附\d+)[A-Za-z]?(?:附\d{1,3})?|[A-Za-z甲乙丙丁东西南北]\s?(?:栋|幢|座|区|单元)|村?[一二三四五六七八九十]{1,3}(?:村民)?小?组|顶楼|附\d{1,3}"
_ROOM = r"(?:[A-Za-z]?\d{1,2}[-—]){1,3}\d{2,4}|(?<=[元栋幢号楼层座室])\s?[A-Za-z]?\d{2,4}(?:[-—]\d{1,3})?(?![\d块元天年月点兆])"
_SEP = r"[\s,，、的]{0,2}(?:和|跟|与|呃|嗯|啊|那个|这个|就是)?[\s,，、]?"

_LEAD_IN = re.compile(
    rf"^.*(?:我们?家?[在是]|住[在的是]?|地址[是在:：]?|位置[是在:：]?|位于|搬[到去]|移[到去]|迁[到去]|定位|现在|这[里边]|那[里边]|还有|家[在住]"
    rf"|请问|家住|住址|地点|负责|靠近|搬进|起|之后|以后|师傅|专门|跑|查|按|听|掉|在|是|到|去|给|把|请|帮|叫|从|改成|写|填|我们|你们|咱们|俺们|我|你|咱|俺|他|她|的|了|就|这|那|哪|不|没|要|个|呃|嗯|啊|喂|问|看|也|还|吧|呢|吗|么|啦|哈)"
)
_PLAIN_WORDS = re.compile(
    r"^(?:.*(?:线|网|电|思|一|马|回|出|半|铁|公|高速|通|主|上|同|各|带|水|走|顺|迷|修|条|几|堵|里|几十)路|路|街|.*条街|步行街|同.*|.*[全外本各]省|省|市|.*(?:城|超|股|菜|夜|本|全|门|都)市|.*(?:小|地|社|片|辖|郊|山|景|农|城|灾|特|校|厂|库|各|该|本|市)区|区"
    r"|.*(?:农|乡|全|本|各|家|听|进|自然|我们|你们|整个)村|村|县|镇|乡|本县|全县|全镇|老乡|逛街|上街|全城|.*(?:公|校|幼儿|田|乐|陵|菜|果|家)园|园|.*(?:政|乱|客)府|府|法庭|家庭|庭|.*(?:港|台|海|转)湾|湾|.*(?:村)庄|庄|大厦|大楼|大院|宿舍|广场|公寓|小区|花园|社区|国际|整个小区|全小区|天下|时光|印象|学校宿舍|大街|大道|巷|街道|新区|园区|开发区|工业园|.*电视.*|.*宽带.*|.*信号.*|.*机顶盒.*|.*师傅.*|.*电话.*|.*客服.*|.*网络.*|.*营业厅.*|.*投诉.*)$"
)
_STRONG = re.compile(r"\d[-—]\d+[-—]\d|\d(?:号楼|号院|号|栋|幢|单元|室|座|弄)|[\u4e00-\u9fa5]组")
_TOKEN = re.compile(rf"(?P<region>{_REGION})|(?P<road>{_ROAD})|(?P<community>{_COMMUNITY})|(?P<part>{_PART})|(?P<room>{_ROOM})")
_NOT_PARTS = re.compile(r"^\d{1,2}(?:期|区|组|楼|层|户|门|排|队|号)$")
_LANDMARK = re.compile(r"^(?:的)?(?:旁边|隔壁|对面|楼上|楼下|后面|门口|附近|斜对面|交叉口|路口|里面|北段|南段|东段|西段|中段)")


def address_spans(text: str, *, taken: Sequence[Span] = (), names: Iterable[str] = ()) -> List[Span]:
    """Addresses in a text whose spoken numbers are written out.

    `taken`: phones and ticket numbers, which are never part of one. `names`: places the charters know.
    """
    pieces = _pieces(text, taken=taken, names=names)
    spans = []
    for run in _runs(text, pieces):
        start, end = run[0][0], run[-1][1]
        if _is_address(text, run):
            tail = _LANDMARK.match(text[end:])
            end += tail.end() if tail else 0
            value = re.sub(r"[\s,，、]+|呃|嗯|啊|那个|这个|就是", "", text[start:end])
            spans.append(Span("address", value, start, end))
    return spans


Piece = Tuple[int, int, str]


def _pieces(text: str, *, taken: Sequence[Span], names: Iterable[str]) -> List[Piece]:
    pieces: List[Piece] = []
    known = sorted((name for name in names if name in text), key=len, reverse=True)
    place = 0
    while place < len(text):
        blocked = next((span for span in taken if span.start <= place < span.end), None)
        if blocked:
            place = blocked.end
            continue
        name = next((name for name in known if text.startswith(name, place)), None)
        if name:
            end = place + len(name)
            grown = re.match(r"(?:小区|花园|家园|区|市|县|镇|乡|街道|村)", text[end:])
            end += grown.end() if grown else 0
            pieces.append((place, end, "known"))
            place = end
            continue
        limit = min((span.start for span in taken if span.start > place), default=len(text))
        next_name = min((at for at in (text.find(known_name, place + 1) for known_name in known) if at > 0), default=limit)
        found = _TOKEN.match(text, place, min(limit, next_name) if next_name > place else limit)
        if not found:
            place += 1
            continue
        start, end, kind = found.start(), found.end(), str(found.lastgroup)
        if kind in ("region", "road", "community"):
            lead = _LEAD_IN.match(text[start : end - 1])
            if lead:
                start += lead.end()
            if end - start < 2 or _PLAIN_WORDS.match(text[start:end]):
                # A short plain word is skipped whole; inside a long one a name may begin.
                place = start if start > place else (end if end - start <= 4 else place + 1)
                continue
        if kind == "part" and text[start - 1 : start] == "月":  # 11月22号 is a date
            place = end
            continue
        pieces.append((start, end, kind))
        joined = re.match(_SEP, text[end:])
        place = end + (joined.end() if joined else 0)
    return pieces


def _runs(text: str, pieces: Sequence[Piece]) -> List[List[Piece]]:
    """Neighbouring pieces with at most a comma, a space, 的 or a known village word between them."""
    runs: List[List[Piece]] = []
    for piece in pieces:
        between = text[runs[-1][-1][1] : piece[0]] if runs else ""
        if runs and re.fullmatch(_SEP, between):
            runs[-1].append(piece)
        elif runs and piece[2] in ("part", "room") and re.fullmatch(rf"{_HAN}{{1,6}}", between) and _may_join(between):
            runs[-1].append(piece)  # 西湖区|老福山|3栋: a name without a suffix
        else:
            runs.append([piece])
    return [_with_name(text, run) for run in runs]


def _with_name(text: str, run: List[Piece]) -> List[Piece]:
    """万科四季|3栋: what stands before the first number is the name of the place."""
    start, end, kind = run[0]
    if kind not in ("part", "room") or not any(_STRONG.search(text[piece[0] : piece[1]]) for piece in run):
        return run
    name = _name_before(text, start)
    return [(name, end, "named"), *run[1:]] if start - name >= 2 else run


def _may_join(between: str) -> bool:
    return not re.search(r"[我你他她的了是在没有不去到给就都要]|电视|宽带|信号|网络|电话", between)


def _name_before(text: str, at: int) -> int:
    """The Chinese characters before the first number, back to a word that starts a place."""
    start = at
    while start > 0 and re.match(_HAN, text[start - 1]) and at - start < 8:
        start -= 1
    lead = _LEAD_IN.match(text[start:at])
    return start + lead.end() if lead else start


def _is_address(text: str, run: Sequence[Piece]) -> bool:
    kinds = [kind for _, _, kind in run]
    if any(kind in ("region", "road", "community", "known") for kind in kinds):
        return True
    if "named" in kinds:
        return len(run) > 1 or not re.fullmatch(r"\D*\d+号", text[run[0][0] : run[0][1]])  # 投诉3号窗口 is none
    parts = [text[start:end] for start, end, kind in run if kind in ("part", "room")]
    return bool(len(parts) >= 2 or re.search(r"\d[-—]\d+[-—]\d", parts[0])) and any(not _NOT_PARTS.match(part) for part in parts)
