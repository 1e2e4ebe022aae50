"""地址: where it is – asked for until a repairer finds the door, and each thing that is lacking once."""

from __future__ import annotations

from collections.abc import Callable

from actions import address as addresses
from actions import contact
from actions.floor import Floor
from actions.turn import NOT_UNDERSTOOD
from backend.domain.charter import Charter

_MAY_ANSWER = NOT_UNDERSTOOD | {"inform_address", "inform_name", "correction", "dont_know"}
_NO_MORE = frozenset({"dont_know", "deny", "affirm", "skip_self_check"})


class AskAddress:
    """Asks for the address, then once for each of what it lacks: the road, the district, the door. Some have no door,
    and where `door` says no it is not asked for."""

    slot = "contact_address"

    def __init__(self, charter: Charter, *, door: Callable[[Floor], bool] = lambda _: True) -> None:
        self._charter = charter
        self._door = door

    def open(self, floor: Floor) -> bool:
        return self._lacking(floor) is not None and not floor.recall("contact_address_as_is")

    def ask(self, floor: Floor, *, again: bool) -> None:
        lacking = self._lacking(floor)
        if lacking != "utter_address_wanted":
            floor.say(str(lacking), address=floor.recall("contact_address"))
        else:
            example = self._charter.wording.address_example
            floor.say("utter_address_wanted_again" if again else lacking, example=example)

    def take(self, floor: Floor) -> bool:
        turn, known, lacked = floor.turn, floor.recall("contact_address"), self._lacking(floor)
        none = addresses.has_none(turn.text) and not turn.entity("address")  # 就在红谷滩区 names one
        if known and none and turn.intent in _MAY_ANSWER | _NO_MORE:
            contact.listen(floor, self._charter)  # 没有门牌的，明天来
            floor.remember(contact_address_as_is=True)
            return True
        contact.listen(floor, self._charter)
        if floor.recall("contact_address") == known and self._unrecognised_place(floor):
            contact.take_address(floor, self._charter, turn.text)
        took = floor.recall("contact_address") != known
        if not known:
            return took
        said_all = turn.intent in _NO_MORE or (turn.intent in _MAY_ANSWER and turn.entity("address"))
        if took and self._lacking(floor) != lacked:  # the district is known now, and the door may be asked for
            return True
        if took or said_all:
            floor.remember(contact_address_as_is=True)
            return True
        return False

    def _lacking(self, floor: Floor) -> str | None:
        """The response that asks for what is not known of the address."""
        address, area = floor.recall("contact_address"), floor.recall("contact_area")
        if not address or addresses.parts(address).keys() == {"city"}:
            return "utter_address_wanted"
        if not area:
            return "utter_district_wanted"
        if not contact.is_found(self._charter, address):
            return "utter_door_wanted"
        return "utter_house_wanted" if self._door(floor) and addresses.lacks_a_door(address) else None

    def _unrecognised_place(self, floor: Floor) -> bool:
        turn = floor.turn
        number_given = turn.entity("phone") or turn.entity("phone_part")
        named = addresses.looks_like_place(turn.text) and not turn.text.isdigit()
        return turn.intent in _MAY_ANSWER and not turn.asks and not number_given and named
