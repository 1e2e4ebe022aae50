"""/internal/binding: codes to phones, and what a conversation is bound to."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.api.context import backend_of, in_thread
from backend.messages.binding import BOUND, BOUND_PHONES, CODE_SENT, CodeSaid, CodeWish
from backend.messages.reports import Conversation
from backend.usecases import binding as usecases

binding = Blueprint("binding", url_prefix="/internal/binding")


@binding.post("/code")
async def send_code(request: Request) -> HTTPResponse:
    backend, wish = backend_of(request), CodeWish.from_json(request.body)
    now = backend.clock()
    sent = await in_thread(
        usecases.send_code,
        wish=wish,
        charter=backend.terms(at=now).charter,
        rules=backend.binding,
        accounts=backend.accounts,
        store=backend.store,
        now=now,
    )
    return json(CODE_SENT.dump_python(sent, mode="json"))


@binding.post("/check")
async def check_code(request: Request) -> HTTPResponse:
    backend, said = backend_of(request), CodeSaid.from_json(request.body)
    bound = await in_thread(
        usecases.check_code, said=said, rules=backend.binding, store=backend.store, now=backend.clock()
    )
    return json(BOUND.dump_python(bound, mode="json"))


@binding.post("/phones")
async def tell_phones(request: Request) -> HTTPResponse:
    backend, asked = backend_of(request), Conversation.from_json(request.body)
    bound = await in_thread(
        usecases.bound_phones, conversation=asked.conversation, store=backend.store, now=backend.clock()
    )
    return json(BOUND_PHONES.dump_python(bound, mode="json"))


@binding.post("/unbind")
async def unbind(request: Request) -> HTTPResponse:
    backend, asked = backend_of(request), Conversation.from_json(request.body)
    were = await in_thread(usecases.unbind, conversation=asked.conversation, store=backend.store, now=backend.clock())
    return json(BOUND_PHONES.dump_python(were, mode="json"))
