"""A listener on a real port, a clock of the test's choosing, and an event to deliver."""

import json
from datetime import timedelta

from werkzeug import Response

from backend.ports import Medium, Message
from backend.work.worker import Patience
from tests.integration.backend.support import FRIDAY_EVENING

HOUR = timedelta(hours=1)
PATIENCE = Patience(first=timedelta(minutes=1), longest=HOUR, attempts=34)
OURSELVES = "http://backend:8100"


class Listening:
    """A listener on a real port; `statuses` are its next answers, after them 204."""

    def __init__(self, server):
        self.heard = []
        self.statuses = []
        self.when_called = lambda: None
        server.expect_request("/listener").respond_with_handler(self._hear)
        self.callback = server.url_for("/listener")

    def _hear(self, request):
        status = self.statuses.pop(0) if self.statuses else 204
        self.when_called()
        if 200 <= status < 300:
            self.heard.append(json.loads(request.data))
        return Response(status=status, headers={"Location": "/elsewhere"} if status == 302 else {})

    @property
    def of_tickets(self):
        """The events as they were first heard, by ticket: repeats are told by their id, as the interface wants."""
        by_id = {event["eventId"]: event for event in self.heard}
        found = {}
        for event in by_id.values():
            found.setdefault(event["event"]["troubleTicket"]["id"], []).append(event)
        return found


def an_event(listener) -> Message:
    ticket = {"@type": "TroubleTicket", "id": "1", "href": "/tmf-api/troubleTicket/v5/troubleTicket/1"}
    return Message(
        key="k1",
        medium=Medium.LISTENER,
        recipient=listener.id,
        subject="1",
        body={"eventId": "e1", "event": {"troubleTicket": ticket}},
        not_before=FRIDAY_EVENING,
    )


def last_notes(events):
    return [notes[-1]["text"] if (notes := event["event"]["troubleTicket"]["note"]) else "" for event in events]
