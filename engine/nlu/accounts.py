"""The customer's number 客户编号, and the last four digits of the phone where they are said behind it."""

from __future__ import annotations

import re
from typing import List

from engine.nlu.spans import Span

_WORDS = r"客户编号|客户号码?|用户编号|用户号码?|用户证号码?|户号|缴费号|交费号|账户号码?|账号"
_DIGITS = r"(\d{6,16}|\d{2,5}(?:[ \-]\d{2,5}){1,3})(?![\dA-Za-z])"
_NAMED = re.compile(rf"(?:{_WORDS})(?:就?是|为|[:： ])*{_DIGITS}")
_ALONE = re.compile(rf"(?<![\dA-Za-z]){_DIGITS}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_TAIL = re.compile(
    r"[\s,，、。;；和]*(?:(?:登记|预留|留)?的?(?:电话|手机)?号?码?的?(?:后|末|最后)(?:四|4)位|尾号)?"
    r"(?:就?是|[:： ])*(\d{4})(?!\d)"
)


def account_spans(text: str, *, asked: str = "") -> List[Span]:
    """Only behind its name, or as the answer to the question for it: other digits are phones or doors."""
    found = _NAMED.search(text) or (_ALONE.search(text) if asked == "account_number" else None)
    if found is None:
        return []
    number, (start, end) = re.sub(r"\D", "", found.group(1)), found.span(1)
    if _MOBILE.fullmatch(number):
        return []
    spans = [Span("account_number", number, start, end)]
    if tail := _TAIL.match(text, end):
        spans.append(Span("last_four", tail.group(1), *tail.span(1)))
    return spans
