"""What WeChat posts, read: who did what, and the key by which the same thing is known again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from wechatpy import events, messages, parse_message

from bot.errors import RequestMalformed

_NAME: Final = re.compile(r"[A-Za-z0-9_@.-]{1,64}")


@dataclass(frozen=True, kw_only=True)
class Said:
    """Typed. `menu_id`: of the option of a menu message that was clicked."""

    text: str
    menu_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A voice message, with the words that WeChat has recognised in it."""

    text: str


class Unheard:
    """A voice message without the words: WeChat has retired its recognition 语音识别 for most accounts."""


@dataclass(frozen=True, kw_only=True)
class Pictured:
    media_id: str


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A place that the customer has sent; `label` is its address in words, often empty."""

    label: str
    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Followed:
    """`scene`: of the QR code 带参数二维码 that was scanned for it."""

    scene: str = ""


class Unfollowed:
    """取消关注."""


@dataclass(frozen=True, kw_only=True)
class Scanned:
    scene: str


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """An entry of the account's menu 自定义菜单."""

    key: str


class Unreadable:
    """A kind of message that we can't read: a video, a link, a file."""


class Passing:
    """An event that wants no answer: a link of the menu, a finished job, where somebody's telephone is."""


What = Said | Spoken | Unheard | Pictured | Placed | Followed | Unfollowed | Scanned | Pressed | Unreadable | Passing


@dataclass(frozen=True, kw_only=True)
class Posted:
    """`account` is who it was sent to, `at` WeChat's own time of it; `key` is the same in each of WeChat's tries."""

    key: str
    openid: str
    account: str
    at: datetime
    what: What


def read(xml: str) -> Posted:
    """Raises RequestMalformed."""
    try:
        message = parse_message(xml)
        fields: Mapping[str, Any] = message._data
        openid, account, created = (str(fields[name]) for name in ("FromUserName", "ToUserName", "CreateTime"))
        return Posted(
            key=_key(fields),
            openid=_name(openid),
            account=_name(account),
            at=datetime.fromtimestamp(int(created), UTC),
            what=_what(message, fields),
        )
    except RequestMalformed:
        raise
    except Exception as broken:  # what wechatpy lets through: KeyError, ExpatError, AttributeError, ValueError, …
        raise RequestMalformed from broken


def _key(fields: Mapping[str, Any]) -> str:
    """A message by its number, sender and time; an event, which has no number, by sender, time, kind and key."""
    named = ("MsgId",) if fields.get("MsgId") else ("Event", "EventKey")
    parts = [str(fields.get(name) or "") for name in ("FromUserName", "CreateTime", *named)]
    return sha256("\n".join(parts).encode()).hexdigest()


def _name(given: str) -> str:
    if not _NAME.fullmatch(given):
        raise RequestMalformed
    return given


def _what(message: messages.BaseMessage, fields: Mapping[str, Any]) -> What:
    match message:
        case messages.TextMessage():
            return Said(text=str(fields.get("Content") or ""), menu_id=str(fields.get("bizmsgmenuid") or ""))
        case messages.VoiceMessage():
            words = str(fields.get("Recognition") or "").strip()
            return Spoken(text=words) if words else Unheard()
        case messages.ImageMessage():
            return Pictured(media_id=str(fields["MediaId"]))
        case messages.LocationMessage():
            latitude, longitude = float(fields["Location_X"]), float(fields["Location_Y"])
            return Placed(label=str(fields.get("Label") or ""), latitude=latitude, longitude=longitude)
        case events.SubscribeScanEvent():
            return Followed(scene=str(fields.get("EventKey") or ""))
        case events.SubscribeEvent():
            return Followed()
        case events.UnsubscribeEvent():
            return Unfollowed()
        case events.ScanEvent():
            return Scanned(scene=str(fields.get("EventKey") or ""))
        case events.ClickEvent():
            return Pressed(key=str(fields.get("EventKey") or ""))
        case _ if str(fields["MsgType"]).lower() == "event":
            return Passing()
        case _:
            return Unreadable()
