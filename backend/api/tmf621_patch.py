"""A PATCH, as merge-patch or json-patch: what the ticket shall look like afterwards, and what of that can be done."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

import jsonpatch
from jsonpointer import JsonPointerException
from pydantic import BaseModel, Field, TypeAdapter

from backend.api.errors import BadRequest, NotOffered, PatchConflict
from backend.api.tmf621_body import JSON, json_object, json_value
from backend.api.tmf621_ticket import ATTRIBUTES, Json
from backend.domain.vocabulary import TicketStatus
from backend.messages.reports import ShapeInvalid, shaped_value
from backend.usecases.amending import Amendment, Remark

MERGE: Final = "application/merge-patch+json"
OPERATIONS: Final = "application/json-patch+json"
TAKEN: Final = (MERGE, OPERATIONS, JSON)  # plain JSON is read as a merge-patch
CHANGEABLE: Final = frozenset({"note", "status", "statusChangeReason"})
MOST_OPERATIONS: Final = 100


class Operation(BaseModel):
    """Of RFC 6902."""

    op: Literal["add", "remove", "replace", "move", "copy", "test"]
    path: str

    @property
    def names(self) -> frozenset[str]:
        """The attributes that it may change."""
        if self.op == "test":
            return frozenset()
        return frozenset({self.path.split("/")[1]}) if "/" in self.path else ATTRIBUTES


OPERATION_LIST: Final[TypeAdapter[list[Operation]]] = TypeAdapter(
    Annotated[list[Operation], Field(max_length=MOST_OPERATIONS)]
)
REMARK: Final = TypeAdapter(Remark)


@dataclass(frozen=True, kw_only=True)
class Patch:
    """`content`: the object to merge, or the operations. `names`: the attributes it speaks of."""

    content: Any
    operations: bool
    names: frozenset[str]

    def amendment(self, ticket: Json) -> Amendment:
        """What it wants of the ticket as it is shown now. Raises BadRequest with all problems, PatchConflict."""
        wished = self._applied(ticket)
        if not isinstance(wished, dict):
            raise BadRequest(problems="nothing is left of the ticket")
        changed = {name for name in ticket.keys() | wished.keys() if ticket.get(name) != wished.get(name)}
        problems = [f"{name} can't be changed; only {', '.join(CHANGEABLE)}" for name in sorted(changed - CHANGEABLE)]
        status = next((known for known in TicketStatus if known == wished.get("status")), None)
        if status is None:
            problems.append(f"status: one of {', '.join(TicketStatus)}")
        # One that stood there already was the reason for something else.
        reason = wished.get("statusChangeReason") if "statusChangeReason" in self.names else None
        if not isinstance(reason, str | None):
            problems.append("statusChangeReason: not a text")
        if "statusChangeReason" in changed and "status" not in changed:
            problems.append("statusChangeReason: only together with another status")
        remarks, wrong = _remarks(ticket["note"], wished.get("note"))
        if problems or wrong:
            raise BadRequest(problems="；".join(problems + wrong))
        return Amendment(status=status if "status" in changed else None, reason=reason or "", remarks=remarks)

    def _applied(self, ticket: Json) -> Any:
        if not self.operations:
            return merged(ticket, self.content)
        try:
            return jsonpatch.apply_patch(ticket, self.content)
        except (jsonpatch.JsonPatchConflict, jsonpatch.JsonPatchTestFailed) as conflict:
            raise PatchConflict from conflict
        except (jsonpatch.JsonPatchException, JsonPointerException) as wrong:
            raise BadRequest(problems=f"can't be applied: {type(wrong).__name__}") from wrong


def patch_of(content: bytes, *, media_type: str) -> Patch:
    """Raises BadRequest, NotOffered, ShapeInvalid."""
    if media_type != OPERATIONS:
        body = json_object(content)
        return Patch(content=body, operations=False, names=frozenset(body))
    body = json_value(content)
    operations = shaped_value(OPERATION_LIST, body)
    # Nothing that can be changed could come from elsewhere in the ticket, and copies of copies fill the memory.
    if not_offered := {each.op for each in operations} & {"move", "copy"}:
        raise NotOffered(what=", ".join(sorted(not_offered)))
    return Patch(content=body, operations=True, names=frozenset().union(*(each.names for each in operations)))


def merged(target: Any, patch: Any) -> Any:
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def _remarks(known: list[Json], wished: object) -> tuple[tuple[Remark, ...], list[str]]:
    """The notes that are added, and what is wrong with them. Notes are added, never changed."""
    if isinstance(wished, dict):  # the interface's own example adds a note as `/note`, without the list
        wished = [*known, wished]
    if not isinstance(wished, list) or wished[: len(known)] != known:
        return (), ["note: notes can only be added, after those that are there"]
    remarks, wrong = [], []
    for position, note in enumerate(wished[len(known) :], start=len(known)):
        try:
            remarks.append(shaped_value(REMARK, note))
        except ShapeInvalid as invalid:
            wrong += [f"note.{position}.{problem}" for problem in invalid.problems]
    return tuple(remarks), wrong
