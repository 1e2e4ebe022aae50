"""Puts the desk into the app: its gate before the endpoints, and every part of it."""

from typing import Any

from sanic import Sanic

from bot.desk.conversation_photos import conversation_photos
from bot.desk.conversations import conversations
from bot.desk.entrance import entrance
from bot.desk.events import events
from bot.desk.gate import gate
from bot.desk.parts import Desk
from bot.desk.presence import presence


def open_desk(app: Sanic[Any, Any], desk: Desk) -> None:
    app.on_request(gate(sessions=desk.sessions, charter=desk.charter, threads=desk.threads, clock=desk.clock))
    app.blueprint(entrance(desk))
    app.blueprint(conversations(desk))
    app.blueprint(conversation_photos(desk))
    app.blueprint(presence(desk))
    app.blueprint(events(desk))
