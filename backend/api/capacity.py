"""/internal/areas: where it can be installed and where not yet (R2.11)."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.api.context import Backend, backend_of, in_thread
from backend.messages.capacity import NOTING, areas_to_list
from backend.messages.reports import shaped
from backend.usecases import capacity as use_cases

areas = Blueprint("areas", url_prefix="/internal/areas")


@areas.get("")
async def list_areas(request: Request) -> HTTPResponse:
    return json(await in_thread(_listed, backend_of(request)))


@areas.post("/<area:str>/installation")
async def note(request: Request, area: str) -> HTTPResponse:
    backend, noting = backend_of(request), shaped(NOTING, request.body)
    await in_thread(
        use_cases.note,
        area=area,
        noting=noting,
        charter=backend.charters.newest,
        store=backend.store,
        now=backend.clock(),
    )
    return json(await in_thread(_listed, backend))


def _listed(backend: Backend) -> list[dict[str, object]]:
    found = use_cases.areas(charter=backend.charters.newest, capacity=backend.capacity)
    return areas_to_list(found)
