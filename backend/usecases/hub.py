"""The listeners at TMF621's /hub: who they are, and what they are told of a change, in its transaction."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid4, uuid5

import structlog

from backend.api.hub_request import Registration, wanted
from backend.api.tmf621_events import event, events_of
from backend.api.tmf621_ticket import trouble_ticket
from backend.ports import Change, Event, Listener, Medium, Message, Store, Tickets
from backend.refusals import ListenerNotFound

_log: Final = structlog.get_logger(__name__)


def register(registration: Registration, *, by: str, store: Store, now: datetime) -> Listener:
    """The same callback with the same query is the same listener; registering it again revives it."""
    named = uuid5(NAMESPACE_URL, f"{registration.callback}\n{registration.query or ''}").hex
    with store.writing() as tickets:
        known = tickets.listeners.get(id=named)
        if known is not None:
            return _revived(known, tickets=tickets, now=now)
        listener = Listener(id=named, callback=registration.callback, query=registration.query, registered_at=now)
        tickets.listeners.put(listener)
    _log.info("listener.registered", listener=named, by=by)
    return listener


def revive(*, id: str, store: Store, now: datetime) -> Listener:  # noqa: A002
    """What waits for it is due again. Refuses with ListenerNotFound."""
    with store.writing() as tickets:
        return _revived(_known(id, tickets), tickets=tickets, now=now)


def remove(*, id: str, store: Store) -> None:  # noqa: A002
    """It is told nothing any more, of what is waiting neither. Refuses with ListenerNotFound."""
    with store.writing() as tickets:
        if not tickets.listeners.remove(id=id):
            raise ListenerNotFound
    _log.info("listener.removed", listener=id)


def read(*, id: str, store: Store) -> tuple[Listener, int]:  # noqa: A002
    """A listener, and how many events wait for it. Refuses with ListenerNotFound."""
    with store.reading() as tickets:
        return _known(id, tickets), tickets.outbox.undelivered(medium=Medium.LISTENER, recipient=id)


def everyone(*, store: Store) -> list[tuple[Listener, int]]:
    """Each with the number of events that wait for it."""
    with store.reading() as tickets:
        return [
            (each, tickets.outbox.undelivered(medium=Medium.LISTENER, recipient=each.id))
            for each in tickets.listeners.all()
        ]


def announce(change: Change, tickets: Tickets) -> None:
    """Writes what each listener is told of this change: one message an event and listener, in the ticket's order."""
    listeners = [(listener, wanted(listener.query)) for listener in tickets.listeners.all()]
    number = change.after.ticket.number
    after = tickets.get(number=number) if listeners else None  # read anew, with the matters that were joined to it
    if after is None:
        return
    history = tickets.history(numbers=[number])[number]
    earlier = history[: len(history) - len(change.entries)]
    filed_now = any(entry.event is Event.FILED for entry in change.entries)
    before = None if filed_now else trouble_ticket(change.before or after, history=earlier, url="")
    shown = trouble_ticket(after, history=history, url="")  # whoever delivers it knows our own address
    at = change.entries[-1].at
    for kind in events_of(before=before, after=shown):
        event_id = uuid4().hex
        for listener, wants in listeners:
            if kind in wants.events:
                message = Message(
                    key=f"{event_id}:{listener.id}",
                    medium=Medium.LISTENER,
                    recipient=listener.id,
                    subject=str(number),
                    body=event(kind, shown, id=event_id, at=at, fields=wants.fields),
                    not_before=at,
                )
                tickets.outbox.add(message)


def _known(id: str, tickets: Tickets) -> Listener:  # noqa: A002
    listener = tickets.listeners.get(id=id)
    if listener is None:
        raise ListenerNotFound
    return listener


def _revived(listener: Listener, *, tickets: Tickets, now: datetime) -> Listener:
    fresh = replace(listener, failing_since=None, parked_at=None)
    tickets.listeners.put(fresh)
    due_again = tickets.outbox.revive(medium=Medium.LISTENER, recipient=listener.id, at=now)
    _log.info("listener.revived", listener=listener.id, events=due_again)
    return fresh
