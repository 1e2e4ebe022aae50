"""联系方式: the phone and address questions of every form, and whom to call."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import phonenumbers

from actions import address as addresses
from actions import leader, spoken
from actions.answers import Answer
from actions.floor import Floor
from actions.parts import Parts
from actions.turn import Turn
from actions.wished_time import happens, is_unclear, is_wished, nobody_home, read_time
from backend.domain.charter import Charter

MOBILE_DIGITS = 11
_LOCAL_DIGITS = (7, 8)
_ASKS_LEAVE = re.compile(r"行[吗不么]|可以[吗么不]|好[吗不]|能不能|吧")
ASKS_COST = re.compile(r"要不要钱|要钱[吗么不]|收[费钱][吗么不]|收不收[费钱]|多少钱|[要收]好?多钱|免费[吗么不]")
_ASKS_WHETHER = re.compile(r"(?:行|可以|方便)[吗么不]")
_PHONE_WORDS = re.compile(r"尾号|尾数|[后末]四位|后4位|电话|手机|号码")
# 最后一位是6, 末两位应该是六八
_LAST_DIGITS = re.compile(
    r"(?:最后|末尾?|后)(?:面?的?)?[一两二三123]位(?:数字?|号码)?(?:应该|其实)?[是改成为]+([\d零〇一二三四五六七八九幺]{1,3})"
)
_SPOKEN = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_OTHER_NUMBER = re.compile(r"身份证|卡号|智能卡|账号|户号|(?:客户|用户|缴费|交费)编?号|工单")
_WHY = re.compile(r"为什么|为啥|为何|干嘛|干什么|干啥|做什么|做啥|凭什么|有什么用|非要|一定要")
_NOT_HERE = re.compile(r"不是(?:这|那)|[搞弄说记写]错了|不在(?:这|那)")
_SHORT = 8
_DIGITS = r"(?:[\d零〇一二两三四五六七八九幺] ?){7}"
_WRONG = re.compile(r"不对|不是|错|改|换|有误")
_MINE = re.compile(
    r"(?<![别不再老])(?<!不要)(?:打|用|留|换|改)[成回]?我(?:的|这个|自己的?|本人)(?!妈|爸|老|儿|女|爱|媳|邻|父|母|家)"
)
_VISITED = frozenset({"fault_form", "order_form"})
_CORRECTING = frozenset({"correction", "deny"})
# 电话就这个号: the one that the channel knows, said along with the matter.
_OWN_PHONE = re.compile(r"(?<![别不])(?<!不要)(?:就|[打用留]|是)我?(?:现在)?(?:这个|来电|本机)的?(?:电话|号码?|手机)")


def listen_to(overheard: Sequence[Mapping[str, Any]], floor: Floor, charter: Charter) -> None:
    """Take what was told to a person meanwhile as if it had been told to us."""
    turn = floor.turn
    for said in overheard:
        floor.turn = turn.hearing(said)
        listen(floor, charter)
    floor.turn = turn


def listen(floor: Floor, charter: Charter) -> None:
    """Take phone, address and wished time from whatever was said, asked for or not."""
    turn = floor.turn
    said = turn.entity("phone") or turn.entity("phone_part")
    if said and (phone := whole_phone(said, charter)):
        floor.remember(contact_phone=phone, contact_phone_part=None)
    elif said:
        _take_part(floor, said, charter)
    elif turn.phone and _gives_own(floor):
        floor.remember(contact_phone=turn.phone)
    else:
        _take_tail(floor, charter)
    place = _place_said(turn)
    # 红谷滩哪里有营业厅 asks about a place, it gives no address; a door is always somebody's.
    if place and not (turn.intent.startswith("ask_") and not is_found(charter, place)):
        take_address(floor, charter, place)
    known = floor.recall("contact_address")
    correcting = turn.intent in _CORRECTING or "不是" in turn.text
    part = addresses.corrected_part(turn.text) if known and correcting else None
    part = part or (addresses.corrected_room(turn.text, known=known) if known else None)
    if part and not place:
        take_address(floor, charter, part)
    if turn.asked and leader.wants_leader(turn.text):
        floor.remember(contact_leader_wish=turn.text)
    if (when := turn.entity("time")) and _wishes(floor):
        at = read_time(when, at=turn.accepted_at)
        if at or is_unclear(when):
            floor.remember(contact_wished_time={"text": when, "at": at.isoformat() if at else None})
    elif turn.active_form in _VISITED and turn.asked and nobody_home(turn.text) and not turn.asks:
        wished = floor.recall("contact_wished_time") or {"text": None, "at": None}
        if turn.text not in (known := wished["text"] or ""):
            floor.remember(contact_wished_time={**wished, "text": f"{known}，{turn.text}" if known else turn.text})


def _gives_own(floor: Floor) -> bool:
    """电话就这个号; and 打我的吧, where another number was noted first."""
    own = _MINE if floor.recall("contact_phone") else _OWN_PHONE
    return own.search(floor.turn.text) is not None


def _wishes(floor: Floor) -> bool:
    """Whether a time in the turn is one to come at."""
    turn = floor.turn
    if turn.intent in _CORRECTING and floor.recall("contact_wished_time"):  # 不是明天，是后天
        return True
    # 师傅几点来？我明天上午出门; but what a visit costs leaves its time a wish.
    asks = replace(turn, text=ASKS_COST.sub("", turn.text)).asks
    asking_only = asks and not _ASKS_LEAVE.search(turn.text)
    given = turn.intent == "inform_time" or _ASKS_WHETHER.search(turn.text)  # 明天下午行吗
    return (given and not happens(turn.text)) or (is_wished(turn.text) and not asking_only)


def _place_said(turn: Turn) -> str | None:
    """Of several addresses the last; 丰和北大道66号！红谷滩区 is one in two pieces."""
    place, earlier = turn.entity("address"), turn.values("address")[:-1]
    if place and earlier and addresses.parts(place).keys() <= {"city", "district"}:
        return addresses.merged(earlier[-1], place)
    return place


def _take_tail(floor: Floor, charter: Charter) -> None:
    """尾号不是0105是0106: the end of the phone we have, not of a card, and not a room with four digits."""
    turn, known = floor.turn, floor.recall("contact_phone")
    if known and turn.asked and (end := _LAST_DIGITS.search(turn.text)):
        tail = end[1].translate(_SPOKEN)
        if replaced := whole_phone(f"{known[: -len(tail)]}{tail}", charter):
            floor.remember(contact_phone=replaced)
        return
    right, wrong = turn.values("last_four"), turn.values("last_four", denied=True)
    meant = _PHONE_WORDS.search(turn.text) or (known and known[-4:] in wrong)
    elsewhere = turn.active_form in {None, "progress_form", "account_form"} or _OTHER_NUMBER.search(turn.text)
    if elsewhere or not (known and right and meant):
        return
    if replaced := whole_phone(known[:-4] + right[-1], charter):
        floor.remember(contact_phone=replaced)


def take_address(floor: Floor, charter: Charter, said: str) -> None:
    if any(area.city == f"{said}市" for area in charter.areas):  # 我妈在南昌
        said = f"{said}市"
    known = floor.recall("contact_address")
    if known and _NOT_HERE.search(floor.turn.text) and "place" in addresses.parts(said):
        # 搞错了，是绿湖豪城: a name that replaces the place, and completes no address
        floor.remember(contact_address=addresses.region(known, areas=_area_names(charter)) or None)
    whole = addresses.merged(floor.recall("contact_address"), said, areas=_area_names(charter))
    district = floor.recall("contact_district")
    if district and not charter.place(whole):
        whole = addresses.merged(district, whole, areas=_area_names(charter))
    area = charter.place(whole)
    floor.remember(contact_address=whole, contact_area=area.key if area else None, contact_address_as_is=None)


def _area_names(charter: Charter) -> tuple[str, ...]:
    return tuple(alias for area in charter.areas for alias in area.aliases)


def is_found(charter: Charter, address: str) -> bool:
    return addresses.can_be_found(address, areas=_area_names(charter))


def _take_part(floor: Floor, part: str, charter: Charter) -> None:
    """A phone in several messages is put together; a tail replaces the tail of a phone we have."""
    known, before = floor.recall("contact_phone"), floor.recall("contact_phone_part") or ""
    together = before + part
    if before and (phone := whole_phone(together, charter)):
        floor.remember(contact_phone=phone, contact_phone_part=None)
    elif known and len(part) < len(known) - len("+86"):
        if replaced := whole_phone(known[: -len(part)] + part, charter):
            floor.remember(contact_phone=replaced)
    else:
        floor.remember(contact_phone_part=together if len(together) < MOBILE_DIGITS else part)


def whole_phone(said: str, charter: Charter) -> str | None:
    """E.164, a local number completed by the charter's area code; None for what is not yet, or no, phone."""
    local = len(said) in _LOCAL_DIGITS and said[0] not in "019"
    if said.startswith("1") and len(said) != MOBILE_DIGITS:
        return None  # the numbering plan holds shorter ones that no customer has
    try:
        number = phonenumbers.parse(f"{charter.operator.area_code}{said}" if local else said, "CN")
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None


