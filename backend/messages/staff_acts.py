"""The shape in which each act of staff on a ticket is said."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from backend.domain.staff_acts import Verb
from backend.messages.acts import Contacted, Resolved, StaffAct, Transfer, VisitMade
from backend.messages.clock import (
    AskExtension,
    ChangeOwner,
    DecideExtension,
    DeemOnTime,
    MissingMaterials,
    Refer,
    Regrade,
)
from backend.messages.complaints import Annotate, Conclude, NameInvestigator

CLASSES: Final[Mapping[Verb, type[StaffAct]]] = dict.fromkeys(Verb, StaffAct) | {
    Verb.CONTACTED: Contacted,
    Verb.RESOLVE: Resolved,
    Verb.CONCLUDE: Conclude,
    Verb.MISSING_MATERIALS: MissingMaterials,
    Verb.TRANSFER: Transfer,
    Verb.REFER: Refer,
    Verb.ASK_EXTENSION: AskExtension,
    Verb.DECIDE_EXTENSION: DecideExtension,
    Verb.DEEM_ON_TIME: DeemOnTime,
    Verb.REGRADE: Regrade,
    Verb.CHANGE_OWNER: ChangeOwner,
    Verb.ANNOTATE: Annotate,
    Verb.NAME_INVESTIGATOR: NameInvestigator,
    Verb.VISIT: VisitMade,
}
SHAPES: Final[Mapping[Verb, TypeAdapter[Any]]] = {verb: TypeAdapter(said) for verb, said in CLASSES.items()}
