"""Who may read and write a conversation, and how often."""

from datetime import timedelta

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from bot.errors import TokenExpired, TokenInvalid, TokenMissing, TooManySessions
from bot.rates import Rates, network
from bot.visitors import Visitors

VISITORS = Visitors(key="visitor-key-of-the-tests", max_age=timedelta(days=30))
TOKEN = VISITORS.token(conversation="c1")


def signed_elsewhere(payload: object, *, key: str = "visitor-key-of-the-tests", salt: str = "shouwen.visitor") -> str:
    return str(URLSafeTimedSerializer(key, salt=salt).dumps(payload))


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_token_opens_its_conversation(scheme):
    assert VISITORS.conversation(authorization=f"{scheme} {TOKEN}") == "c1"


# A token holds the second it was made in, so it can't be part of a test's name: xdist wants the same in each process.
@pytest.mark.parametrize("said", [None, "", "Bearer", "Bearer   ", "{}", "Basic {}", "Token {}"])
def test_without_a_bearer_token_nothing_opens(said):
    header = said and said.format(TOKEN)
    with pytest.raises(TokenMissing):
        VISITORS.conversation(authorization=header)


FORGED = {
    "rubbish": "rubbish",
    "dots": "..",
    "cut": TOKEN[:-1],
    "longer": TOKEN + "A",
    "other case": TOKEN.swapcase(),
    "begun otherwise": f"x{TOKEN}",
    "unsigned": TOKEN.rpartition(".")[0],
    "another key": signed_elsewhere("c1", key="another-key-of-somebody"),
    "another purpose": signed_elsewhere("c1", salt="another purpose"),
    "an object": signed_elsewhere({"conversation": "c1"}),
    "a number": signed_elsewhere(1),
    "no ASCII": "中文",
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_token_is_refused(how):
    with pytest.raises(TokenInvalid):
        VISITORS.conversation(authorization=f"Bearer {FORGED[how]}")


def test_an_old_token_has_expired(monkeypatch):
    now = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) - 31 * 24 * 3600)
    old = VISITORS.token(conversation="c1")
    monkeypatch.undo()

    with pytest.raises(TokenExpired):
        VISITORS.conversation(authorization=f"Bearer {old}")


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unknown", "unknown"),
    ],
)
def test_an_ipv6_household_counts_as_one_address(address, counted_as):
    assert network(address) == counted_as


async def test_one_address_is_limited_and_another_is_not():
    rates = Rates(sessions="2/hour", messages="1/hour")
    await rates.session(address="192.0.2.7")
    await rates.session(address="192.0.2.7")

    with pytest.raises(TooManySessions) as refused:
        await rates.session(address="192.0.2.7")

    assert 3500 < refused.value.details["retry_after"] <= 3600
    await rates.session(address="192.0.2.8")
