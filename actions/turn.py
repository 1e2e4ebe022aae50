"""One turn of a conversation, read from what the engine sends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from rasa_sdk import Tracker

from actions.matters import apart
from actions.rooms import joined
from actions.simplified import simplified
from backend.domain.vocabulary import Channel

_ASKING = re.compile(r"[?？吗呢么]|怎么|咋|多[少久长]|几|谁|什么|啥|哪|要不要|是不是|能不能|有没有")
_FURIOUS = re.compile(
    r"[!！]{3}|妈的|他妈|尼玛|操你|傻[逼比叉]|王八|混蛋|混账|狗[屁东日]|骗子|垃圾(?!桶|站|箱|袋|房|车)|废物|去死|吃屎|什么玩意|干什么吃|吃干饭|糊弄|耍我|气死|忍无可忍"
    r"|欺人太甚|有完没完"
)
_DROPS = re.compile(r"(?:[那哦唉嗯]|[，, ])*(?:算了|(?:不[用要想]?|别)[修报装办查投]了|重新?报)")
_HURRY = re.compile(
    r"(?:[那好嗯请快急尽您你们我太很要来的了啊呀吧]|师傅|麻烦|[给帮]我|派人|能不能|搞|快[点些]|一?点|赶[紧快]|急死"
    r"|[，,。.！!？?～~ ])+"
)
_WAIT = re.compile(
    r"(?:[你您请，, 诶哎啊哦嗯好那先去]|别急|别挂|稍|等一?(?:下|会儿?)|等等|等(?=我)|慢[点慢]|让我|我"
    r"|[喊叫][^，, 来喊叫]{1,5}来|找|[看瞅瞧试]|想|一?下|灯|哈|呀|啊)*"
)
_GOES_TO_LOOK = re.compile(r"等|稍|别急|慢|我先?去[看瞅瞧试]")
_DENIED = re.compile(r"不是[^是]{0,4}$")
_ENGLISH = re.compile(r"[A-Za-z']{2,}")
_NOT_ENGLISH = re.compile(r"[一-龥<>{}$/;]")
_MARKUP = re.compile(r"<[^<>]{1,20}>")
# Also as they say it in Sichuan, Henan, Guangdong and around Shanghai: 要得, 中, 啱, 对额.
_YES = re.compile(
    r"(对|对的|是|是的|嗯+|没错|可以|好|好的|行|要得|对头|[是对][嘞咧咯额的]|好[嘞额嘛]|中|啱|[係系]|嗯呐|没问题)[\s，,。！!]"
)
# 对对对 is a yes, whatever is asked behind it.
_SURE = re.compile(r"(?:(?:对|是|没错)[的啊呀]?[，, ]?){2,}[，,。！!]")
_BEFORE_A_YES = re.compile(r"钱|费|[写说听记打搞弄]错|不对|是不是")
# What a customer could have said to ask for progress; noted as a matter where that is what comes next.
PROGRESS_ASKED = {"text": "查进度", "intent": "ticket_progress", "entities": []}
NOT_UNDERSTOOD = frozenset({"nlu_fallback", "out_of_scope"})
AGENT_CHAT = "agent_chat"  # said to a person, not to us: see engine.meanwhile
_SAY_NOTHING = NOT_UNDERSTOOD | {"", "nlu_offer", "send_photo", AGENT_CHAT}


@dataclass(frozen=True, kw_only=True)
class Entity:
    """`value` as the extractor normalised it, None for none; `start` its place in the text."""

    name: str
    value: str | None
    start: int = 0


NOTHING = Entity(name="", value=None)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What the customer said and what is known about the saying.

    `accepted_at` is the log time of the message (aware, UTC). `last_said` is what we said in the turn before,
    `before` what the customer said last that was understood (text and intent), `misunderstood_before` how many turns
    in a row up to then were not understood. `also` are further matters of the same message, as they are noted.
    `photo` is the id of the photo that was sent instead of a sentence.
    `agents_here`: a person could go on with the conversation now; `waited`: the customer waited for one in vain;
    `received_by`: the job number of the agent who received them first in this conversation.
    `overheard` is what was said to a person since the last turn, as noted matters are.
    `visit` is the ticket whose return visit we asked for just before.
    `phone` is the number that the channel knows the customer by, E.164: the caller's on the hotline, elsewhere the one
    that was bound; `phone_bound`: it has been shown to be theirs, and still is.
    """

    conversation: str
    text: str
    intent: str
    entities: tuple[Entity, ...]
    channel: Channel
    accepted_at: datetime
    correlation_id: str
    slots: Mapping[str, Any]
    active_form: str | None
    last_said: tuple[str, ...]
    misunderstood_before: int
    before: Mapping[str, str] | None = None
    also: tuple[Mapping[str, Any], ...] = ()
    photo: str | None = None
    phone: str | None = None
    agents_here: bool = False
    waited: bool = False
    received_by: str | None = None
    overheard: tuple[Mapping[str, Any], ...] = ()
    visit: str | None = None
    phone_bound: bool = False

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        message = tracker.latest_message
        metadata = message.get("metadata") or {}
        agents = metadata.get("agents") or {}
        said, also = apart(message)
        return cls(
            conversation=tracker.sender_id,
            text=simplified(said["text"].strip()),
            intent=said["intent"],
            entities=tuple(Entity(**entity) for entity in joined(said["entities"], said["text"])),
            channel=Channel(metadata["channel"]),
            accepted_at=datetime.fromisoformat(metadata["accepted_at"]).astimezone(UTC),
            correlation_id=metadata["correlation_id"],
            slots=dict(tracker.current_slot_values()),
            active_form=(tracker.active_loop or {}).get("name"),
            last_said=_last_said(tracker.events),
            misunderstood_before=_misunderstood_before(tracker.events),
            before=_said_before(tracker.events),
            also=tuple({**each, "text": simplified(each["text"].strip())} for each in also),
            photo=metadata.get("attachment"),
            phone=metadata.get("phone"),
            agents_here=bool(agents.get("here")),
            waited=bool(agents.get("waited")),
            received_by=agents.get("owner"),
            overheard=_overheard(tracker.events),
            visit=metadata.get("visit"),
            phone_bound=bool(metadata.get("phone_bound")),
        )

    def entity(self, name: str) -> str | None:
        """The value of this entity; of several the one that is not said to be wrong (不是甲是乙, 是乙不是甲)."""
        found = [entity for entity in self.entities if entity.name == name]
        right = [entity for entity in found if not self._denies(entity)]
        return (right or found or [NOTHING])[-1].value

    def values(self, name: str, *, denied: bool = False) -> list[str]:
        """All values of this entity, those not said to be wrong, or those that are."""
        found = [entity for entity in self.entities if entity.name == name and entity.value]
        return [str(entity.value) for entity in found if self._denies(entity) == denied]

    def _denies(self, entity: Entity) -> bool:
        return _DENIED.search(self.text[: entity.start]) is not None

    @property
    def caller(self) -> str | None:
        """The number that the platform says the call comes from: it shows itself to be the customer's."""
        return self.phone if self.channel is Channel.HOTLINE else None

    @property
    def knows_customer(self) -> bool:
        """Whether the backend may find the customer's matters without any number said."""
        return self.caller is not None or self.phone_bound

    @property
    def asks(self) -> bool:
        """Whether the sentence asks something: such a one is never taken for free text."""
        return _ASKING.search(self.text) is not None

    @property
    def is_furious(self) -> bool:
        return _FURIOUS.search(self.text) is not None

    @property
    def drops(self) -> bool:
        """算了，我要报修; 不修了，帮我撤掉: the matter in hand is dropped, whatever else is said with it."""
        return _DROPS.match(self.text) is not None

    @property
    def only_hurries(self) -> bool:
        """快点, 赶紧派人来: nothing else is to be hurried than what is in hand; 催一下 means a ticket."""
        return self.intent == "ticket_urge" and _HURRY.fullmatch(self.text) is not None

    @property
    def waits(self) -> bool:
        """等一下我看看: the customer goes to look, and wants us to wait."""
        return _WAIT.fullmatch(self.text) is not None and _GOES_TO_LOOK.search(self.text) is not None

    @property
    def is_english(self) -> bool:
        """A sentence in English; a name or a word of two (OK, bye bye) is none."""
        return not _NOT_ENGLISH.search(self.text) and len(_ENGLISH.findall(self.text)) >= 3

    @property
    def affirms(self) -> bool:
        """对, and 对 快点: a yes in front counts whatever follows, unless a question does; 对对对 even then."""
        said = _MARKUP.sub("", self.text) + " "
        yes = _YES.match(said) is not None and not self.asks
        return self.intent == "affirm" or yes or _SURE.match(said) is not None

    @property
    def affirms_first(self) -> bool:
        """对，不过能不能快点: a yes, and a question about what comes next; what it costs is answered before the yes."""
        said = _MARKUP.sub("", self.text)
        return _YES.match(said) is not None and not _BEFORE_A_YES.search(said)

    @property
    def asked(self) -> str | None:
        """The slot that the form in hand has just asked for."""
        return self.slots.get("requested_slot")

    def hearing(self, said: Mapping[str, Any]) -> Turn:
        """The same turn with an earlier sentence in its place: a matter that was noted and comes now."""
        entities = tuple(Entity(**entity) for entity in said["entities"])
        return replace(self, text=said["text"], intent=said["intent"], entities=entities, also=())

    def as_noted(self) -> dict[str, Any]:
        return {"text": self.text, "intent": self.intent, "entities": [asdict(entity) for entity in self.entities]}


