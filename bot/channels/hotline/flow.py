"""A call from the welcome to the goodbye 通话: what is heard becomes a message, what the log says is spoken.

Every reply goes on with the call, and we never end it before the caller has said goodbye (R8.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from backend.domain.vocabulary import Channel
from bot.channels.hotline import prompts, verbs
from bot.channels.hotline.calls import Alternative, Call, Heard, Keys, Silence, Speech, Step, Trouble
from bot.channels.hotline.line import Line
from bot.channels.hotline.spoken import said
from bot.channels.hotline.verbs import Verbs
from bot.channels.webchat import clean_text
from bot.conversations.messages import Button, Message, Speaker
from bot.errors import TextMissing
from bot.wording import asks_for_a_person

MOST_CHARACTERS: Final = 500
RECENT: Final = 60  # messages that are looked through for what was said last
AFTER_GOODBYE, ON_HOLD_QUIET, LONG_QUIET = 15, 3, 30  # seconds of silence
TO_MENU, TO_A_PERSON = 2, 3  # silences in a row
MOST_HOLDS: Final = 5  # then it is told that it takes longer
LONGEST_WAIT: Final = 60  # seconds in the queue until the way back is offered


class Flow:
    """One call at one of its steps."""

    def __init__(self, *, line: Line, call: Call, conversation: str, step: Step, correlation_id: str) -> None:
        self._line = line
        self._call = call
        self._conversation = conversation
        self._step = step
        self._correlation_id = correlation_id

    @classmethod
    async def of(cls, call: Call, *, line: Line, step: Step, correlation_id: str) -> Flow:
        opened = await line.threads(
            line.peers.open,
            conversation=uuid4().hex,
            channel=Channel.HOTLINE,
            peer=call.id,
            phone=call.phone,
            at=line.clock(),
        )
        return cls(line=line, call=call, conversation=opened.id, step=step, correlation_id=correlation_id)

    async def welcome(self) -> Verbs:
        """What is kept of them is told once to each number, as who speaks is to everybody."""
        for place, text in enumerate(prompts.welcome(self._line.greeting, is_known=await self._is_known())):
            await self._note(text, what=f"welcome:{place}")
        return await self._speak_news()

    async def hear(self, heard: Heard) -> Verbs:
        match heard:
            case Speech(alternatives=alternatives) if not self._readable(alternatives[0].text if alternatives else ""):
                return await self._nothing(prompts.SAY_AGAIN)
            case Speech():
                return await self._hear_speech(heard)
            case Keys():
                return await self._hear_keys(heard.digits)
            case Silence():
                return await self._hear_nothing()
            case Trouble():
                return await self._nothing(prompts.SAY_AGAIN)

    async def look_again(self) -> Verbs:
        """For the answer that was not there at once."""
        return await self._answer(within=self._line.on_hold)

    async def in_queue(self, *, ahead: int | None, waited: int) -> Verbs:
        """What is heard in the queue. `ahead`: how many are served first, None where the platform does not say."""
        if not ahead:
            return verbs.leave(prompts.CONNECTING)
        if waited >= LONGEST_WAIT:
            return [{"verb": "leave"}]
        return verbs.keep_waiting("".join(said([prompts.position(ahead)])), seconds=15)

    async def left_queue(self, *, result: str, waited: int) -> Verbs:
        """Through with a person, first in the queue, or waiting so long that the way back is offered."""
        if result == "hangup":
            await self._line.persons.hang_up(self._conversation)
            return verbs.hang_up()
        if result == "bridged":
            return await self._back([prompts.BACK_AGAIN])
        if result == "leave" and waited < LONGEST_WAIT:
            await self._line.persons.connect(self._conversation)
            return verbs.dial(prompts.CONNECTING, agents=self._line.agents, step=self._step)
        if result == "leave":
            question = await self._note(prompts.NOT_YOUR_TURN, what="waited")
            return self._ask([prompts.NOT_YOUR_TURN], doubted=question, heard=question)
        return await self._call_back()

    async def dialled(self, *, status: str) -> Verbs:
        return await self._back([prompts.BACK_AGAIN]) if status == "completed" else await self._call_back()

    async def _hear_speech(self, speech: Speech) -> Verbs:
        texts = [self._line.names.mended(self._readable(each.text)) for each in speech.alternatives]
        text = texts[0]
        if self._step.doubted:
            question = await self._question()
            if question == prompts.NOT_YOUR_TURN:
                return await self._wait_on(back=prompts.comes_back(text) or prompts.denies(text))
            if (meant := prompts.doubted(question)) and prompts.agrees(text):
                return await self._take(meant)
            if meant and prompts.denies(text):
                return self._ask([prompts.SAY_ANEW])
        if asks_for_a_person(text):
            return await self._to_a_person(text)
        if any(map(prompts.asks_again, texts)):
            return await self._repeat()
        if not speech.clear and not self._step.doubted:
            question_seq = await self._note(prompts.doubt(text), what="doubt")
            return self._ask(said([prompts.doubt(text)]), doubted=question_seq, heard=question_seq)
        offered = [
            {"text": other, "confidence": each.confidence}
            for other, each in zip(texts, speech.alternatives, strict=True)
            if other
        ]
        return await self._take(text, alternatives=offered, confidence=speech.alternatives[0].confidence)

    async def _hear_keys(self, digits: str) -> Verbs:
        if digits == "0":
            return await self._to_a_person(prompts.PERSON)
        if "*" in digits:
            return await self._repeat()
        if self._step.doubted and digits in prompts.YES_NO_KEYS:
            yes = digits == prompts.YES_NO_KEYS[0]
            return await self._hear_speech(
                Speech(alternatives=(Alternative(text="对" if yes else "不对", confidence=None),))
            )
        buttons = await self._buttons()
        chosen = int(digits) if len(digits) == 1 and digits.isdigit() else 0
        return await self._take(buttons[chosen - 1].payload if 0 < chosen <= len(buttons) else digits, keys=digits)

    async def _hear_nothing(self) -> Verbs:
        step = self._step
        if step.bye:
            return verbs.hang_up()
        if step.doubted and await self._question() == prompts.NOT_YOUR_TURN:
            return await self._wait_on(back=False)
        if step.waiting or await self._news():
            return await self._answer(within=self._line.at_once)
        if step.quiet + 1 == TO_A_PERSON and not await self._asked_for_a_person():
            return await self._to_a_person(prompts.PERSON)
        if step.quiet + 1 == TO_MENU:
            buttons = await self._buttons()
            return self._ask(said([prompts.menu(buttons)]), quiet=step.quiet + 1, one_key=bool(buttons))
        if step.quiet:
            return self._ask([prompts.ALWAYS_THERE], quiet=step.quiet + 1, timeout=LONG_QUIET)
        return await self._nothing(prompts.STILL_THERE)

    async def _nothing(self, text: str) -> Verbs:
        """Say so, and the question once more."""
        last = [message.text for message in await self._last_said()]
        again = text + "".join(said(last[-1:])[-1:])
        return self._ask([again], quiet=self._step.quiet + 1, doubted=self._step.doubted)

    async def _wait_on(self, *, back: bool) -> Verbs:
        """The answer to 接着等吗; `back`: to the assistant."""
        if back:
            return await self._back([prompts.AS_BEFORE])
        return verbs.enqueue(prompts.STILL_WAITING, step=self._next(), again=True)

    async def _to_a_person(self, text: str) -> Verbs:
        if not self._line.agents:
            return await self._take(text)
        noted = await self._note(prompts.TO_A_PERSON, what="person")
        await self._line.persons.queue(self._conversation)
        return verbs.enqueue(prompts.TO_A_PERSON, step=self._next(heard=noted), again=False)

    async def _call_back(self) -> Verbs:
        """Nobody could be reached: the dialogue registers a call back."""
        await self._note(prompts.NO_AGENT, what="no-agent")
        return await self._take(prompts.PERSON, agents={"here": False, "waited": True})

    async def _back(self, texts: Sequence[str]) -> Verbs:
        """With the assistant again."""
        await self._line.persons.come_back(self._conversation)
        return self._ask(texts)

    async def _take(self, text: str, **details: Any) -> Verbs:
        """The message goes into the log, once for each turn of the call; whoever is heard here is with us."""
        await self._line.persons.come_back(self._conversation)
        accepted = await self._line.log.accept(
            conversation=self._conversation,
            client_id=f"{self._call.id}:{self._step.turn}",
            text=text,
            correlation_id=self._correlation_id,
            at=self._line.clock(),
            details={name: value for name, value in details.items() if value},
        )
        self._step = replace(self._step, waiting=accepted.seq, holds=0, bye=int(prompts.says_goodbye(text)))
        return await self._answer(within=self._line.at_once)

    async def _answer(self, *, within: float) -> Verbs:
        """Whatever is new is spoken; where nothing is yet, the caller is asked to hold on."""
        step, log = self._step, self._line.log
        answered = not step.waiting or await log.answered(
            conversation=self._conversation, seq=step.waiting, within=within
        )
        if await self._news():
            return await self._speak_news(waiting=0 if answered else step.waiting)
        if answered:
            return self._ask([prompts.STILL_THERE])
        if step.holds >= MOST_HOLDS:
            return self._ask([prompts.STILL_AWAY], waiting=step.waiting, timeout=LONG_QUIET)
        return verbs.hold_on(prompts.STILL_LOOKING if step.holds else prompts.HOLD_ON, step=step)

    async def _speak_news(self, *, waiting: int = 0) -> Verbs:
        news = await self._news()
        texts = said(message.text for message in news) or [prompts.STILL_THERE]
        if news and not waiting and await self._line.persons.waits(self._conversation):  # the dialogue handed over
            return verbs.enqueue(*texts, step=self._next(heard=news[-1].seq), again=False)
        last = texts[-1].removesuffix(prompts.ANYTHING_ELSE)
        asks = any("？" in text for text in (*texts[:-1], last))
        leaves = bool(self._step.bye) or any(prompts.HANG_UP_FIRST in text for text in texts)
        if self._step.bye and not asks and prompts.HANG_UP_FIRST not in last:
            texts[-1] = last + prompts.FAREWELL
        timeout = AFTER_GOODBYE if leaves else ON_HOLD_QUIET if waiting else verbs.PATIENCE
        return self._ask(texts, heard=news[-1].seq, waiting=waiting, bye=int(leaves), timeout=timeout)

    async def _repeat(self) -> Verbs:
        """What was said last, without the engine."""
        last = said(message.text for message in await self._last_said()) or [self._line.greeting]
        return self._ask(last, bye=self._step.bye, doubted=self._step.doubted)

    def _ask(
        self, texts: Sequence[str], *, timeout: int = verbs.PATIENCE, one_key: bool = False, **changed: int
    ) -> Verbs:
        step = self._next(**changed)
        return verbs.ask(texts, step=step, hints=self._line.names.hints, timeout=timeout, one_key=one_key)

    def _next(self, **changed: int) -> Step:
        step = self._step
        return replace(Step(turn=step.turn + 1, heard=step.heard), **changed)

    async def _is_known(self) -> bool:
        phone = self._call.phone
        before = await self._line.threads(self._line.peers.of_phone, phone=phone) if phone else []
        return any(each.id != self._conversation for each in before)

    async def _note(self, text: str, *, what: str) -> int:
        """What the hotline itself says stands in the log as well, once; its seq."""
        noted = await self._line.log.notice(
            notice_id=f"{self._call.id}:{self._step.turn}:{what}",
            conversation=self._conversation,
            text=text,
            at=self._line.clock(),
        )
        return noted.seq

    async def _news(self) -> list[Message]:
        messages = await self._line.log.messages(conversation=self._conversation, after=self._step.heard)
        return [message for message in messages if message.speaker is not Speaker.CUSTOMER]

    async def _last_said(self) -> list[Message]:
        """Ours since the caller said something, as far as they heard it."""
        after = max(0, self._step.heard - RECENT)
        messages = await self._line.log.messages(conversation=self._conversation, after=after)
        last: list[Message] = []
        for message in reversed([each for each in messages if each.seq <= self._step.heard]):
            if message.speaker is Speaker.CUSTOMER:
                break
            last.append(message)
        return last[::-1]

    async def _asked_for_a_person(self) -> bool:
        """With nothing said since: who stays silent then is not asked for the same call back again."""
        after = max(0, self._step.heard - RECENT)
        messages = await self._line.log.messages(conversation=self._conversation, after=after)
        own = [message.text for message in messages if message.speaker is Speaker.CUSTOMER]
        return own[-1:] == [prompts.PERSON]

    async def _buttons(self) -> Sequence[Button]:
        return next((message.buttons for message in reversed(await self._last_said()) if message.buttons), ())

    async def _question(self) -> str:
        messages = await self._line.log.messages(conversation=self._conversation, after=self._step.doubted - 1)
        return messages[0].text if messages else ""

    def _readable(self, text: str) -> str:
        try:
            return clean_text(text[:MOST_CHARACTERS], most=MOST_CHARACTERS)
        except TextMissing:
            return ""
