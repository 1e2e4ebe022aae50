"""A call that we have placed 外呼: it opens with who calls and why; a machine that answers is nobody.

Who stays silent is asked twice and then left, and never put through to a person they have not called.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from backend.domain.vocabulary import Channel
from bot.channels.hotline import prompts
from bot.channels.hotline.calls import Call, Heard, Keys, Speech, Step
from bot.channels.hotline.flow import AFTER_GOODBYE, TO_A_PERSON, Flow
from bot.channels.hotline.line import Line
from bot.channels.hotline.verbs import Verbs
from bot.conversations.placed_calls import CallState, PlacedCall

STARTED: Final = frozenset({"trying", "ringing", "early-media"})
OVER: Final = frozenset({"completed", "busy", "no-answer", "failed"})
NOT_REACHED: Final = "电话打过，没有接通。"  # in the history, for whoever reads it


async def flow_of(call: Call, *, line: Line, step: Step, correlation_id: str) -> Flow:
    placed = await line.threads(line.placed.get, name=call.placed) if call.placed else None
    if placed is None:
        return await Flow.of(call, line=line, step=step, correlation_id=correlation_id)
    await open_conversation(placed, line=line)
    return Callout(placed, line=line, call=call, step=step, correlation_id=correlation_id)


async def open_conversation(placed: PlacedCall, *, line: Line) -> None:
    await line.threads(
        line.peers.open,
        conversation=placed.id,
        channel=Channel.HOTLINE,
        peer=placed.id,
        phone=placed.phone,
        at=line.clock(),
    )


async def told(call: Call, *, status: object, line: Line) -> None:
    """What the platform tells of a call beside the hooks that we answer."""
    if call.placed and status in STARTED:
        await line.threads(line.placed.become, CallState.RINGING, name=call.placed, at=line.clock(), sid=call.id)
    elif call.placed and status in OVER:
        await ended(call.placed, line=line)


async def ended(placed: str, *, line: Line) -> None:
    """Who has answered nothing by then was not reached."""
    now = line.clock()
    if await line.threads(line.placed.become, CallState.UNANSWERED, name=placed, at=now):
        await line.log.notice(notice_id=f"{placed}:unanswered", conversation=placed, text=NOT_REACHED, at=now)


class Callout(Flow):
    """One step of a call that we have placed."""

    def __init__(self, placed: PlacedCall, *, line: Line, call: Call, step: Step, correlation_id: str) -> None:
        super().__init__(line=line, call=call, conversation=placed.id, step=step, correlation_id=correlation_id)
        self._placed = placed

    async def welcome(self) -> Verbs:
        line, placed = self._line, self._placed
        await line.threads(line.placed.become, CallState.CONNECTED, name=placed.id, at=line.clock(), sid=self._call.id)
        opening = await line.log.notice(
            notice_id=f"{self._call.id}:opening",
            conversation=placed.id,
            text=placed.opening,
            at=line.clock(),
            visit=placed.visit,
        )
        self._step = replace(self._step, heard=opening.seq - 1)
        return await self._speak_news()

    async def hear(self, heard: Heard) -> Verbs:
        text = heard.alternatives[0].text if isinstance(heard, Speech) and heard.alternatives else ""
        if prompts.is_machine(text):
            return await self._leave()
        if prompts.picks_up(text):
            return await self._repeat()
        if self._readable(text) or isinstance(heard, Keys):
            line = self._line
            await line.threads(line.placed.become, CallState.REACHED, name=self._placed.id, at=line.clock())
        return await super().hear(heard)

    async def _hear_nothing(self) -> Verbs:
        step = self._step
        if step.bye or step.waiting or step.quiet + 1 < TO_A_PERSON:
            return await super()._hear_nothing()
        return await self._leave()

    async def _leave(self) -> Verbs:
        """They are asked to hang up, as everybody is; the silence that follows ends the call. A 喂 alone is nobody."""
        line, name = self._line, self._placed.id
        await line.threads(line.placed.become, CallState.UNANSWERED, name=name, at=line.clock())
        placed = await line.threads(line.placed.get, name=name)
        text = prompts.NOTHING_MORE if placed and placed.state is CallState.REACHED else prompts.NOBODY_THERE
        noted = await self._note(text, what="left")
        return self._ask([text], bye=1, heard=noted, timeout=AFTER_GOODBYE)
