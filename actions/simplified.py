"""Traditional characters 繁体 as simplified ones 简体, one for one, so that places in the text stay."""

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Phrase by phrase where the length stays, else character by character. The engine reads the same way."""
    whole: str = _converter().convert(text)
    if len(whole) == len(text):
        return whole
    singly = (_converter().convert(char) for char in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, singly, strict=True))
