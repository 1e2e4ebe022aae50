"""Who answers a conversation: whatever customers, agents and time do, in whatever order."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import booleans, integers, none, sampled_from, sets

from backend.domain.errors import Refusal
from backend.domain.vocabulary import Channel
from bot.conversations import told
from bot.conversations.takeover import Act, Patience, State, Surroundings, Takeover, first_free, minutes_to_wait

AT = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
AGENTS = ("1031", "1032", "1033")
PATIENCE = Patience()
agents = sampled_from(AGENTS)


class AnyOrder(RuleBasedStateMachine):
    """A refusal leaves everything as it was; so each step is tried in every state."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.at, self.before = Takeover(conversation="c1"), AT, Takeover(conversation="c1")

    def _step(self, step) -> None:
        with suppress(Refusal):
            self.before, self.now = self.now, step(self.now)

    @rule(keep_for=none() | agents)
    def asks_for_a_person(self, keep_for):
        self._step(lambda t: t.queue(at=self.at, reason="request_human", keep_for=keep_for, patience=PATIENCE))

    @rule()
    def cancels(self):
        self._step(Takeover.cancel)

    @rule()
    def writes(self):
        if self.now.state in (State.QUEUED, State.AGENT):
            self._step(lambda t: t.heard(at=self.at))

    @rule(agent=agents, team=none() | sampled_from(["maintenance", "business"]))
    def claim(self, agent, team):
        self._step(lambda t: t.claim(agent=agent, at=self.at, team=team))

    @rule(agent=agents)
    def step_in(self, agent):
        self._step(lambda t: t.step_in(agent=agent, at=self.at))

    @rule(agent=agents)
    def says(self, agent):
        self._step(lambda t: t.said(agent=agent, at=self.at))

    @rule(agent=agents)
    def hand_back(self, agent):
        self._step(lambda t: t.hand_back(agent=agent, memory={"summary": "好"}))

    @rule(agent=agents, to=none() | agents)
    def transfer(self, agent, to):
        team = None if to else "maintenance"
        self._step(lambda t: t.transfer(agent=agent, to=to, team=team, at=self.at, patience=PATIENCE))

    @rule(agent=agents)
    def close(self, agent):
        self._step(lambda t: t.close(agent=agent))

    @rule(seconds=integers(0, 700), present=sets(agents), is_open=booleans())
    def time_passes(self, seconds, present, is_open):
        self.at += timedelta(seconds=seconds)
        here = Surroundings(at=self.at, present=frozenset(present), open=is_open)
        match self.now.due(here, patience=PATIENCE):
            case Act.GIVE_UP:
                self._step(Takeover.give_up)
            case Act.REQUEUE:
                self._step(lambda t: t.requeue(at=self.at))
            case Act.CLOSE:
                self._step(Takeover.close)
            case Act.NUDGE:
                self._step(lambda t: replace(t, nudged_at=self.at))
            case Act.REMIND:
                self._step(lambda t: replace(t, reminded_at=self.at))
        assert self.now.due(here, patience=PATIENCE) is None or not present

    @invariant()
    def an_agent_has_it_exactly_in_the_state_of_that_name(self):
        assert (self.now.agent is not None) == (self.now.state is State.AGENT)
        assert (self.now.held_at is not None) == (self.now.state is State.AGENT)

    @invariant()
    def whoever_waits_stands_in_the_queue_and_nobody_else(self):
        assert (self.now.queued_at is not None) == (self.now.state is State.QUEUED)

    @invariant()
    def each_step_is_a_version_and_no_other(self):
        moved = (self.before.state, self.before.agent) != (self.now.state, self.now.agent)
        assert self.now.version >= self.before.version + moved

    @invariant()
    def somebody_answers_for_who_is_served(self):
        if self.now.state is State.AGENT:
            assert self.now.owner is not None
            assert self.now.last_agent == self.now.agent

    @invariant()
    def what_the_assistant_missed_is_kept(self):
        assert self.before.memory is None or self.now.memory is not None


AnyOrder.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestInAnyOrder = AnyOrder.TestCase


