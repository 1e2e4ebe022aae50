"""How matters are handled 办理规则: what backend.domain.handling holds, with rule, source and mark each."""

from typing import Annotated

from pydantic import Field

from backend.charter_schema.fields import Entry, LimitOrEmpty, Span, StatedEntry, Text
from backend.domain import handling
from backend.domain.staff import Decider


class ExtensionEntry(StatedEntry):
    decided_by: Decider

    def to_domain(self) -> handling.Extension:
        return handling.Extension(**dict(self))


class DeemedOnTimeEntry(StatedEntry):
    grounds: frozenset[handling.DeemedGround]
    needs_report: bool

    def to_domain(self) -> handling.DeemedOnTime:
        return handling.DeemedOnTime(**dict(self))


class ForceMajeureEntry(StatedEntry):
    clauses: frozenset[Text]

    def to_domain(self) -> handling.ForceMajeure:
        return handling.ForceMajeure(**dict(self))


class WatchEntry(StatedEntry):
    warn_at_percent: Annotated[int, Field(ge=1, le=99)]
    leader_after: Span

    def to_domain(self) -> handling.Watch:
        return handling.Watch(**dict(self))


class IncidentEntry(StatedEntry):
    faults: Annotated[int, Field(ge=2)]
    within: Span

    def to_domain(self) -> handling.Incident:
        return handling.Incident(**dict(self))


class AheadEntry(StatedEntry):
    ahead: Span

    def to_domain(self) -> handling.Ahead:
        return handling.Ahead(**dict(self))


class ComplaintHandlingEntry(StatedEntry):
    annotated_by: Decider
    investigator_named: bool

    def to_domain(self) -> handling.ComplaintHandling:
        return handling.ComplaintHandling(**dict(self))


class ReferralEntry(StatedEntry):
    contacted_first: bool

    def to_domain(self) -> handling.Referral:
        return handling.Referral(**dict(self))


class OpeningEntry(StatedEntry):
    acceptance: handling.Acceptance

    def to_domain(self) -> handling.Opening:
        return handling.Opening(**dict(self))


class OnTheSpotEntry(StatedEntry):
    subjects: frozenset[Text]

    def to_domain(self) -> handling.OnTheSpot:
        return handling.OnTheSpot(**dict(self))


class SupervisionLevelEntry(Entry):
    by: Text
    over: Text


class SupervisionEntry(StatedEntry):
    levels: tuple[SupervisionLevelEntry, ...]

    def to_domain(self) -> handling.Supervision:
        fields = dict(self)
        levels = tuple(handling.SupervisionLevel(**dict(level)) for level in fields.pop("levels"))
        return handling.Supervision(levels=levels, **fields)


class KeyAccountStepEntry(Entry):
    label: Text
    within: LimitOrEmpty = None  # [C] left empty: not said


class KeyAccountsEntry(StatedEntry):
    centre: Text
    steps: dict[Text, KeyAccountStepEntry]

    def to_domain(self) -> handling.KeyAccounts:
        fields = dict(self)
        steps = fields.pop("steps").items()
        return handling.KeyAccounts(
            steps=tuple(handling.KeyAccountStep(key=key, **dict(step)) for key, step in steps), **fields
        )
