"""/internal/hall: duty log and opinion book (R2.7), and what waits for the director (R1.5)."""

from datetime import date
from typing import Final

from pydantic import TypeAdapter
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.api.context import backend_of, in_thread
from backend.messages.complaints import ANNOTATIONS
from backend.messages.hall import (
    DUTY_ENDED,
    DUTY_LOG,
    DUTY_NOTE,
    DUTY_NOTED,
    OPINION,
    OPINION_NOTED,
    OPINIONS,
    OPINIONS_ASKED,
)
from backend.messages.reports import shaped, shaped_value
from backend.usecases import annotations, duty_log, opinions

hall: Final = Blueprint("hall", url_prefix="/internal/hall")
_DAY: Final = TypeAdapter(date)


@hall.get("/duty-log/<on:str>")
async def tell_duty_log(request: Request, on: str) -> HTTPResponse:
    backend, day = backend_of(request), shaped_value(_DAY, on)
    log = await in_thread(duty_log.of_day, on=day, charter=backend.charters.newest, store=backend.store)
    return json(DUTY_LOG.dump_python(log, mode="json"))


@hall.post("/duty-notes")
async def note_duty(request: Request) -> HTTPResponse:
    backend, noted = backend_of(request), shaped(DUTY_NOTED, request.body)
    now = backend.clock()
    note = await in_thread(duty_log.note, noted=noted, terms=backend.terms(at=now), store=backend.store, now=now)
    return json(DUTY_NOTE.dump_python(note, mode="json"), status=201)


@hall.post("/duty-notes/end")
async def end_duty(request: Request) -> HTTPResponse:
    backend, ended = backend_of(request), shaped(DUTY_ENDED, request.body)
    now = backend.clock()
    note = await in_thread(duty_log.end, ended=ended, terms=backend.terms(at=now), store=backend.store, now=now)
    return json(DUTY_NOTE.dump_python(note, mode="json"))


@hall.get("/annotations")
async def tell_annotations(request: Request) -> HTTPResponse:
    backend = backend_of(request)
    found = await in_thread(annotations.awaited, charter=backend.charters.newest, store=backend.store)
    return json(ANNOTATIONS.dump_python(found, mode="json"))


@hall.get("/opinions")
async def tell_opinions(request: Request) -> HTTPResponse:
    """?offset=0&limit=50"""
    asked = shaped_value(OPINIONS_ASKED, dict(request.get_query_args()))
    found = await in_thread(opinions.page, offset=asked.offset, limit=asked.limit, store=backend_of(request).store)
    return json(OPINIONS.dump_python(found, mode="json"))


@hall.post("/opinions")
async def note_opinion(request: Request) -> HTTPResponse:
    backend, noted = backend_of(request), shaped(OPINION_NOTED, request.body)
    now = backend.clock()
    opinion = await in_thread(
        opinions.note,
        noted=noted,
        terms=backend.terms(at=now),
        store=backend.store,
        accounts=backend.accounts,
        now=now,
    )
    return json(OPINION.dump_python(opinion, mode="json"), status=201)
