"""欠费和余额: told to whoever has shown by a code that the phone on file is theirs, to nobody else. Where the code goes
is found by the customer number and the last four digits.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import binding, codes, spoken
from actions.answers import Answers
from actions.filing import go_on
from actions.floor import Floor
from actions.form import Form
from actions.parts import Parts
from actions.turn import Turn
from backend.client import AccountProof, AccountView, BackendUnavailable, Refused
from backend.domain.account import STATUS_LABELS
from backend.domain.clause import NoClause
from backend.domain.vocabulary import AccountStatus, OrderKind, Service, TicketType

NOT_PROVEN = "account_not_proven"
_NOT_NAMED = "account_not_named"
OWN = "own"  # the one account of the phone that is bound
ASKED = {"text": "查欠费和余额", "intent": "ask_arrears_or_balance", "entities": []}
ASIDE = frozenset({"account_number", "account_last_four", codes.SLOT})
_NOT_AT_HAND = frozenset({"dont_know", "deny"})
_BROKEN = (
    (re.compile(r"[没无][有得]?信号|黑屏|看不[了成到]|[没无][有得]?画面|没台"), "report_fault_no_signal"),
    (re.compile(r"上不了网|断网|没网|网.{0,2}断|连不上"), "report_fault_broadband_down"),
)
Found = AccountView | Refused | BackendUnavailable


class _Asked:
    """`aside`: asked beside another matter, only when wished, and dropped as soon as the customer wants to go on."""

    slot: ClassVar[str]

    def __init__(self, *, aside: bool = False) -> None:
        self._aside = aside

    def open(self, floor: Floor) -> bool:
        asked_for = not self._aside or bool(floor.recall("account_wanted"))
        return asked_for and floor.recall(self.slot) is None and not floor.recall("account_own")


class AskNumber(_Asked):
    slot = "account_number"

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_account_number_wanted_again" if again else "utter_account_number_wanted")

    def take(self, floor: Floor) -> bool:
        if take(floor):
            return True
        if self._aside and goes_on(floor):
            return True
        if floor.turn.intent in _NOT_AT_HAND:
            floor.say("utter_account_number_unknown")
        elif any(letter.isdigit() for letter in floor.turn.text):
            floor.say("utter_account_number_wrong")
        return False


class AskDigits(_Asked):
    slot = "account_last_four"

    def ask(self, floor: Floor, *, again: bool) -> None:
        floor.say("utter_account_digits_wanted_again" if again else "utter_account_digits_wanted")

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        digits = turn.entity("last_four") or turn.entity("phone") or turn.entity("phone_part") or ""
        if len(digits) < 4:
            return self._aside and goes_on(floor)
        floor.remember(account_last_four=digits[-4:])
        return True


def take(floor: Floor) -> bool:
    """The customer number out of the turn, with the digits where they are said behind it."""
    number = floor.turn.entity("account_number")
    if number is None:
        return False
    if number != floor.recall("account_number"):
        floor.remember(account_number=number, account_last_four=None, account_own=None)
    if digits := floor.turn.entity("last_four"):
        floor.remember(account_last_four=digits)
    return True


def listen(floor: Floor) -> None:
    """Beside another matter: the question about the account, and its number."""
    wanted = floor.turn.intent == ASKED["intent"]
    if take(floor) or wanted:
        floor.remember(account_wanted=True)
    elif floor.turn.asked is None:
        floor.forget("account_wanted")


def named(floor: Floor) -> str | None:
    """The number of the account that the customer has given all the proof for; OWN where none has to be said."""
    number = floor.recall("account_number")
    if number and floor.recall("account_last_four"):
        return str(number)
    return OWN if floor.recall("account_own") else None


def goes_on(floor: Floor) -> bool:
    """不查了: the account beside another matter is dropped."""
    turn = floor.turn
    leaves = turn.intent == "cancel" or turn.intent in _NOT_AT_HAND
    if not (leaves or turn.intent == "skip_self_check"):
        return False
    drop(floor)
    floor.say("utter_account_not_now")
    return True


def drop(floor: Floor) -> None:
    floor.forget("account_wanted", "account_number", "account_last_four", "account_own", codes.WANTED, codes.HEARD)


async def look_up(floor: Floor, parts: Parts) -> Found:
    """What became of it is told by `tell`. The proof that failed is forgotten, so that it is asked for anew."""
    proof = AccountProof(
        account_number=floor.recall("account_number"),
        phone_last_four=floor.recall("account_last_four"),
        conversation=floor.turn.conversation,
        caller=floor.turn.caller,
    )
    try:
        return await parts.backend.account(proof, correlation_id=floor.turn.correlation_id)
    except BackendUnavailable as away:
        return away
    except Refused as refusal:
        if refusal.code != codes.NOT_BOUND:
            floor.forget("account_number", "account_last_four", "account_own")
        return refusal


async def know_own(floor: Floor, parts: Parts, said: Turn) -> None:
    """Whether the account is known by the phone that is bound: then nothing is asked."""
    named_before = floor.recall("account_number") or said.entity("account_number")
    if named_before or not floor.turn.knows_customer:
        return
    found = await look_up(floor, parts)
    floor.remember(account_own=True if isinstance(found, AccountView) else None)


def tell(floor: Floor, found: Found, parts: Parts) -> None:
    hotline = parts.charter.operator.hotline
    match found:
        case BackendUnavailable():
            floor.say("utter_account_unavailable", hotline=hotline)
        case Refused():
            floor.say("utter_account_refused", reason=found.message, hotline=hotline)
        case AccountView() if found.arrears:
            floor.say(
                "utter_account_in_arrears",
                status=STATUS_LABELS[found.status],
                arrears=spoken.money(found.arrears),
                mark=spoken.sample_mark(sample=found.sample),
                pay=_how_to_pay(parts),
                resume=_how_it_comes_back(parts),
            )
        case AccountView():
            floor.say(
                "utter_account_suspended" if found.status is AccountStatus.SUSPENDED else "utter_account_in_order",
                status=STATUS_LABELS[found.status],
                balance=spoken.money(found.balance),
                until=f"，费用交到 {spoken.day(found.paid_until)}" if found.paid_until else "",
                package=f"，套餐是{found.package}" if found.package else "",
                mark=spoken.sample_mark(sample=found.sample),
                reminder=_reminder(parts) if found.paid_until else "",
            )


def stops(account: AccountView, service: Service | None) -> bool:
    """Whether the state of the account may be why this service is gone."""
    has_it = service is None or service in account.services
    return has_it and (account.arrears > 0 or account.status is not AccountStatus.ACTIVE)


def _how_to_pay(parts: Parts) -> str:
    process = parts.charter.processes.get("pay")
    if process is None:
        return f"怎么交，请到营业厅或拨 {parts.charter.operator.hotline} 问清。"
    return f"交费：{'；'.join(process.steps)}（{process.source or '示例'}）。"


def _how_it_comes_back(parts: Parts) -> str:
    """R9.5, R1.4."""
    clause = parts.charter.clause(matter=TicketType.ORDER, subject=OrderKind.RESUME)
    limit = "" if isinstance(clause, NoClause) else f"，承诺 {clause.limit.text}内（{spoken.authority(clause)}）"
    return f"交清就给您恢复{limit}。"


def _reminder(parts: Parts) -> str:
    """R1.11."""
    return next((pledge.text for pledge in parts.charter.pledges if pledge.rule == "R1.11"), "")


def _take_up_the_fault(floor: Floor) -> None:
    """没信号了是不是没交钱: where nothing is owed, the fault itself comes next."""
    opening = floor.recall("form_opening")
    fault = next((intent for words, intent in _BROKEN if words.search(opening["text"])), None)
    if fault:
        later = floor.recall("next_matters") or ()
        floor.remember(next_matters=[{**opening, "intent": fault, "form": "fault_form"}, *later])


class AccountForm(Form):
    form = "account_form"

    def __init__(self, parts: Parts, answers: Answers) -> None:
        super().__init__(parts, answers)
        self.questions = (AskNumber(), AskDigits())

    async def look_up(self, floor: Floor) -> None:
        noted = (floor.recall("next_matters") or [None])[0]
        await know_own(floor, self.parts, floor.turn.hearing(noted) if noted else floor.turn)

    def begin(self, floor: Floor) -> None:
        if named(floor):  # proven in this conversation, or all said at once: nothing is asked
            floor.remember(form_outcome="confirmed", requested_slot=None)
            floor.then("action_tell_account")

    def listen(self, floor: Floor) -> None:
        take(floor)

    def _hear(self, floor: Floor) -> None:
        if floor.turn.intent == "request_answer":  # the way out for who has the number not at hand
            floor.remember(question_text=floor.recall("form_opening")["text"])
            self.leave(floor, first=[floor.turn.as_noted()])
        else:
            super()._hear(floor)

    def _forward(self, floor: Floor, *, again: bool = False) -> None:
        if named(floor):
            floor.remember(form_outcome="confirmed")
        super()._forward(floor, again=again)


class TellAccount(Action):
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def name(self) -> str:
        return "action_tell_account"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        floor = Floor(dispatcher=dispatcher, turn=Turn.of(tracker))
        found = await look_up(floor, self._parts)
        if isinstance(found, Refused) and found.code == codes.NOT_BOUND:
            number = str(floor.recall("account_number"))
            binding.begin(floor, of={"account_number": number}, then=self.name())
            return floor.events()
        tell(floor, found, self._parts)
        floor.forget("form_outcome")
        if isinstance(found, Refused) and found.code in {NOT_PROVEN, _NOT_NAMED}:
            floor.remember(next_matters=[ASKED, *(floor.recall("next_matters") or ())])
            floor.then("account_form")
            return floor.events()
        if isinstance(found, AccountView) and not stops(found, None):
            _take_up_the_fault(floor)
        go_on(floor)
        return floor.events()
