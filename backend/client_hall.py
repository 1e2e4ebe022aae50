"""The calls of the hall 营业厅: duty log, opinion book, key visits."""

from datetime import date

from backend.calling import Caller, read
from backend.messages.complaints import ANNOTATIONS, AnnotationsView
from backend.messages.hall import (
    DUTY_ENDED,
    DUTY_LOG,
    DUTY_NOTE,
    DUTY_NOTED,
    KEY_VISIT_PLAN,
    OPINION,
    OPINION_NOTED,
    OPINIONS,
    DutyEnded,
    DutyLogView,
    DutyNoted,
    DutyNoteView,
    KeyVisitPlanView,
    OpinionNoted,
    OpinionsView,
    OpinionView,
)
from backend.messages.key_visits import KEY_CONTACT, KeyContact


class HallCalls(Caller):
    async def duty_log(self, *, on: date, correlation_id: str) -> DutyLogView:
        """A day's, in Asia/Shanghai."""
        return read(DUTY_LOG, await self._get(f"/internal/hall/duty-log/{on}", {}, correlation_id))

    async def note_duty(self, noted: DutyNoted, *, correlation_id: str) -> DutyNoteView:
        body = DUTY_NOTED.dump_json(noted).decode()
        return read(DUTY_NOTE, await self._post("/internal/hall/duty-notes", body, correlation_id))

    async def end_duty_note(self, ended: DutyEnded, *, correlation_id: str) -> DutyNoteView:
        body = DUTY_ENDED.dump_json(ended).decode()
        return read(DUTY_NOTE, await self._post("/internal/hall/duty-notes/end", body, correlation_id))

    async def opinions(self, *, offset: int, limit: int, correlation_id: str) -> OpinionsView:
        """What is owed an answer first."""
        wanted = {"offset": str(offset), "limit": str(limit)}
        return read(OPINIONS, await self._get("/internal/hall/opinions", wanted, correlation_id))

    async def note_opinion(self, noted: OpinionNoted, *, correlation_id: str) -> OpinionView:
        """With the ticket by which it is tracked; praise has none."""
        body = OPINION_NOTED.dump_json(noted).decode()
        return read(OPINION, await self._post("/internal/hall/opinions", body, correlation_id))

    async def annotations_awaited(self, *, correlation_id: str) -> AnnotationsView:
        return read(ANNOTATIONS, await self._get("/internal/hall/annotations", {}, correlation_id))

    async def key_visit_plan(self, *, correlation_id: str) -> KeyVisitPlanView:
        return read(KEY_VISIT_PLAN, await self._get("/internal/key-visits/", {}, correlation_id))

    async def key_contact(self, *, number: int, correlation_id: str) -> KeyContact:
        """A key customer's data unmasked: who asks writes it into the audit first."""
        return read(KEY_CONTACT, await self._get(f"/internal/key-visits/{number}/contact", {}, correlation_id))
