"""Whose account it is: told only to whom the phone on file is bound. Who has not bound it yet shows by the number and
the last four digits, with few attempts, that a code may be sent there.

A ticket's number proves nothing here: anybody can file a report with somebody else's phone and is told its number.
"""

from datetime import datetime

from backend.domain.account import Account
from backend.messages.accounts import AccountProof
from backend.ports import Accounts, Store, Tickets
from backend.refusals import AccountLocked, AccountNotNamed, AccountNotProven, PhoneNotBound
from backend.usecases.proof import DAY, PER_TICKET, numbers_of, refuse_guessing


def account_of(*, proof: AccountProof, accounts: Accounts, store: Store, now: datetime) -> Account:
    """Refuses with AccountNotNamed where no number is said and the phones bound here have no account, or several; with
    PhoneNotBound where a code is still wanted; and as `prove_account` does.
    """
    with store.reading() as tickets:
        phones = numbers_of(conversation=proof.conversation, caller=proof.caller, tickets=tickets, now=now)
    own = [account for phone in sorted(phones) for account in accounts.of_phone(phone=phone)]
    if proof.account_number is None:
        if len(own) != 1:
            raise AccountNotNamed
        return own[0]
    number = plain(proof.account_number)
    if mine := next((account for account in own if account.number == number), None):
        return mine
    account = prove_account(proof=proof, accounts=accounts, store=store, now=now)
    if account.phone not in phones:
        raise PhoneNotBound(tail=account.phone[-4:])
    return account


def prove_account(*, proof: AccountProof, accounts: Accounts, store: Store, now: datetime) -> Account:
    """Raises AccountNotProven alike for an unknown number and wrong digits, TooManyAttempts, AccountLocked.

    Counting and recording are one transaction, so that many at once get no attempt more; the lookup, which may be
    another system's, stays outside of it.
    """
    number = plain(proof.account_number or "")
    account = accounts.of_number(number=number)
    proven = account is not None and account.is_of(phone_last_four=proof.phone_last_four or "")
    with store.writing() as tickets:
        tickets.account_attempts.enter()
        _refuse_guessing(tickets=tickets, number=number, conversation=proof.conversation, now=now)
        tickets.account_attempts.record(number=number, conversation=proof.conversation, at=now, proven=proven)
    if account is None or not proven:
        raise AccountNotProven
    return account


def plain(number: str) -> str:
    return "".join(filter(str.isalnum, number)).upper()


def _refuse_guessing(*, tickets: Tickets, number: str, conversation: str, now: datetime) -> None:
    refuse_guessing(tickets=tickets, conversation=conversation, now=now)
    attempts = tickets.account_attempts
    wrong = attempts.failed_at_account(number=number, since=now - DAY)
    if wrong >= PER_TICKET and not attempts.has_proven(number=number, conversation=conversation):
        raise AccountLocked
