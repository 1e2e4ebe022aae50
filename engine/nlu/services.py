"""Which service a sentence is about 业务."""

from __future__ import annotations

import re
from typing import List

from engine.nlu.spans import Span

_WORDS = {
    "vod": r"点播|回看|时移|互动(?:电视|平台|页面)|回放",
    "broadband": r"宽带|上网|网络|网速|wi-?fi|无线网|路由器?|光猫|网线|断网|没网|光纤",
    "telephone": r"座机|固话|固定电话|电话机|拨号音",
    "tv": r"电视|机顶盒|频道|卫视|遥控|收视|央视|雪花|马赛克|智能卡|有线(?!上)",
}
_PATTERNS = {service: re.compile(pattern, re.IGNORECASE) for service, pattern in _WORDS.items()}


def service_spans(text: str) -> List[Span]:
    """One span a service, at its first word."""
    found = ((service, pattern.search(text)) for service, pattern in _PATTERNS.items())
    return [Span("service", service, at.start(), at.end()) for service, at in found if at]