def forget(floor: Floor, *slots: str) -> None:
    """Forget these details and what was concluded from them."""
    if "contact_phone" in slots and floor.turn.phone and floor.recall("contact_phone") == floor.turn.phone:
        floor.remember(contact_own_phone="declined")
    concluded = {"contact_address": ("contact_area", "contact_address_as_is"), "contact_phone": ("contact_phone_part",)}
    floor.forget(*slots, *(each for slot in slots for each in concluded.get(slot, ())))


def ask_anew(floor: Floor, charter: Charter, *slots: str) -> None:
    """What the customer calls wrong; the district of a wrong address stands until another is named."""
    if "contact_address" in slots and (wrong := floor.recall("contact_address")):
        floor.remember(contact_district=addresses.region(wrong, areas=_area_names(charter)))
    forget(floor, *slots)


def is_no_phone(text: str) -> bool:
    """Whether so many digits were meant for a phone; said where none could be made of them."""
    return re.search(_DIGITS, text) is not None


def asks_why(floor: Floor) -> bool:
    return floor.turn.asked == "contact_phone" and _WHY.search(floor.turn.text) is not None


def wrong_parts(text: str) -> tuple[str, ...]:
    """The slots that a customer names as wrong: 地址要改, 电话不对. A story that has the word in it names nothing."""
    if len(text) > _SHORT and not _WRONG.search(text):
        return ()
    named = {
        "contact_address": re.search(r"地址|住址|门牌|小区|位置", text),
        "contact_phone": re.search(rf"电话|号码|手机|联系方式|{_DIGITS}", text),
        "contact_wished_time": re.search(r"时间|钟点|日子", text),
        "fault_kind": re.search(r"故障|问题|毛病|现象", text),
    }
    return tuple(slot for slot, found in named.items() if found)


