"""What is known before a fault is filed: an outage there, what a proven customer owes. It never stands in the way."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from functools import partial

import structlog

from actions import account, codes, contact, outage
from actions.fault_kinds import SELF_CHECKS, kind
from actions.floor import Floor
from actions.parts import Parts
from backend.client import AccountView, BackendUnavailable, OutageView, Refused
from backend.domain.outage import KIND_LABELS
from backend.domain.vocabulary import FaultKind, Service

log = structlog.get_logger()
SLOT = "fault_known"
LOOK_FIRST = "先查欠费"
_HAVE_OTHER_CAUSES = frozenset({FaultKind.DANGER, FaultKind.REMOTE})
_MAY_BE_UNPAID = frozenset(
    {FaultKind.NO_SIGNAL, FaultKind.STB, FaultKind.BROADBAND_DOWN, FaultKind.VOD, FaultKind.TELEPHONE}
)
# 照样登记, 等不了; 不用了, 我等等, 先去交费; 我要报修. The first that fits says what is wished.
_WISHES = (
    (re.compile(r"照样|还是要?[报登修派]|等不[了起及]"), True),
    (
        re.compile(
            r"(?:先|就|再|慢慢)等|等等|等[吧恢修]|等$|不用|先不|不[报登修]|(?<!特)别|去[交缴充]|[交缴]费|充值|[先我][交缴]"
        ),
        False,
    ),
    (re.compile(r"[要我][报修]|给我|登记|报[修上]|派人|来[修人]|快来"), True),
)
_PAYS = "ask_process_pay"  # 那我先去交费
_UNPAID, _SUSPENDED = "账户欠费", "账户报停"


def _of_outage(known: OutageView) -> str:
    return f"{KIND_LABELS[known.kind]}公告 {known.number} 号（{known.cause}）"


def _why_stopped(found: AccountView, service: Service) -> str | None:
    if not account.stops(found, service):
        return None
    return _UNPAID if found.arrears else _SUSPENDED


class KnownAlready:
    """Looked up as soon as there is an address or a proven account; asked only where something is known.

    `fault_known` keeps for what it was looked up, what is known, and whether the customer has yet to choose.
    """

    slot = SLOT

    def __init__(self, parts: Parts, *, ask_next: Callable[[Floor], None]) -> None:
        self._parts = parts
        self._ask_next = ask_next

    def open(self, floor: Floor) -> bool:
        known, of = floor.recall(self.slot) or {}, self._of(floor)
        asked_about = floor.recall("account_wanted") and account.named(floor)
        return bool(of) and bool(known.get("of") != of or known["waiting"] or asked_about)

    def ask(self, floor: Floor, *, again: bool) -> None:
        known = floor.recall(self.slot) or {}
        if known.get("of") != self._of(floor) or floor.recall("account_wanted"):
            floor.find_out(partial(self._find_out, floor))
        else:
            floor.say("utter_pay_or_file" if known["notes"] == [_UNPAID] else "utter_file_all_the_same")

    def take(self, floor: Floor) -> bool:
        turn = floor.turn
        if turn.asks or (turn.intent.startswith("ask_") and turn.intent != _PAYS):
            return False
        wish = next((files for words, files in _WISHES if words.search(turn.text)), None)
        if wish is False or (wish is None and turn.intent == "deny"):
            floor.say("utter_fault_not_filed_for_now")
            floor.remember(form_outcome="settled")
            return True
        if wish or turn.affirms or turn.entity("phone") or turn.intent in {"skip_self_check", "thanks"}:
            contact.listen(floor, self._parts.charter)  # 照样报，电话…: said here, not asked for again
            known = floor.recall(self.slot)
            checks = len(SELF_CHECKS.get(kind(floor), ()))  # what is known explains it: nothing at home helps
            floor.remember(fault_known={**known, "waiting": False}, fault_self_check=checks)
            return True
        return False

    def _of(self, floor: Floor) -> list[str]:
        """What the look-up depends on; nothing before there is anything to look up."""
        address, number = floor.recall("contact_address"), account.named(floor)
        if kind(floor) in _HAVE_OTHER_CAUSES or not (address or number):
            return []
        return [floor.recall("fault_service"), floor.recall("contact_area") or "", number or ""]

    async def _find_out(self, floor: Floor) -> None:
        wanted, service = bool(floor.recall("account_wanted")), Service(floor.recall("fault_service"))
        outages, found = await asyncio.gather(self._outages(floor, service), self._account(floor))
        if isinstance(found, Refused) and found.code == codes.NOT_BOUND:
            found = await self._have_code_sent(floor)
        told = (floor.recall(self.slot) or {}).get("notes", [])
        notes = {_of_outage(each): each for each in outages}
        for each in (notes[note] for note in notes if note not in told):
            outage.tell(floor, each, self._parts.charter)
        stopped = _why_stopped(found, service) if isinstance(found, AccountView) else None
        if found and (wanted or (stopped and stopped not in told)):
            account.tell(floor, found, self._parts)
        if not (floor.recall(codes.WANTED) or (isinstance(found, Refused) and found.code == account.NOT_PROVEN)):
            floor.forget("account_wanted")
        all_notes = [*notes, *([stopped] if stopped else ())]
        waiting = not set(all_notes) <= set(told)
        floor.remember(fault_known={"of": self._of(floor), "notes": all_notes, "waiting": waiting})
        self._ask_next(floor)

    async def _have_code_sent(self, floor: Floor) -> account.Found | None:
        """The account is told once the phone on file is bound; where no code can be sent there, not at all."""
        of = {"account_number": str(floor.recall("account_number"))}
        await codes.send(floor, self._parts, **of)
        heard = floor.recall(codes.HEARD)
        if heard["what"] in {"sent", "refused"}:
            floor.remember(binding_wanted={"of": of, "then": None})
            return None
        account.drop(floor)
        reason = heard.get("message")
        refused = Refused(code=codes.NOT_BOUND, message=reason, status=409) if reason else None
        return refused or BackendUnavailable("no code was sent")

    async def _outages(self, floor: Floor, service: Service) -> list[OutageView]:
        """Those that have begun: what is planned for later is not why it fails now."""
        area = self._parts.charter.area(floor.recall("contact_area") or "")
        if area is None:
            return []
        try:
            known = await outage.look_up(floor, self._parts, area=area, service=service)
        except BackendUnavailable as away:
            log.warning("outages_not_known", reason=away.reason)
            return []
        return [each for each in known if each.starts_at <= floor.turn.accepted_at]

    async def _account(self, floor: Floor) -> account.Found | None:
        return await account.look_up(floor, self._parts) if account.named(floor) else None


def may_be_unpaid(floor: Floor) -> bool:
    """Whether the account may be why: nothing else explains the fault, and no account was named.

    Alike for everybody, debts or none: it must not tell a stranger whose phone or address owes.
    """
    explained = (floor.recall(SLOT) or {}).get("notes") or account.named(floor)
    return kind(floor) in _MAY_BE_UNPAID and not explained


def note(floor: Floor) -> str:
    """What the ticket says of it."""
    notes = (floor.recall(SLOT) or {}).get("notes")
    return f"（登记前已告知客户：{'；'.join(notes)}）" if notes else ""
