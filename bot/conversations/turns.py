"""Turns 一问一答: a conversation's open messages go to the engine in order, one at a time, until each is closed.

The database says what is open; this only works it off, so it may be killed and started at any moment.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

import structlog
from tenacity import AsyncRetrying, RetryCallState, RetryError, retry_if_exception_type, wait_exponential_jitter

from backend import telemetry
from bot.conversations.log import MessageLog
from bot.conversations.messages import Reply, Speaker, Turn, TurnState
from bot.engine import Answer, EngineClient, EngineFailure, EngineSilent, EngineTooSlow, EngineUnreachable
from bot.wording import Wording, asks_for_a_person

TURN_TIMEOUT: Final = 8.0  # seconds for one try, all in all: engine 6 < bot 8
Agents = Callable[[Turn], Awaitable[Mapping[str, Any]]]  # what the engine is told of them: see bot.engine
logger: Final = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Seconds, but for `tries`: how often a turn may fail while the engine is there, before it is given up."""

    first_wait: float = 1.0
    longest_wait: float = 10.0
    tries: int = 3
    sweep: float = 30.0
    together: int = 16  # turns at the engine at the same time


@dataclass
class _Worker:
    """`nudge`: something is new, look again. `resting`: it waits for an engine that is away. `held`: the last
    message whose sender was asked to hold on."""

    nudge: asyncio.Event = field(default_factory=asyncio.Event)
    resting: bool = False
    held: int = 0
    task: asyncio.Task[None] | None = None


