"""Whose account it is: told only for its number and the last four digits of the phone on file, with few attempts.

A ticket's number proves nothing here: anybody can file a report with somebody else's phone and is told its number.
"""

from datetime import datetime

from backend.domain.account import Account
from backend.messages.accounts import AccountProof
from backend.ports import Accounts, Store, Tickets
from backend.refusals import AccountLocked, AccountNotProven
from backend.usecases.proof import DAY, PER_TICKET, refuse_guessing


def prove_account(*, proof: AccountProof, accounts: Accounts, store: Store, now: datetime) -> Account:
    """Raises AccountNotProven alike for an unknown number and wrong digits, TooManyAttempts, AccountLocked.

    Counting and recording are one transaction, so that many at once get no attempt more; the lookup, which may be
    another system's, stays outside of it.
    """
    number = "".join(filter(str.isalnum, proof.account_number)).upper()
    account = accounts.of_number(number=number)
    proven = account is not None and account.is_of(phone_last_four=proof.phone_last_four)
    with store.writing() as tickets:
        tickets.account_attempts.enter()
        _refuse_guessing(tickets=tickets, number=number, conversation=proof.conversation, now=now)
        tickets.account_attempts.record(number=number, conversation=proof.conversation, at=now, proven=proven)
    if account is None or not proven:
        raise AccountNotProven
    return account


def _refuse_guessing(*, tickets: Tickets, number: str, conversation: str, now: datetime) -> None:
    refuse_guessing(tickets=tickets, conversation=conversation, now=now)
    attempts = tickets.account_attempts
    wrong = attempts.failed_at_account(number=number, since=now - DAY)
    if wrong >= PER_TICKET and not attempts.has_proven(number=number, conversation=conversation):
        raise AccountLocked
