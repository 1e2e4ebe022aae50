"""Binding 绑定: a code sent to a phone, said again in the conversation, shows that the phone is its customer's."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from backend.domain.charter import Charter
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Channel
from backend.domain.written import takes_sms
from backend.messages.binding import Bound, CodeSaid, CodeSent, CodeWish
from backend.ports import Accounts, BoundPhone, Code, Medium, Message, Store, Tickets
from backend.refusals import (
    AccountNotProven,
    CodeExpired,
    CodesStopped,
    CodeTooSoon,
    CodeUsedUp,
    CodeWrong,
    NoCodeSent,
    NoSmsThere,
    TicketNotProven,
    TooManyCodes,
)
from backend.usecases.account_proof import plain
from backend.usecases.proof import DAY, is_known

GOOD_FOR: Final = timedelta(minutes=5)
ATTEMPTS: Final = 5  # at one code
BETWEEN: Final = timedelta(seconds=60)  # two codes to one phone
PER_PHONE: Final = 6  # a day, whoever asks: nobody can be flooded
PER_CONVERSATION: Final = 6  # a day, to whatever phones
CALL: Final = timedelta(hours=4)  # longer than any call; a call is a conversation of its own
DIGITS: Final = 6
MINUTES: Final = int(GOOD_FOR.total_seconds() // 60)


@dataclass(frozen=True, kw_only=True)
class BindingRules:
    """`key` makes the digests; the days a phone stays bound; `per_hour`: codes in all, so that nobody can spend the
    operator's SMS."""

    key: bytes
    wechat: timedelta
    web: timedelta
    per_hour: int

    def until(self, channel: Channel, *, at: datetime) -> datetime:
        match channel:
            case Channel.WECHAT:
                return at + self.wechat
            case Channel.HOTLINE:
                return at + CALL
            case _:
                return at + self.web


def send_code(
    *, wish: CodeWish, charter: Charter, rules: BindingRules, accounts: Accounts, store: Store, now: datetime
) -> CodeSent:
    """Refuses with NoSmsThere, CodeTooSoon, TooManyCodes, CodesStopped; with TicketNotProven, AccountNotProven where
    the phone is that of a ticket or an account that this conversation has not proven.

    Counting and recording are one transaction, so that many at once get no SMS more.
    """
    phone = wish.phone or _phone_on_file(wish, accounts=accounts, store=store, now=now)
    if not takes_sms(phone):
        raise NoSmsThere(tail=phone[-4:])
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    salt = secrets.token_hex(16)
    with store.writing() as tickets:
        tickets.codes.enter()
        if sent := tickets.codes.of_request(conversation=wish.conversation, request_id=wish.request_id):
            return CodeSent(tail=sent.phone[-4:], minutes=MINUTES)
        _refuse_flooding(phone, wish=wish, rules=rules, tickets=tickets, now=now)
        tickets.codes.forget(before=now - DAY)
        until = now + GOOD_FOR
        tickets.codes.add(
            conversation=wish.conversation,
            request_id=wish.request_id,
            phone=phone,
            salt=salt,
            digest=_digest(code, phone=phone, salt=salt, key=rules.key),
            at=now,
            until=until,
        )
        tickets.outbox.add(_sms(code, salt=salt, phone=phone, charter=charter, now=now, until=until))
    return CodeSent(tail=phone[-4:], minutes=MINUTES)


def check_code(*, said: CodeSaid, rules: BindingRules, store: Store, now: datetime) -> Bound:
    """Binds the phone that the newest code of this conversation went to. The same request again is answered the same.

    Refuses with NoCodeSent, CodeExpired, CodeWrong, CodeUsedUp. A wrong code is counted, so nothing raises inside.
    """
    with store.writing() as tickets:
        sent = tickets.codes.newest(conversation=said.conversation)
        if sent is None:
            raise NoCodeSent
        tried = tickets.codes.try_on(id=sent.id, most=ATTEMPTS, at=now)
        digest = _digest(said.code, phone=sent.phone, salt=sent.salt, key=rules.key)
        right = tried and hmac.compare_digest(digest, sent.digest)
        if right and tickets.codes.use(id=sent.id, by=said.request_id, at=now):
            bound = BoundPhone(phone=sent.phone, bound_at=now, until=rules.until(said.channel, at=now))
            tickets.bound_phones.put(conversation=said.conversation, bound=bound)
            return _view(bound)
        left = tickets.codes.newest(conversation=said.conversation) or sent
        if left.used_by == said.request_id:
            return _bound_before(left, tickets=tickets, now=now)
    raise _why_not(left, now=now)


