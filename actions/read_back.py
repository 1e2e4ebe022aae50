"""核对: what every report is read back with before it is filed (R8.3), and 哪里不对 where it is not right."""

from __future__ import annotations

import re
from typing import ClassVar

from actions import contact
from actions.floor import Floor
from actions.form import FORM_OF_INTENT
from backend.domain.charter import Charter

_NOT_RIGHT = re.compile(r"不对|不是|错[了的]|[说听记写打]错")


class ReadBack:
    """What one form reads back, and what of it may be put right. Its two questions are the classes below.

    `topic` names their slots, `which_part` the response that asks 哪里不对, `parts` the slots that are asked anew
    when the customer calls them wrong.
    """

    topic: ClassVar[str]
    which_part: ClassVar[str]
    parts: ClassVar[tuple[str, ...]] = ("contact_phone", "contact_address", "contact_wished_time")

    def __init__(self, charter: Charter) -> None:
        self.charter = charter

    @property
    def wrong_part(self) -> str:
        return f"{self.topic}_wrong_part"

    def read(self, floor: Floor) -> None:
        raise NotImplementedError

    def listen(self, floor: Floor) -> None:
        contact.listen(floor, self.charter)

    def corrects(self, floor: Floor) -> bool:
        """Whether the turn says what was meant instead, maybe with a yes in front; puts it right."""
        return False

    def adds(self, floor: Floor) -> bool:
        """Whether the turn, which is no yes, says something else of this matter; takes it."""
        return False

    def drops(self, floor: Floor) -> bool:
        """电话要改: what is called wrong is asked anew."""
        named = [slot for slot in contact.wrong_parts(floor.turn.text) if slot in self.parts]
        if "contact_phone" in named and contact.is_no_phone(floor.turn.text):
            floor.say("utter_phone_not_whole")
        contact.ask_anew(floor, self.charter, *named)
        return bool(named)

    def puts_right(self, floor: Floor) -> bool:
        """The answer to 哪里不对; a question or another matter names no part."""
        turn = floor.turn
        another = turn.asks or turn.intent.startswith("ask_") or turn.intent in FORM_OF_INTENT
        return not another and self.drops(floor)


class Confirm:
    """对吗？ A yes ends the form; a no that names no part asks 哪里不对."""

    def __init__(self, read_back: ReadBack) -> None:
        self.slot = f"{read_back.topic}_confirmed"
        self._read_back = read_back

    def open(self, floor: Floor) -> bool:
        return True

    def ask(self, floor: Floor, *, again: bool) -> None:
        self._read_back.read(floor)

    def take(self, floor: Floor) -> bool:
        read_back, turn = self._read_back, floor.turn
        known = {slot: floor.recall(slot) for slot in read_back.parts}
        read_back.listen(floor)
        if any(floor.recall(slot) != value for slot, value in known.items()) or read_back.corrects(floor):
            return True
        if turn.affirms or turn.affirms_first or turn.intent == "thanks":
            floor.remember(form_outcome="confirmed")
        elif read_back.adds(floor):
            floor.say("utter_taken_down")
        elif turn.intent in {"deny", "correction"} or _NOT_RIGHT.match(turn.text):
            if not read_back.drops(floor):
                floor.remember(**{read_back.wrong_part: "asked"})
        else:
            return False
        return True


class WhichPartIsWrong:
    """Asked after a bare 不对; who says at once what is right is not asked again."""

    def __init__(self, read_back: ReadBack) -> None:
        self.slot = read_back.wrong_part
        self._read_back = read_back

    def open(self, floor: Floor) -> bool:
        return floor.recall(self.slot) is not None

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say(self._read_back.which_part)

    def take(self, floor: Floor) -> bool:
        self._read_back.listen(floor)
        right = floor.turn.affirms  # nothing is wrong after all: read back again
        if not (floor.changes() or right or self._read_back.puts_right(floor)):
            return False
        floor.forget(self.slot)
        return True
