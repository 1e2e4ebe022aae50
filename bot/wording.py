"""What the bot process itself says to a customer, when nobody else can."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from backend.domain.danger import GENERAL, dangers_in

_QUOTED: Final = 20
_FOR_A_PERSON: Final = re.compile(r"0|(?:请|[帮给]我|我?要|我想|找|转接?|接通?)*人工(?:客服|服务|坐席)?[吧啊]?")


def asks_for_a_person(text: str) -> bool:
    """人工 or 0, and the few ways to say just that: so that a person can be reached when the engine is down."""
    folded = unicodedata.normalize("NFKC", text)
    bare = "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")
    return _FOR_A_PERSON.fullmatch(bare) is not None


@dataclass(frozen=True, kw_only=True)
class Wording:
    """`operator`: its name; `hotline`: its service hotline 服务热线, empty when the charter has none.

    `danger`: what to do and not to touch, by kind of danger.
    """

    operator: str
    hotline: str
    danger: Mapping[str, str] = field(default_factory=dict)

    def kept(self, text: str) -> str:
        """The engine can't be reached: the message waits in the log."""
        call = f"着急的话，请拨打服务热线 {self.hotline}。" if self.hotline else ""
        kept = "抱歉让您久等了。您的消息已经收到并保存好，系统正在恢复，恢复后会自动接着为您办理，不用重发。"
        return f"{self._safety(text)}{kept}{call}"

    def hold(self, text: str) -> str:
        """The engine is there and has not answered yet."""
        return f"{self._safety(text)}请稍等，我再试一下。"

    def not_handled(self, text: str) -> str:
        """The turn has failed for good; what it confirmed may be filed all the same."""
        call = f"，或拨打服务热线 {self.hotline}" if self.hotline else ""
        return (
            f"{self._safety(text)}非常抱歉，您说的“{_shortened(text)}”没能处理好。如果刚才是在确认登记，请先说“查进度”；"
            f"不是的话，请您换个说法再发一次，也可以回复“人工”{call}。"
        )

    @property
    def person(self) -> str:
        """人工, while the engine can't be reached."""
        call = f"请您直接拨打服务热线 {self.hotline}" if self.hotline else "请您稍后再找人工"
        return f"非常抱歉，这边暂时转接不了人工。{call}。您之前发来的消息都已保存，系统恢复后会接着办理。"

    def _safety(self, text: str) -> str:
        """What to do first, for every danger that is spoken of."""
        texts = (self.danger.get(danger) or self.danger.get(GENERAL) for danger in dangers_in(text))
        return "".join(f"{told}\n" for told in dict.fromkeys(texts) if told)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"