def bound_phones(*, conversation: str, store: Store, now: datetime) -> tuple[Bound, ...]:
    """The latest first."""
    with store.reading() as tickets:
        return tuple(map(_view, tickets.bound_phones.of_conversation(conversation=conversation, at=now)))


def unbind(*, conversation: str, store: Store, now: datetime) -> tuple[Bound, ...]:
    """解绑: all of them; says which they were."""
    with store.writing() as tickets:
        were = tickets.bound_phones.of_conversation(conversation=conversation, at=now)
        tickets.bound_phones.clear(conversation=conversation)
    return tuple(map(_view, were))


def _phone_on_file(wish: CodeWish, *, accounts: Accounts, store: Store, now: datetime) -> str:
    if wish.account_number is not None:
        wanted = plain(wish.account_number)
        account = accounts.of_number(number=wanted)
        with store.reading() as tickets:
            proven = tickets.account_attempts.has_proven(number=wanted, conversation=wish.conversation)
        if account is None or not proven:
            raise AccountNotProven
        return account.phone
    number = TicketNumber.parse(wish.ticket_number or "")
    with store.reading() as tickets:
        filed = tickets.get(number=number)
        if filed is None or not is_known(filed, conversation=wish.conversation, caller=None, tickets=tickets, now=now):
            raise TicketNotProven
    return filed.ticket.contact_phone


def _refuse_flooding(phone: str, *, wish: CodeWish, rules: BindingRules, tickets: Tickets, now: datetime) -> None:
    codes = tickets.codes
    last = codes.last_sent(phone=phone)
    if last is not None and last + BETWEEN > now:
        raise CodeTooSoon(seconds=int((last + BETWEEN - now).total_seconds()) + 1)
    to_phone = codes.sent(since=now - DAY, phone=phone)
    if max(to_phone - PER_PHONE, codes.sent(since=now - DAY, conversation=wish.conversation) - PER_CONVERSATION) >= 0:
        raise TooManyCodes
    if codes.sent(since=now - timedelta(hours=1)) >= rules.per_hour:
        raise CodesStopped


def _digest(code: str, *, phone: str, salt: str, key: bytes) -> str:
    return hmac.new(key, f"phone code\n{salt}\n{phone}\n{code}".encode(), hashlib.sha256).hexdigest()


def _sms(code: str, *, salt: str, phone: str, charter: Charter, now: datetime, until: datetime) -> Message:
    """It answers the customer, so quiet hours don't hold it."""
    text = (
        f"【{charter.operator.short_name}】验证码 {code}，{MINUTES}分钟内有效，用于核实您本人的手机号。"
        f"请只在您自己的这次对话里填写，不要转告任何人，工作人员也不会向您要。不是您本人操作，请不用理会。"
    )
    return Message(
        key=f"code:{salt}",
        medium=Medium.SMS,
        recipient=phone,
        subject=f"code:{salt}",  # a lane of its own: it waits for no earlier one
        body={"text": text},
        not_before=now,
        not_after=until,
    )


def _bound_before(sent: Code, *, tickets: Tickets, now: datetime) -> Bound:
    bound = tickets.bound_phones.of_conversation(conversation=sent.conversation, at=now)
    of_it = next((each for each in bound if each.phone == sent.phone), None)
    if of_it is None:  # taken back since 解绑
        raise NoCodeSent
    return _view(of_it)


def _why_not(sent: Code, *, now: datetime) -> Exception:
    if sent.used_by is not None:
        return NoCodeSent()
    if sent.attempts >= ATTEMPTS:
        return CodeUsedUp()
    if sent.expires_at <= now:
        return CodeExpired(minutes=MINUTES)
    return CodeWrong(left=ATTEMPTS - sent.attempts)


def _view(bound: BoundPhone) -> Bound:
    return Bound(phone=bound.phone, bound_at=bound.bound_at, until=bound.until)
