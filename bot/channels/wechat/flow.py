"""What a customer does on WeChat becomes a message of theirs or something that we say, once, however often told."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

import structlog

from backend.domain.charter import Charter
from backend.domain.vocabulary import Channel
from bot.channels.names import Names
from bot.channels.webchat import clean_text
from bot.channels.wechat import menu, prompts
from bot.channels.wechat.album import Album, Noted
from bot.channels.wechat.allowance import Allowance, Opening
from bot.channels.wechat.posted import (
    Followed,
    Passing,
    Pictured,
    Placed,
    Posted,
    Pressed,
    Said,
    Scanned,
    Spoken,
    Unfollowed,
    Unheard,
    Unreadable,
    What,
)
from bot.channels.wechat.rendering import clicked, options_of
from bot.conversations.log import MessageLog
from bot.conversations.messages import Button, Conversation, Message, Speaker
from bot.conversations.peers import Peers
from bot.conversations.threads import Threads
from bot.rates import Rates

MOST_CHARACTERS: Final = 1000
RECENT: Final = 60  # messages that are looked through for what was offered last
FOR_A_PHOTO: Final = 2.5  # seconds that a reply may wait for it
logger: Final = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Account:
    """What the official account works with."""

    log: MessageLog
    peers: Peers
    threads: Threads
    rates: Rates
    allowance: Allowance
    album: Album
    charter: Charter
    names: Names
    clock: Callable[[], datetime]


class Flow:
    """One thing that a customer has done."""

    def __init__(self, *, account: Account, posted: Posted, conversation: Conversation, correlation_id: str) -> None:
        self._account = account
        self._posted = posted
        self._conversation = conversation
        self._correlation_id = correlation_id

    @classmethod
    async def of(cls, posted: Posted, *, account: Account, correlation_id: str) -> Flow:
        """What the act allows us to send is noted with it."""
        opened = await account.threads(
            account.peers.open,
            conversation=uuid4().hex,
            channel=Channel.WECHAT,
            peer=posted.openid,
            at=account.clock(),
        )
        if (kind := opening_of(posted.what)) is not None:
            await account.threads(account.allowance.opened, openid=posted.openid, kind=kind, at=posted.at)
        return cls(account=account, posted=posted, conversation=opened, correlation_id=correlation_id)

    @property
    def conversation(self) -> str:
        return self._conversation.id

    async def take(self) -> int | None:
        """The seq of the message that wants an answer; None where nobody has to be asked for one.

        Raises TooManyMessages, TooManyPhotos, TooManyWaiting, TextMissing, TextTooLong.
        """
        charter = self._account.charter
        match self._posted.what:
            case Said(text=text, menu_id=menu_id):
                return await self._say(await self._meant(text, menu_id))
            case Spoken(text=text):
                return await self._say(self._account.names.mended(text))
            case Pressed(key=key) if entry := menu.said_by(key):
                return await self._say(entry.says)
            case Placed(label=label) if label.strip():
                return await self._say(label)
            case Pictured(media_id=media_id):
                return await self._photo(media_id)
            case Placed():
                await self._tell(prompts.place_without_words(charter))
            case Followed(scene=scene):
                await self._tell(prompts.welcome(charter), menu.first_options(charter))
                await self._card(scene)
            case Scanned(scene=scene):
                await self._card(scene)
            case Unheard():
                await self._tell(prompts.UNHEARD)
            case Unreadable():
                await self._tell(prompts.UNREADABLE)
            case Unfollowed():
                at = self._posted.at
                await self._account.threads(self._account.allowance.left_us, openid=self._posted.openid, at=at)
            case Passing() | Pressed():
                pass
        return None

    async def _say(self, text: str) -> int:
        cleaned = clean_text(text, most=MOST_CHARACTERS)
        await self._account.rates.message(conversation=self.conversation)
        accepted = await self._account.log.accept(
            conversation=self.conversation,
            client_id=self._posted.key,
            text=cleaned,
            correlation_id=self._correlation_id,
            at=self._account.clock(),
        )
        return accepted.seq

    async def _photo(self, media_id: str) -> int | None:
        await self._account.rates.photo(conversation=self.conversation)
        photo = Noted(
            key=self._posted.key,
            conversation=self.conversation,
            media_id=media_id,
            correlation_id=self._correlation_id,
            at=self._account.clock(),
        )
        return await self._account.album.fetched(photo, within=FOR_A_PHOTO)

    async def _card(self, scene: str) -> None:
        """An area's contact card; a code that stands for something else says nothing."""
        area = self._account.charter.area(scene)
        if area is not None:
            await self._tell(prompts.contact_card(self._account.charter, area), what="card")

    async def _tell(self, text: str, options: Sequence[Button] = (), *, what: str = "") -> None:
        await self._account.log.notice(
            notice_id=f"{self._posted.key}:{what}" if what else self._posted.key,
            conversation=self.conversation,
            text=text,
            buttons=options,
            at=self._account.clock(),
        )

    async def _meant(self, text: str, menu_id: str) -> str:
        """What an option says whose number was typed or which was clicked; every other text as it is."""
        if (place := clicked(menu_id)) is not None:
            seq, number = place
            buttons = next((each.buttons for each in await self._since(seq - 1) if each.seq == seq), ())
        else:
            plain = unicodedata.normalize("NFKC", text).strip()
            number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) == 1 else 0
            buttons, _ = options_of(await self._said_last() if number else ())
        chosen = buttons[number - 1] if 0 < number <= len(buttons) else None
        return chosen.payload if chosen and (place is None or chosen.title == text.strip()) else text

    async def _since(self, seq: int) -> list[Message]:
        return await self._account.log.messages(conversation=self.conversation, after=max(0, seq))

    async def _said_last(self) -> list[Message]:
        """Ours since the customer said something, as far as they have it."""
        delivered = self._conversation.delivered
        last: list[Message] = []
        for message in reversed(await self._since(delivered - RECENT)):
            if message.speaker is Speaker.CUSTOMER:
                break
            if message.seq <= delivered:
                last.append(message)
        return last[::-1]


def opening_of(what: What) -> Opening | None:
    """What the act allows; a click on an option of a menu message counts as one on the menu."""
    match what:
        case Said(menu_id=menu_id):
            return Opening.CLICK if menu_id else Opening.MESSAGE
        case Spoken() | Unheard() | Pictured() | Placed() | Unreadable():
            return Opening.MESSAGE
        case Pressed():
            return Opening.CLICK
        case Followed():
            return Opening.FOLLOW
        case Scanned():
            return Opening.SCAN
        case _:
            return None
