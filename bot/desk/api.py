"""Puts the desk into the app: its gate before the endpoints, and every part of it."""

from typing import Any

from sanic import Sanic

from bot.desk.annotations import annotations
from bot.desk.area_works import area_works
from bot.desk.audit_pages import audit_pages
from bot.desk.cases import cases
from bot.desk.charter_pages import charter_pages
from bot.desk.conversation_photos import conversation_photos
from bot.desk.conversations import conversations
from bot.desk.entrance import entrance
from bot.desk.events import events
from bot.desk.filing import filing
from bot.desk.gaps import gaps
from bot.desk.gate import gate
from bot.desk.hall import hall
from bot.desk.handbook import handbook
from bot.desk.handovers import handovers
from bot.desk.key_visits import key_visits
from bot.desk.panel import panel
from bot.desk.parts import Desk
from bot.desk.presence import presence
from bot.desk.supervision import supervision
from bot.desk.tickets import tickets
from bot.desk.visit_sheet import visit_sheet
from bot.desk.words import words


def open_desk(app: Sanic[Any, Any], desk: Desk) -> None:
    app.on_request(gate(sessions=desk.sessions, charter=desk.charter, threads=desk.threads, clock=desk.clock))
    for part in (entrance, words, charter_pages, tickets, visit_sheet, area_works, cases, audit_pages):
        app.blueprint(part(desk))
    for part in (annotations, supervision, hall, handovers, key_visits, handbook, gaps):
        app.blueprint(part(desk))
    for part in (conversations, conversation_photos, panel, filing, presence, events):
        app.blueprint(part(desk))
