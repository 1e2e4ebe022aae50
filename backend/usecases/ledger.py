"""What is written into a ticket's ledger 台账, and whether it still agrees with what is stored."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from backend.domain.ledger import Json, Page, breaks, canonical, next_page, plain
from backend.domain.ticket import TicketNumber
from backend.ports import Change, Entry, Event, Filed, Tickets
from backend.ports.ledger import FACTS, WORDS
from backend.refusals import TicketNotFound

NO_WORDS: Final[Json] = {"reason": None, "detail": {}}  # of an entry whose words are erased
OF_THE_STORE: Final = frozenset({"matter_ids", "told_due"})  # beside the ticket; verified from the pages' own history


@dataclass(frozen=True, kw_only=True)
class Verified:
    """`problems`: what was changed behind the ledger's back; none: it agrees."""

    filed: Filed
    pages: Sequence[Page]
    problems: tuple[str, ...]


def write(change: Change, tickets: Tickets) -> None:
    """A page for this change, in its transaction."""
    number = change.after.ticket.number
    is_new = change.entries[0].event is Event.FILED
    entries = [_entry(entry) for entry in change.entries]
    facts, words = _split(change.after)
    tickets.ledger.add(
        next_page(
            last=None if is_new else tickets.ledger.last(number=number),
            number=str(number),
            at=change.entries[-1].at,
            facts={**facts, "entries": [entry[0] for entry in entries]},
            words={**words, "entries": [entry[1] for entry in entries]},
            salt=secrets.token_hex(),
        )
    )


def verify(*, number: TicketNumber, tickets: Tickets) -> Verified:
    """Refuses with TicketNotFound."""
    filed = tickets.get(number=number)
    if filed is None:
        raise TicketNotFound
    pages = tickets.ledger.pages(number=number)
    history = tickets.history(numbers=[number])[number]
    problems = tuple(breaks(pages)) or tuple(_disagreements(filed, history, pages))  # a broken chain proves nothing
    return Verified(filed=filed, pages=pages, problems=problems)


def extensions(pages: Sequence[Page], *, clause: str) -> frozenset[datetime]:
    """The due times that were approved for a clause (R1.17)."""
    entries = (entry for page in pages for entry in page.facts["entries"])
    approved = (entry["detail"] for entry in entries if entry["event"] == Event.EXTENDED)
    return frozenset(datetime.fromisoformat(said["due"]) for said in approved if said["clause"] == clause)


def _disagreements(filed: Filed, history: Sequence[Entry], pages: Sequence[Page]) -> Iterator[str]:
    if not pages:
        yield "没有台账：立单早于台账，此后也没有变动"
        return
    facts, words = _split(filed)
    last = pages[-1]
    for stored, written in ((facts, last.facts), (words, last.words or {})):
        yield from (f"工单的 {name} 与台账不符" for name in _differing(stored, written))
    for made, told in zip(filed.ticket.promises, filed.told_due, strict=True):
        if plain(told) != _first_told(plain(made), pages):
            yield f"{made.label}最初告知的时间与台账不符"
    yield from _audit_disagreements(history, pages)
    erasures = [page.position for page in pages if any(e["event"] == Event.ERASED for e in page.facts["entries"])]
    for page in pages:
        if page.is_erased and not any(page.position < erasure for erasure in erasures):
            yield f"第 {page.position} 页的文字不在了，却没有抹除记录"


def _audit_disagreements(history: Sequence[Entry], pages: Sequence[Page]) -> Iterator[str]:
    written = [
        (facts, page.words["entries"][position] if page.words else NO_WORDS)
        for page in pages
        for position, facts in enumerate(page.facts["entries"])
    ]
    before = len(history) - len(written)
    begins_with_filing = written[0][0]["event"] == Event.FILED
    if before < 0 or (before > 0 and begins_with_filing):
        yield f"操作记录有 {len(history)} 条，台账有 {len(written)} 条"
        return
    # Not in their order: of two transactions at once, the first to record need not be the first to write its page.
    stored = sorted((_entry(entry) for entry in history[before:]), key=canonical)
    for kept, page in zip(stored, sorted(written, key=canonical), strict=True):
        if kept != page:
            yield f"操作记录 {page[0]['event']}（{page[0]['at']}）与台账不符"


def _first_told(made: Json, pages: Sequence[Page]) -> Any:
    for page in pages:
        for promise in page.facts["promises"]:
            if (promise["clause"], promise["started_at"]) == (made["clause"], made["started_at"]):
                return promise["due"]
    return None


def _split(filed: Filed) -> tuple[dict[str, Any], dict[str, Any]]:
    """Facts and words of a ticket and the circumstances of its filing."""
    whole = plain(filed)
    ticket = whole.pop("ticket")
    facts = {name: value for name, value in (whole | ticket).items() if name not in WORDS | OF_THE_STORE}
    ticket["attachments"] = ticket["attachments"] or None  # as on the pages of before there were any
    return facts, {name: ticket[name] for name in WORDS}


def _entry(entry: Entry) -> tuple[Json, Json]:
    whole = plain(entry)
    detail = whole.pop("detail")
    reason = whole.pop("reason")
    del whole["number"]
    facts = {name: value for name, value in detail.items() if name in FACTS}
    words = {name: value for name, value in detail.items() if name not in FACTS}
    return {**whole, "detail": facts}, {"reason": reason, "detail": words}


def _differing(stored: Json, written: Json) -> list[str]:
    names = (stored.keys() | written.keys()) - {"entries"}
    return sorted(name for name in names if stored.get(name) != written.get(name))