def _hotlines(floor: Floor, parts: Parts) -> None:
    operator = parts.charter.operator
    if asks_why(floor):
        floor.say("utter_phone_reason")
        return
    floor.say(
        "utter_hotlines",
        operator=operator.short_name,
        hotline=operator.hotline,
        supervision=operator.supervision_phone,
        mark=spoken.sample_mark(sample=bool({"hotline", "supervision_phone"} & operator.samples)),
    )


def _is_empty(turn: Turn) -> bool:
    """Whether it was taken for a phone or an address and holds none."""
    details = {"inform_phone": ("phone", "phone_part", "last_four"), "inform_address": ("address",)}.get(turn.intent)
    return details is not None and not any(turn.entity(detail) for detail in details)


def _noted(floor: Floor, parts: Parts) -> None:
    """Details before a matter are kept for it. Once it is filed, a time is a wish for it, the rest a person changes."""
    listen(floor, parts.charter)
    filed, when = floor.recall("progress_ticket_number"), floor.turn.entity("time")
    if filed and when and read_time(when, at=floor.turn.accepted_at):
        floor.forget("contact_wished_time")
        floor.remember(next_matters=[{**floor.turn.as_noted(), "form": "appointment_form"}])
        floor.then("appointment_form")
    elif filed:
        if not _is_empty(floor.turn):  # 不行我就打12345了 only sounds like a number
            floor.say("utter_change_needs_person")
        floor.remember(next_matters=[floor.turn.as_noted()])
        floor.then("question_form")
    else:
        floor.say("utter_details_noted" if floor.changes() else "utter_please_say")


ANYWHERE: dict[str, Answer] = {"ask_hotline_or_supervision_phone": _hotlines}
BETWEEN: dict[str, Answer] = dict.fromkeys(
    ("inform_phone", "inform_address", "inform_time", "inform_name", "correction"), _noted
)