class TurnRunner:
    def __init__(
        self,
        *,
        log: MessageLog,
        engine: EngineClient,
        wording: Wording,
        clock: Callable[[], datetime],
        agents: Agents,
        pace: Pace | None = None,
    ) -> None:
        self._log = log
        self._engine = engine
        self._wording = wording
        self._clock = clock
        self._agents = agents
        self._pace = pace or Pace()
        self._at_engine = asyncio.Semaphore(self._pace.together)
        self._workers: dict[str, _Worker] = {}
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Takes up what was left unanswered when the process last ended."""
        self._log.on_accepted = self.wake
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        running = [worker.task for worker in self._workers.values()] + [self._sweeper]
        tasks = [task for task in running if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self, conversation: str) -> None:
        """There is something new to answer."""
        worker = self._workers.get(conversation)
        if worker is None:
            worker = self._workers[conversation] = _Worker()
            worker.task = asyncio.create_task(self._serve(conversation, worker))
        else:
            worker.nudge.set()

    async def _sweep(self) -> None:
        while True:
            try:
                for conversation in await self._log.unanswered():
                    if conversation not in self._workers:
                        self.wake(conversation)
            except Exception:
                logger.exception("sweep_failed")
            await asyncio.sleep(self._pace.sweep)

    async def _serve(self, conversation: str, worker: _Worker) -> None:
        while True:
            worker.nudge.clear()
            try:
                waiting = await self._log.open_turns(conversation=conversation)
                if waiting:
                    await self._answer(waiting[0], worker)
                elif not worker.nudge.is_set():
                    del self._workers[conversation]
                    return
            except Exception:
                # The turn is still open in the database; nothing is lost by looking again later.
                logger.exception("turn_crashed", conversation=conversation)
                await asyncio.sleep(self._pace.longest_wait)

    async def _answer(self, turn: Turn, worker: _Worker) -> None:
        telemetry.bind(correlation_id=turn.correlation_id)
        failed = 0

        def given_up(attempt: RetryCallState) -> bool:
            nonlocal failed
            outcome = attempt.outcome.exception() if attempt.outcome else None
            # While nobody is there, no turn is to blame, and all of them wait.
            failed += not isinstance(outcome, EngineUnreachable)
            return failed >= self._pace.tries

        first, longest = self._pace.first_wait, self._pace.longest_wait
        tries = AsyncRetrying(
            retry=retry_if_exception_type(EngineFailure),
            stop=given_up,
            wait=wait_exponential_jitter(multiplier=first, max=longest, jitter=first),
            sleep=partial(self._rest, worker),
        )
        try:
            await tries(self._try, turn, worker)
        except RetryError:
            await self._give_up(turn)

    async def _try(self, turn: Turn, worker: _Worker) -> None:
        """One call of the engine; the turn is closed, or an EngineFailure says to try again."""
        try:
            answer = await self._ask(turn)
        except EngineSilent:
            logger.warning("turn_silent", conversation=turn.conversation, turn=turn.number)
            await self._give_up(turn)
        except EngineFailure as failure:
            why = f"{type(failure).__name__}: {failure}"
            logger.warning("turn_waits", conversation=turn.conversation, turn=turn.number, why=why)
            worker.resting = isinstance(failure, EngineUnreachable)
            if not await self._tell_who_waits(turn, worker):
                raise
        else:
            await self._close(turn, answer)
            self._nudge_the_resting()

    async def _ask(self, turn: Turn) -> Answer:
        agents = await self._agents(turn)
        async with self._at_engine:
            try:
                async with asyncio.timeout(TURN_TIMEOUT):
                    return await self._engine.answer(turn=turn, agents=agents)
            except TimeoutError as slow:
                raise EngineTooSlow("no answer in the time of a turn") from slow

    async def _close(self, turn: Turn, answer: Answer) -> None:
        closed = await self._log.close_turn(
            turn=turn,
            state=TurnState.ANSWERED,
            replies=answer.replies,
            at=self._clock(),
            handoff=answer.handoff,
            understood=answer.understood,
            bound=answer.bound,
        )
        logger.info(
            "turn_answered" if closed else "late_reply_dropped",
            conversation=turn.conversation,
            turn=turn.number,
            intent=answer.intent,
            confidence=answer.confidence,
            handoff=answer.handoff,
        )

    async def _tell_who_waits(self, turn: Turn, worker: _Worker) -> bool:
        """人工 is answered, and all other messages that wait are told of once. True when that closed `turn`."""
        closed, waiting = False, list[Turn]()
        for opened in await self._log.open_turns(conversation=turn.conversation):
            if asks_for_a_person(opened.text):
                await self._point_to_a_person(opened)
                closed = closed or opened.number == turn.number
            elif not opened.told:
                waiting.append(opened)
        if waiting and worker.resting:
            await self._keep(waiting)
        elif turn in waiting and turn.number > worker.held:
            # Nothing is promised here: this turn may still fail for good.
            worker.held = waiting[-1].number
            await self._log.remark(turn=turn, text=self._wording.hold(_all_of(waiting)), at=self._clock())
        return closed

    async def _keep(self, waiting: Sequence[Turn]) -> None:
        last, text = waiting[-1], self._wording.kept(_all_of(waiting))
        await self._log.tell(conversation=last.conversation, up_to=last.number, text=text, at=self._clock())

    async def _point_to_a_person(self, turn: Turn) -> None:
        reply = Reply(speaker=Speaker.SYSTEM, text=self._wording.person)
        await self._log.close_turn(turn=turn, state=TurnState.ANSWERED, replies=[reply], at=self._clock())
        logger.info("pointed_to_the_hotline", conversation=turn.conversation, turn=turn.number)

    async def _give_up(self, turn: Turn) -> None:
        if asks_for_a_person(turn.text):
            await self._point_to_a_person(turn)
            return
        reply = Reply(speaker=Speaker.SYSTEM, text=self._wording.not_handled(turn.text))
        await self._log.close_turn(turn=turn, state=TurnState.FAILED, replies=[reply], at=self._clock())
        logger.error("turn_failed", conversation=turn.conversation, turn=turn.number)

    async def _rest(self, worker: _Worker, seconds: float) -> None:
        """A new message, or an engine that is back, ends the wait for an engine that was away."""
        if not worker.resting:
            await asyncio.sleep(seconds)
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await worker.nudge.wait()
        worker.nudge.clear()
        worker.resting = False

    def _nudge_the_resting(self) -> None:
        for worker in self._workers.values():
            if worker.resting:
                worker.nudge.set()


def _all_of(waiting: Sequence[Turn]) -> str:
    return "\n".join(turn.text for turn in waiting)
