"""Key customers 大客户 (R5.5, R9.6): each is visited regularly by the manager of its area; what was said is kept."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from backend.domain.account import Account
from backend.domain.charter import Charter
from backend.domain.key_visit import KeyVisit
from backend.domain.ownership import leader_to_report_to
from backend.domain.staff import StaffMember
from backend.domain.written import phone
from backend.masking import masked_address, masked_phone
from backend.messages.hall import KeyVisitPlanView
from backend.messages.key_visits import KeyContact, KeyCustomerView, KeyVisitAct, KeyVisitView
from backend.ports import Accounts, AccountsUnavailable, Claim, Store, Tickets
from backend.refusals import KeyVisitNotFound
from backend.usecases import daily
from backend.usecases.acts import member_of
from backend.usecases.filing import Terms
from backend.work.due import Means
from backend.work.outgoing import to_staff

SHOWN: Final = 200  # of those made; the others stand in the store


def plan_visits(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """A page of the key customers: whose turn it is by the charter's interval.

    The interval runs from plan to plan, so a visit that was late or left out does not put off the next.
    """
    charter = means.terms_at(now).charter
    rule = charter.key_customer_visits
    if rule is None:
        return
    today, after = daily.page_of(claim)
    page = means.accounts.important(after=after, limit=daily.PAGE)
    for account in page:
        if not rule.is_due(last=tickets.key_visits.last_planned(account=account.number), today=today):
            continue
        visitor = _visitor(account, charter, tickets=tickets, now=now)
        visit = KeyVisit(account=account.number, planned_on=today, staff=visitor.job_number)
        visit = tickets.key_visits.plan(visit)
        text = (
            f"大客户 {account.number}（电话 {phone(account.phone)}{'，' if account.address else ''}"
            f"{account.address or ''}）该定期回访了，请安排，听取意见后登记 {visit.number} 号回访；有问题当场报单。"
        )
        tickets.outbox.add(to_staff(visitor, text, key=f"{claim.subject}:{visit.number}", now=now))
    daily.plan_next(claim, page, tickets=tickets)


def planned(*, charter: Charter, store: Store, accounts: Accounts) -> KeyVisitPlanView:
    """What is due, the earliest first, and what was made, the latest first."""
    rule = charter.key_customer_visits
    with store.reading() as tickets:
        due, made = tickets.key_visits.planned(made=False), tickets.key_visits.planned(made=True)
    return KeyVisitPlanView(
        every_days=rule.every.days if rule else None,
        rule=rule.rule if rule else None,
        source=rule.source if rule else None,
        due=tuple(replace(_view(visit), customer=_customer(visit, charter, accounts)) for visit in due),
        made=tuple(map(_view, made[::-1][:SHOWN])),
        made_in_all=len(made),
    )


def _view(visit: KeyVisit) -> KeyVisitView:
    return KeyVisitView(**vars(visit))


def contact(*, number: int, store: Store, accounts: Accounts) -> KeyContact:
    """Refuses with KeyVisitNotFound; raises AccountsUnavailable."""
    with store.reading() as tickets:
        visit = tickets.key_visits.get(number=number)
    account = accounts.of_number(number=visit.account) if visit else None
    if account is None:
        raise KeyVisitNotFound(number=number)
    return KeyContact(phone=account.phone, address=account.address)


def _customer(visit: KeyVisit, charter: Charter, accounts: Accounts) -> KeyCustomerView | None:
    try:
        account = accounts.of_number(number=visit.account)
    except AccountsUnavailable:
        return None
    if account is None:
        return None
    area = charter.area(account.area) if account.area else None
    return KeyCustomerView(
        phone=masked_phone(account.phone),
        address=masked_address(account.address),
        area_name=area.name if area else None,
        package=account.package,
        sample=account.sample,
    )


def record(*, act: KeyVisitAct, terms: Terms, store: Store, now: datetime) -> KeyVisit:
    """登记大客户回访. Refuses with StaffUnknown, KeyVisitNotFound, KeyVisitMadeAlready, ReasonMissing."""
    member = member_of(terms, job_number=act.by)
    with store.writing() as tickets:
        planned = tickets.key_visits.get(number=act.number)
        if planned is None:
            raise KeyVisitNotFound(number=act.number)
        made = planned.made(by=member.job_number, at=now, said=act.said)
        tickets.key_visits.save(made)
        return made


def _visitor(account: Account, charter: Charter, *, tickets: Tickets, now: datetime) -> StaffMember:
    """The manager of the area; where it has none on the staff, the head on duty."""
    area = charter.area(account.area) if account.area else None
    manager = charter.member(area.manager) if area else None
    return manager or leader_to_report_to(charter=charter, at=now, open_matters=tickets.open_matters)
