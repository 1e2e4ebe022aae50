"""Payments 缴费: when arrears are paid the resume notice goes out at once, with nobody to forget it (R9.5)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field, TypeAdapter

from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import AccountStatus, Channel, OrderKind, TicketType
from backend.domain.written import ticket_number
from backend.messages.reports import Key, Moment, Receipt, Report
from backend.ports import Accounts, Store
from backend.refusals import AccountNotFound, TicketNotFound
from backend.usecases import tickets as usecases
from backend.usecases.acts import member_of
from backend.usecases.filing import Terms
from backend.work.outgoing import to_customer, to_staff


@dataclass(frozen=True, kw_only=True)
class Payment:
    """What the operator's billing tells: `payment_id` makes it harmless twice; `amount` in yuan."""

    payment_id: Key
    account_number: Key
    amount: Annotated[Decimal, Field(gt=0)]
    paid_at: Moment


PAYMENT: Final = TypeAdapter(Payment)


def paid(*, payment: Payment, terms: Terms, store: Store, accounts: Accounts, now: datetime) -> Receipt | None:
    """Of a customer who was cut off and owes nothing more: the order to resume, filed as of the payment, and told to
    its handler and the customer. None: nothing has to be resumed. Refuses with AccountNotFound.
    """
    account = accounts.of_number(number=payment.account_number)
    if account is None:
        raise AccountNotFound
    if account.status is not AccountStatus.CUT_OFF or payment.amount < account.arrears:
        return None
    report = Report(
        matter_id=f"payment-{payment.payment_id}",
        ticket_type=TicketType.ORDER,
        subject=OrderKind.RESUME,
        description="欠费已缴清，请立即恢复",
        address=account.address,
        area=account.area,
        contact_phone=account.phone,
        accepted_at=payment.paid_at,
        channel=Channel.PARTNER,
        conversation=f"payment-{payment.payment_id}",
    )
    receipt = usecases.accept(report=report, terms=terms, store=store, accounts=accounts, now=now)
    _tell(receipt, terms=terms, store=store, now=now)
    return receipt


def _tell(receipt: Receipt, *, terms: Terms, store: Store, now: datetime) -> None:
    number = TicketNumber(receipt.ticket_number)
    with store.writing() as tickets:
        filed = tickets.get(number=number)
        if filed is None:
            raise TicketNotFound
        written, key = ticket_number(number), f"resume:{number}"
        handler = member_of(terms, job_number=filed.ticket.handler)
        order = f"复机通知：工单 {written}，客户欠费已缴清，请立即恢复，不要让客户再催。"
        tickets.outbox.add(to_staff(handler, order, key=key, now=now, about=str(number)))
        told = f"您的欠费已缴清，恢复服务的工单 {written} 已发出，由工号 {filed.ticket.owner} 负责到底。"
        tickets.outbox.add(to_customer(filed.ticket, told, key=f"{key}:customer", at=now))
