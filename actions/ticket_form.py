"""What the forms about an existing ticket have in common: which ticket is meant, and that it is the customer's.

Filed or proven in this conversation: not asked again. Else by number and last four digits, as the progress is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions import tickets
from actions.answers import Answers
from actions.choices import as_first_said
from actions.floor import Floor
from actions.form import Form, Question
from actions.parts import Parts
from backend.client import BackendUnavailable, Proof, Refused

NOT_PROVEN = "ticket_not_proven"
_ALL = re.compile(r"(?:都|全部?|一起|一块)(?:给我|帮我)?(?:撤|取消|退|改|不要|不用|要)|^(?:都|全部|两张都)[吧。]?$")
AWAY = {"code": "away", "message": ""}
OF_THE_TICKET = ("tickets_known", "tickets_offered", "meant_ticket", "meant_number", "meant_last_four", "not_proven")


class TicketForm(Form):
    """`then` is the action that carries the wish out; `about` the questions once the ticket is known."""

    then: str
    about: Sequence[Question] = ()
    asks_for_it: tuple[str, ...] = ("meant_ticket", "meant_last_four")

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        self.questions = (AskWhichTicket(self), AskLastFour(self), *self.about)

    def candidates(self, known: list[tickets.Known], floor: Floor) -> list[tickets.Known]:
        """Those of the customer's tickets that the wish may be about."""
        return [ticket for ticket in known if tickets.is_open(ticket)] or known[:1]

    def found(self, floor: Floor) -> None:
        """The ticket is known: whatever the wish needs to hear or to refuse now."""

    def without_ticket(self, floor: Floor) -> None:
        """Nothing is known here and no number was said: by default it is asked for."""

    def begin(self, floor: Floor) -> None:
        self._choose(floor)
        if not floor.recall("form_outcome"):
            self.opened(floor)
        if floor.recall("form_outcome") == "confirmed":  # nothing is left to ask
            floor.remember(requested_slot=None)
            floor.then(self.then)
        elif floor.recall("form_outcome"):
            self.leave(floor)

    def opened(self, floor: Floor) -> None:
        """What the opening says besides the ticket."""

    def listen(self, floor: Floor) -> None:
        """Numbers are only taken as answers: in between they may be anything's."""

    def _choose(self, floor: Floor) -> None:
        if refused := floor.recall("not_proven"):
            self.refused(floor, refused)
        elif floor.recall("meant_ticket"):
            self.found(floor)
        elif floor.turn.entity("ticket_number") and not floor.recall("meant_number"):
            floor.say("utter_ticket_number_wrong")
        elif not floor.recall("meant_number"):
            candidates = self.candidates(floor.recall("tickets_known"), floor)
            offered = tickets.pointed_at(floor.turn.text, candidates) or candidates
            if len(offered) == 1 or (offered and _ALL.search(floor.turn.text)):
                self._pick(floor, offered)
            elif offered:
                floor.remember(tickets_offered=offered)
            else:
                self.without_ticket(floor)

    def _pick(self, floor: Floor, picked: list[tickets.Known]) -> None:
        """都撤了: one after the other."""
        first, *others = picked
        said = floor.recall("form_opening")
        number = {"name": "ticket_number", "start": 0}
        more = [{**said, "entities": [*said["entities"], {**number, "value": each["number"]}]} for each in others]
        floor.remember(meant_ticket=first, tickets_offered=None)
        if more:
            floor.remember(next_matters=[*more, *(floor.recall("next_matters") or ())])
        self.found(floor)

    def took_ticket(self, floor: Floor) -> bool:
        """The number, or number and digits, said in this turn."""
        if refused := floor.recall("not_proven"):
            self.refused(floor, refused)
        elif floor.recall("meant_ticket"):
            self.found(floor)
        else:
            return bool(floor.recall("meant_number") != floor.turn.slots.get("meant_number"))
        return True

    def take_pointed(self, floor: Floor, offered: list[tickets.Known]) -> bool:
        """The answer to which of several; False where it names none, or more than one."""
        text = floor.turn.text
        picked = tickets.pointed_at(text, offered) or (offered if offered and _ALL.search(text) else [])
        if len(picked) == 1 or (picked and _ALL.search(text)):
            self._pick(floor, picked)
            return True
        return False

    def refused(self, floor: Floor, refused: dict[str, str]) -> None:
        """Wrong digits: number and digits once more. Nobody there to look it up: a person takes over."""
        if refused["code"] == AWAY["code"]:
            floor.say("utter_ticket_system_away")
            hand_over(floor)
        else:
            floor.say("utter_progress_refused", reason=refused["message"], hotline=self.parts.charter.operator.hotline)
            floor.remember(form_outcome=None if refused["code"] == NOT_PROVEN else "left")
        floor.forget("meant_number", "not_proven")

    async def look_up(self, floor: Floor) -> None:
        noted = (floor.recall("next_matters") or [None])[0]
        if not noted:
            as_first_said(floor)
        said = floor.turn.hearing(noted) if noted else floor.turn
        floor.forget(*OF_THE_TICKET)
        try:
            found = await self.parts.backend.tickets_of(
                conversation=said.conversation, caller=said.caller, correlation_id=said.correlation_id
            )
        except BackendUnavailable:
            floor.remember(tickets_known=[], not_proven=AWAY)
            return
        floor.remember(tickets_known=[tickets.known(view, self.parts.charter) for view in found])
        number, digits = tickets.number_in(said), tickets.last_four_in(said)
        if not (number or found):  # asked about before without an outcome, or found through the progress
            number, digits = floor.recall("progress_ticket_number"), digits or floor.recall("progress_last_four")
        await self._prove(floor, number, digits)

    async def check(self, floor: Floor) -> None:
        await self._prove(floor, tickets.number_in(floor.turn), tickets.last_four_in(floor.turn))

    async def _prove(self, floor: Floor, number: str | None, digits: str | None) -> None:
        """The only call of a turn that is heard: made before the answer is taken, so that it can be told at once."""
        if floor.turn.asked not in (None, *self.asks_for_it):
            return
        number = number or floor.recall("meant_number")
        mine = next((each for each in floor.recall("tickets_known") or () if each["number"] == number), None)
        if mine or not (number and digits):
            floor.remember(meant_ticket=mine, meant_number=None if mine else number)
            return
        try:
            proof = Proof(ticket_number=number, phone_last_four=digits, conversation=floor.turn.conversation)
            view = await self.parts.backend.progress(proof, correlation_id=floor.turn.correlation_id)
        except BackendUnavailable:
            floor.remember(not_proven=AWAY)
        except Refused as refusal:
            floor.remember(not_proven={"code": refusal.code, "message": refusal.message})
        else:
            floor.remember(
                meant_ticket=tickets.known(view, self.parts.charter),
                progress_ticket_number=view.number,
                progress_last_four=digits,
            )