def _last_said(events: list[dict[str, Any]]) -> tuple[str, ...]:
    """The tracker ends with the customer's message of this turn; ours before it follow the one before."""
    said: list[str] = []
    users = 0
    for event in reversed(events):
        if event["event"] == "user":
            users += 1
            if users == 2:
                break
        elif event["event"] == "bot" and users == 1 and event.get("text"):
            said.append(event["text"])
    return tuple(reversed(said))


def _overheard(events: list[dict[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    users = [event["parse_data"] for event in events if event["event"] == "user"][:-1]
    meanwhile = list(takewhile(lambda parsed: parsed["intent"].get("name") == AGENT_CHAT, reversed(users)))
    return tuple({**apart(parsed)[0], "text": simplified(parsed["text"].strip())} for parsed in reversed(meanwhile))


def _said_before(events: list[dict[str, Any]]) -> Mapping[str, str] | None:
    for event in reversed([event for event in events if event["event"] == "user"][:-1]):
        intent = event["parse_data"]["intent"].get("name") or ""
        if intent not in _SAY_NOTHING:
            return {"text": simplified((event["text"] or "").strip()), "intent": intent}
    return None


def _misunderstood_before(events: list[dict[str, Any]]) -> int:
    intents = [event["parse_data"]["intent"].get("name") for event in events if event["event"] == "user"]
    return len(list(takewhile(NOT_UNDERSTOOD.__contains__, reversed(intents[:-1]))))
