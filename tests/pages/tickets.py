"""Tickets that are there before a page is opened, filed with the running backend."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx


def filed(backend: httpx.Client, **said: object) -> str:
    report = {
        "matter_id": uuid4().hex,
        "ticket_type": "fault",
        "subject": "no_signal",
        "service": "tv",
        "description": "电视没信号",
        "address": "湾里区幸福路1号",
        "contact_phone": f"+86139{uuid4().int % 10**8:08}",
        "accepted_at": datetime.now(ZoneInfo("Asia/Shanghai")).isoformat(),
        "channel": "webchat",
        "conversation": uuid4().hex,
        "by_staff": True,
    }
    answer = backend.post("/internal/tickets", json=report | said)
    assert answer.is_success, answer.text
    return str(answer.json()["ticket_number"])


def act(backend: httpx.Client, verb: str, number: str, **given: object) -> None:
    said = {"request_id": uuid4().hex, "ticket_number": number, "by": "1004", "reason": "", **given}
    answer = backend.post(f"/internal/acts/{verb}", json=said)
    assert answer.is_success, answer.text