class AskWhichTicket:
    slot = "meant_ticket"

    def __init__(self, form: TicketForm) -> None:
        self._form = form

    def open(self, floor: Floor) -> bool:
        return not (floor.recall("meant_ticket") or floor.recall("meant_number"))

    def ask(self, floor: Floor, *, again: bool) -> None:
        offered = floor.recall("tickets_offered")
        if offered:
            shown = tickets.listed(offered)
            floor.say("utter_which_ticket", buttons=shown, choices="；".join(shown))
        else:
            floor.say("utter_ticket_number_wanted_again" if again else "utter_ticket_number_wanted")

    def take(self, floor: Floor) -> bool:
        offered = floor.recall("tickets_offered") or []
        if self._form.took_ticket(floor) or self._form.take_pointed(floor, offered):
            return True
        if floor.turn.intent in {"dont_know", "deny"} and offered:
            floor.forget("tickets_offered")
        elif floor.turn.intent in {"dont_know", "deny"}:
            floor.say("utter_no_number_a_person")
            hand_over(floor)
        else:
            if any(letter.isdigit() for letter in floor.turn.text):
                floor.say("utter_ticket_number_wrong")
            return False
        return True


class AskLastFour:
    slot = "meant_last_four"

    def __init__(self, form: TicketForm) -> None:
        self._form = form

    def open(self, floor: Floor) -> bool:
        return not floor.recall("meant_ticket")

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_last_four_wanted_again" if again else "utter_last_four_wanted")

    def take(self, floor: Floor) -> bool:
        if self._form.took_ticket(floor):
            return True
        if floor.turn.intent not in {"dont_know", "deny"}:
            return False
        floor.say("utter_no_number_a_person")
        hand_over(floor)
        return True


def hand_over(floor: Floor) -> None:
    """A person calls back and takes the wish on: kept on disk like every report where nothing can be filed now."""
    ticket = floor.recall("meant_ticket") or {}
    opening = floor.recall("form_opening")
    number = ticket.get("number") or floor.recall("meant_number")
    wished = (floor.recall("appointment_time") or {}).get("text")
    added = "，".join(filter(None, (number and f"工单 {number}", wished and f"希望时间 {wished}")))
    text = f"{opening['text']}（{added}）" if added else opening["text"]
    matter = {**opening, "text": text, "form": "question_form"}
    floor.remember(next_matters=[matter, *(floor.recall("next_matters") or ())], form_outcome="left")
