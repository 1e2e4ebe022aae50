"""Whom an agent talks with: the accounts and tickets behind a conversation, masked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from backend.desk_views import rows_shown
from backend.domain.account import STATUS_LABELS, Account
from backend.domain.charter import Charter
from backend.domain.ticket import OPEN
from backend.domain.vocabulary import TicketStatus
from backend.masking import masked_address
from backend.messages.desk import AccountInPanel, AreaInPanel, CustomerAsked, CustomerInPanel, KnownBy
from backend.ports import Accounts, AccountsUnavailable, Criterion, Filed, Order, Store
from backend.usecases.acts import member_of
from backend.usecases.filing import Terms

MOST_TICKETS: Final = 20
UNFINISHED: Final = (*OPEN, TicketStatus.RESOLVED)


def customer(*, asked: CustomerAsked, terms: Terms, store: Store, accounts: Accounts, now: datetime) -> CustomerInPanel:
    """Refuses with StaffUnknown. A customer system that is away leaves the accounts unknown."""
    charter = terms.charter
    member_of(terms, job_number=asked.by)
    phones = _phones(asked, store=store, now=now)
    filed, urges = _tickets(asked, phones=phones, store=store)
    try:
        known = [(account, how) for phone, how in phones.items() for account in accounts.of_phone(phone=phone)]
    except AccountsUnavailable:
        known = None
    area = _area([account for account, _ in known or ()], filed)
    return CustomerInPanel(
        accounts=None if known is None else tuple(_account(account, how, charter=charter) for account, how in known),
        area=_area_shown(area, charter=charter),
        tickets=rows_shown(list(zip(filed, urges, strict=True))[:MOST_TICKETS], charter=charter, now=now),
        more_tickets=len(filed) > MOST_TICKETS,
    )


def _phones(asked: CustomerAsked, *, store: Store, now: datetime) -> Mapping[str, KnownBy]:
    """How each is known, the surest first: bound by a code, of the channel, left in a ticket of this conversation."""
    with store.reading() as tickets:
        bound = [each.phone for each in tickets.bound_phones.of_conversation(conversation=asked.conversation, at=now)]
        left = [
            filed.ticket.contact_phone for filed in tickets.of_conversation(conversation=asked.conversation, phones=())
        ]
    phones: dict[str, KnownBy] = {}
    for phone in bound:
        phones[phone] = "bound"
    if asked.phone:
        phones.setdefault(asked.phone, "channel")
    for phone in filter(None, left):
        phones.setdefault(phone, "ticket")
    return phones


def _tickets(asked: CustomerAsked, *, phones: Mapping[str, KnownBy], store: Store) -> tuple[list[Filed], list[int]]:
    """Of the conversation, and what else is unfinished of the same phones; the latest acceptance first. One more than
    is shown, where there are more."""
    with store.reading() as tickets:
        found = {
            str(filed.ticket.number): filed
            for filed in tickets.of_conversation(conversation=asked.conversation, phones=())
        }
        if phones:
            criteria = [
                Criterion(attributes=("contact_phone",), operator="eq", values=tuple(phones)),
                Criterion(attributes=("status",), operator="eq", values=UNFINISHED),
            ]
            latest = [Order(attribute="accepted_at", descending=True)]
            page = tickets.search(criteria=criteria, order=latest, offset=0, limit=MOST_TICKETS + 1)
            found |= {str(filed.ticket.number): filed for filed in page.filed}
        newest = sorted(found.values(), key=lambda filed: filed.ticket.accepted_at, reverse=True)[: MOST_TICKETS + 1]
        return newest, [tickets.urges(number=filed.ticket.number) for filed in newest]


def _area(accounts: list[Account], filed: list[Filed]) -> str | None:
    of_accounts = (account.area for account in accounts)
    of_tickets = (each.ticket.area for each in filed)
    return next((area for area in (*of_accounts, *of_tickets) if area), None)


def _area_shown(key: str | None, *, charter: Charter) -> AreaInPanel | None:
    area = charter.area(key) if key else None
    if area is None:
        return None
    manager = charter.member(area.manager)
    return AreaInPanel(
        area=area.key,
        name=area.name,
        open_for_installation=area.open_for_installation,
        manager=area.manager,
        manager_title=manager.role if manager else None,
        manager_phone=manager.phone if manager else None,
        sample=area.sample or bool(manager and manager.sample),
    )


def _account(account: Account, known_by: KnownBy, *, charter: Charter) -> AccountInPanel:
    area = charter.area(account.area) if account.area else None
    return AccountInPanel(
        known_by=known_by,
        number=f"****{account.number[-4:]}",
        status=account.status,
        status_label=STATUS_LABELS[account.status],
        services=tuple(sorted(account.services)),
        balance=account.balance,
        arrears=account.arrears,
        paid_until=account.paid_until,
        package=account.package,
        address=masked_address(account.address),
        area_name=area.name if area else None,
        important=account.important,
        sample=account.sample,
    )
