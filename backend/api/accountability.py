"""/internal/cases: what staff see of accountability 责任追究, hear and decide."""

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.api.context import backend_of, in_thread
from backend.messages.accountability import CASE_ACT, CASE_DECISION, case_to_dict
from backend.messages.reports import shaped
from backend.usecases import accountability as use_cases

cases = Blueprint("cases", url_prefix="/internal/cases")


@cases.get("/")
async def tell_cases(request: Request) -> HTTPResponse:
    """?by=1003: with what that member may do about each."""
    backend, by = backend_of(request), request.args.get("by") or ""
    found, now = await in_thread(use_cases.every, store=backend.store), backend.clock()
    charter = backend.terms(at=now).charter
    return json(
        [
            case_to_dict(
                each.case,
                acts_before=each.acts_before,
                now=now,
                offers=use_cases.offers(each.case, by=by, charter=charter),
            )
            for each in found
        ]
    )


@cases.post("/hear")
async def hear(request: Request) -> HTTPResponse:
    return await _judged(request, CASE_ACT, use_cases.hear)


@cases.post("/decide")
async def decide(request: Request) -> HTTPResponse:
    return await _judged(request, CASE_DECISION, use_cases.decide)


@cases.post("/dismiss")
async def dismiss(request: Request) -> HTTPResponse:
    return await _judged(request, CASE_ACT, use_cases.dismiss)


async def _judged(request: Request, shape: TypeAdapter[Any], use_case: Callable[..., use_cases.Judged]) -> HTTPResponse:
    backend, act = backend_of(request), shaped(shape, request.body)
    now = backend.clock()
    terms = backend.terms(at=now)
    judged = await in_thread(use_case, act=act, terms=terms, store=backend.store, now=now)
    offers = use_cases.offers(judged.case, by=act.by, charter=terms.charter)
    return json(case_to_dict(judged.case, acts_before=judged.acts_before, now=now, offers=offers))