def test_a_transfer_does_not_change_who_received_the_customer_first():
    served = Takeover(conversation="c1").step_in(agent="1031", at=AT)
    moved = served.transfer(agent="1031", to="1032", team=None, at=AT, patience=PATIENCE).claim(agent="1032", at=AT)

    assert (moved.agent, moved.owner) == ("1032", "1031")


def test_who_comes_back_after_the_end_has_a_new_owner():
    closed = Takeover(conversation="c1").step_in(agent="1031", at=AT).close(agent="1031")

    assert closed.reopen().owner is None
    assert closed.step_in(agent="1032", at=AT).owner == "1032"


def test_an_absent_agent_is_not_waited_for_as_long():
    served = Takeover(conversation="c1").step_in(agent="1031", at=AT)
    here = Surroundings(at=AT + timedelta(minutes=1), present=frozenset(), open=True)

    assert served.due(here, patience=PATIENCE) is Act.REQUEUE
    assert served.due(replace(here, present=frozenset({"1031"})), patience=PATIENCE) is Act.NUDGE


def test_a_silent_customer_has_time_after_a_reminder_that_came_late():
    """Nobody looked for an hour."""
    quiet = Takeover(conversation="c1").step_in(agent="1031", at=AT).said(agent="1031", at=AT)
    here = Surroundings(at=AT + timedelta(hours=1), present=frozenset({"1031"}), open=True)
    assert quiet.due(here, patience=PATIENCE) is Act.REMIND

    reminded = replace(quiet, reminded_at=here.at)
    assert reminded.due(here, patience=PATIENCE) is None
    assert reminded.due(replace(here, at=here.at + timedelta(minutes=5)), patience=PATIENCE) is Act.CLOSE


def test_on_the_telephone_nothing_is_due_but_the_end_that_nobody_told_of():
    waiting = Takeover(conversation="c1", channel=Channel.HOTLINE)
    waiting = waiting.queue(at=AT, reason="request_human", keep_for=None, patience=PATIENCE)
    later = Surroundings(at=AT + timedelta(hours=1), present=frozenset(), open=False)

    assert waiting.due(later, patience=PATIENCE) is None
    assert waiting.due(replace(later, at=AT + timedelta(hours=4)), patience=PATIENCE) is Act.HANG_UP


def test_who_lost_their_agent_comes_first():
    asked = {"reason": "request_human", "keep_for": None, "patience": PATIENCE}
    first = Takeover(conversation="c1").queue(at=AT, **asked)
    second = Takeover(conversation="c2").queue(at=AT + timedelta(seconds=1), **asked)
    lost = Takeover(conversation="c3").step_in(agent="1031", at=AT).requeue(at=AT + timedelta(minutes=5))

    assert [each.conversation for each in first_free([second, lost, first])] == ["c3", "c1", "c2"]


@pytest.mark.parametrize(
    ("ahead", "handling", "seats", "minutes"),
    [(0, 6, 1, 6), (2, 6, 1, 18), (2, 6, 5, 4), (0, 0.2, 5, 1), (3, None, 5, None), (3, 6, 0, None)],
)
def test_the_wait_is_told_from_what_was_measured_or_not_at_all(ahead, handling, seats, minutes):
    measured = timedelta(minutes=handling) if handling is not None else None

    assert minutes_to_wait(ahead=ahead, handling=measured, seats=seats) == minutes


@pytest.mark.parametrize(
    ("said", "rating"),
    [
        ("满意", "满意"),
        ("非常满意！", "满意"),
        ("1", "满意"),
        ("还算满意", "基本满意"),
        ("2", "基本满意"),
        ("不太满意。", "不满意"),
        ("3", "不满意"),
        ("不满意的话怎么投诉", None),
        ("13807911234", None),
        ("我家宽带断了", None),
    ],
)
def test_a_rating_is_told_from_another_matter(said, rating):
    assert told.rating(said) == rating


@pytest.mark.parametrize(
    ("said", "cancels"), [("取消", True), ("不用等了", True), ("取消宽带套餐", False), ("查进度", False)]
)
def test_leaving_the_queue_is_told_from_another_matter(said, cancels):
    assert told.cancels(said) is cancels
