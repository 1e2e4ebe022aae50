"""A tracker kept in memory stands where the one on disk stands, and nothing that is not on disk is kept."""

from __future__ import annotations

import asyncio
import inspect
import sqlite3
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine import session, trackers
from engine.trackers import KeptTrackers
from tests.engine.conftest import Engine

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [chat]
    slots:
      contact_phone: {type: any, mappings: [{type: custom}]}
      fault_kind: {type: any, initial_value: none, mappings: [{type: custom}]}
    forms:
      fault_form: {required_slots: [contact_phone]}
    """
)
OPENING = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]


def said(text: str) -> UserUttered:
    intent = {"name": "chat", "confidence": 0.9}
    return UserUttered(text, intent, [], {"text": text, "intent": intent, "entities": []}, message_id=text)


FORM = [
    said("没信号"),
    ActionExecuted("fault_form"),
    ActiveLoop("fault_form"),
    SlotSet("requested_slot", "contact_phone"),
]
ASKED = [BotUttered("您的电话是？"), ActionExecuted("action_listen")]
ANSWER = [said("13807911234"), ActionExecuted("fault_form"), SlotSet("contact_phone", {"value": "+8613807911234"})]


def store_on(folder: Path) -> KeptTrackers:
    return KeptTrackers(domain=DOMAIN, host=f"sqlite:///{folder / 'tracker.sqlite'}")


def turn(store: SQLTrackerStore, *events: Event, renewed: bool = False) -> None:
    async def take() -> None:
        tracker = await store.get_or_create_tracker("somebody", append_action_listen=False)
        if renewed:
            session.renew(tracker, DOMAIN)
        tracker.update_with_events(deepcopy(list(events)), DOMAIN)
        await store.save(tracker)

    asyncio.run(take())


def standing(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    assert tracker
    state = tracker.current_state()
    return {
        **state,
        "events": [event.as_dict() for event in tracker.events],
        "opened": tracker.slots["fault_kind"].value,
    }


def kept_and_on_disk(store: KeptTrackers, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    assert "somebody" in store._kept
    kept, read = (asyncio.run(each.retrieve("somebody")) for each in (store, store_on(folder)))
    assert kept
    asyncio.run(store.save(kept))  # hands it back
    return standing(kept), standing(read)


def test_what_is_kept_is_what_the_disk_would_give(tmp_path: Path) -> None:
    store = store_on(tmp_path)
    for events in (OPENING + FORM + ASKED, ANSWER + ASKED):
        turn(store, *events)
        kept, read = kept_and_on_disk(store, tmp_path)
        assert kept == read
    assert kept["active_loop"]["name"] == "fault_form"


def test_after_a_new_session_only_that_session_is_kept(tmp_path: Path) -> None:
    store = store_on(tmp_path)
    turn(store, *OPENING, *FORM, *ASKED)
    turn(store, *ANSWER, *ASKED, renewed=True)
    kept, read = kept_and_on_disk(store, tmp_path)
    assert kept == read
    assert kept["events"][0]["event"] == "session_started"
    assert kept["slots"]["requested_slot"] == "contact_phone"
    turn(store, said("喂"))
    kept, read = kept_and_on_disk(store, tmp_path)
    assert kept == read


def test_a_turn_that_is_not_stored_leaves_nothing_in_memory(tmp_path: Path) -> None:
    store = store_on(tmp_path)
    turn(store, *OPENING, *FORM, *ASKED)
    lost = asyncio.run(store.retrieve("somebody"))
    assert lost
    lost.update_with_events(list(ANSWER), DOMAIN)
    again = asyncio.run(store.retrieve("somebody"))
    assert again is not lost
    assert again
    assert again.get_slot("contact_phone") is None


def test_a_first_turn_that_is_not_stored_leaves_nothing_in_memory(tmp_path: Path) -> None:
    store = store_on(tmp_path)
    lost = asyncio.run(store.get_or_create_tracker("somebody", append_action_listen=False))
    lost.update_with_events([*OPENING, *FORM], DOMAIN)
    again = asyncio.run(store.get_or_create_tracker("somebody", append_action_listen=False))
    assert list(again.events) == []


def test_a_turn_that_cannot_be_written_is_not_kept(tmp_path: Path) -> None:
    store = store_on(tmp_path)
    turn(store, *OPENING, *FORM, *ASKED)
    with sqlite3.connect(tmp_path / "tracker.sqlite") as connection:
        connection.execute("DROP TABLE events")
    with pytest.raises(Exception, match="no such table"):
        turn(store, *ANSWER)
    assert not store._kept


def test_the_rows_are_those_that_rasa_writes(tmp_path: Path) -> None:
    (tmp_path / "rasa").mkdir()
    events = [*OPENING, *FORM, *ASKED, *ANSWER, *ASKED]
    written = []
    for store, folder in (
        (store_on(tmp_path), tmp_path),
        (SQLTrackerStore(domain=DOMAIN, host=f"sqlite:///{tmp_path}/rasa/tracker.sqlite"), tmp_path / "rasa"),
    ):
        tracker = DialogueStateTracker.from_events("somebody", events, DOMAIN.slots)
        asyncio.run(store.save(tracker))
        with sqlite3.connect(folder / "tracker.sqlite") as connection:
            written.append(connection.execute("SELECT * FROM events ORDER BY id").fetchall())
    assert len(written[0]) == len(events)
    assert written[0] == written[1]


def test_the_longest_unheard_of_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trackers, "MOST", 2)
    store = store_on(tmp_path)
    for name in ("first", "second", "third"):
        tracker = DialogueStateTracker.from_events(name, [*OPENING, *FORM], DOMAIN.slots)
        asyncio.run(store.save(tracker))
    assert list(store._kept) == ["second", "third"]
    first = asyncio.run(store.retrieve("first"))
    assert first
    assert first.active_loop_name == "fault_form"


def test_rasa_still_puts_a_store_around_ours_that_swallows_errors(tmp_path: Path) -> None:
    store = store_on(tmp_path)
    around = Agent._create_tracker_store(store, DOMAIN)
    assert isinstance(around, FailSafeTrackerStore)
    assert around._tracker_store is store
    assert "except Exception" in inspect.getsource(FailSafeTrackerStore.save)


def test_a_turn_that_cannot_be_stored_is_told(engine: Engine) -> None:
    engine.say("unwritten", "m1", "电视没信号")
    with sqlite3.connect(engine.tracker) as connection:
        connection.execute("ALTER TABLE events RENAME TO away")
    try:
        status, refused = engine.post({"conversation": "unwritten", "message_id": "m2", "text": "看电视一个月多少钱"})
    finally:
        with sqlite3.connect(engine.tracker) as connection:
            connection.execute("ALTER TABLE away RENAME TO events")
    assert (status, refused["error"]) == (500, "turn_failed")
    answer = engine.say("unwritten", "m3", "八一家园9栋2单元301")
    assert answer["messages"][-1]["text"] == "请问您的电话是？"
