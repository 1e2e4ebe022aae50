"""With whom a conversation is, what is still to be pushed to them, and the photos they sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversations.database import open_database
from bot.conversations.deliveries import Deliveries
from bot.conversations.messages import Attachment, Bound, Reply, Speaker, TurnState
from bot.conversations.peers import Peers
from bot.conversations.photos import Photos
from bot.conversations.store import Store
from bot.errors import AttachmentUnknown, ConversationUnknown

AT = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)
PHONE = "+8613807911234"


@pytest.fixture
def database(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'bot.sqlite'}")
    yield opened
    opened.dispose()


@pytest.fixture
def peers(database):
    return Peers(database)


def say(database, conversation, *replies):
    """A turn of the customer that was answered so."""
    store = Store(database)
    accepted = store.accept(
        conversation=conversation, client_id=f"m{replies}", text="你好", correlation_id="t", at=AT, details={"n": 1}
    )
    [turn] = store.open_turns(conversation=conversation)
    assert turn.details == {"n": 1}
    said = [Reply(speaker=Speaker.BOT, text=text) for text in replies]
    store.close_turn(turn=turn, state=TurnState.ANSWERED, replies=said, at=AT)
    return accepted.seq


def test_who_writes_again_on_a_channel_has_one_conversation(peers):
    with ThreadPoolExecutor(8) as pool:
        opened = pool.map(lambda n: peers.open(conversation=f"c{n}", channel="wechat", at=AT, peer="openid"), range(8))

    assert len({conversation.id for conversation in opened}) == 1
    assert peers.open(conversation="other", channel="hotline", at=AT, peer="openid").id == "other"


def test_conversations_without_a_peer_are_many(peers):
    assert peers.open(conversation="c1", channel="webchat", at=AT).id == "c1"
    assert peers.open(conversation="c2", channel="webchat", at=AT).id == "c2"


def test_a_known_phone_joins_the_channels(peers):
    peers.open(conversation="c1", channel="hotline", at=AT, peer="call-1", phone=PHONE)
    peers.open(conversation="c2", channel="wechat", at=AT.replace(hour=3), peer="openid")
    assert [each.id for each in peers.of_phone(phone=PHONE)] == ["c1"]

    peers.know_phone(conversation="c2", phone=PHONE)

    assert [each.id for each in peers.of_phone(phone=PHONE)] == ["c2", "c1"]


def next_turn(database, conversation, *, client_id, at=AT):
    store = Store(database)
    store.accept(conversation=conversation, client_id=client_id, text="你好", correlation_id="t", at=at)
    return store.open_turns(conversation=conversation)[0]


def close(database, turn, bound):
    replies = [Reply(speaker=Speaker.BOT, text="好的")]
    return Store(database).close_turn(turn=turn, state=TurnState.ANSWERED, replies=replies, at=AT, bound=bound)


def test_a_phone_that_was_bound_goes_with_every_turn_until_its_time_is_over(database, peers):
    peers.open(conversation="c1", channel="wechat", at=AT, peer="openid")
    until = AT + timedelta(days=180)
    first = next_turn(database, "c1", client_id="m1")
    assert (first.phone, first.phone_bound) == (None, False)
    close(database, first, Bound(phone=PHONE, until=until))
    known = peers.conversation(conversation="c1")
    assert (known.phone, known.verified_at, known.verified_until) == (PHONE, AT, until)

    second = next_turn(database, "c1", client_id="m2")
    assert (second.phone, second.phone_bound) == (PHONE, True)
    close(database, second, None)
    late = next_turn(database, "c1", client_id="m3", at=until)
    assert (late.phone, late.phone_bound) == (None, False)
    assert [each.id for each in peers.of_phone(phone=PHONE, at=AT)] == ["c1"]
    assert peers.of_phone(phone=PHONE, at=until) == []


def test_who_unbinds_is_known_by_no_phone(database, peers):
    peers.open(conversation="c1", channel="webchat", at=AT)
    close(database, next_turn(database, "c1", client_id="m1"), Bound(phone=PHONE, until=AT + timedelta(days=7)))
    close(database, next_turn(database, "c1", client_id="m2"), Bound(phone=None))

    known = peers.conversation(conversation="c1")
    assert (known.phone, known.verified_at, known.verified_until) == (None, None, None)


def test_a_call_stays_known_by_the_number_it_comes_from(database, peers):
    peers.open(conversation="c1", channel="hotline", at=AT, peer="call-1", phone=PHONE)
    close(database, next_turn(database, "c1", client_id="m1"), Bound(phone="+8613907915678", until=AT))

    turn = next_turn(database, "c1", client_id="m2")
    assert (turn.phone, turn.phone_bound) == (PHONE, False)


def test_a_turn_that_was_closed_before_binds_nothing(database, peers):
    peers.open(conversation="c1", channel="webchat", at=AT)
    turn = next_turn(database, "c1", client_id="m1")
    close(database, turn, None)

    assert not close(database, turn, Bound(phone=PHONE, until=AT + timedelta(days=7)))
    assert peers.conversation(conversation="c1").phone is None


def test_what_is_unknown_is_refused(peers):
    with pytest.raises(ConversationUnknown):
        peers.of_peer(channel="wechat", peer="nobody")
    with pytest.raises(ConversationUnknown):
        peers.know_phone(conversation="c1", phone=PHONE)


def test_what_was_said_is_pushed_once(database, peers):
    peers.open(conversation="c1", channel="wechat", at=AT, peer="openid")
    say(database, "c1", "您好", "请说")
    deliveries = Deliveries(database)
    assert deliveries.waiting_for_delivery(channel="wechat") == ["c1"]
    [first, last] = deliveries.undelivered(conversation="c1")

    assert (first.text, last.text) == ("您好", "请说")
    assert deliveries.delivered(conversation="c1", before=0, up_to=last.seq)
    assert not deliveries.delivered(conversation="c1", before=0, up_to=last.seq)
    assert deliveries.undelivered(conversation="c1") == []
    assert deliveries.waiting_for_delivery(channel="wechat") == []


def test_a_photo_is_only_shown_in_its_conversation(database, peers):
    peers.open(conversation="c1", channel="webchat", at=AT)
    photos = Photos(database)
    photo = Attachment(id="p1", conversation="c1", media_type="image/png", content=b"\x89PNG", at=AT)
    photos.keep(photo)
    photos.keep(photo)

    assert photos.get(conversation="c1", attachment="p1") == photo
    with pytest.raises(AttachmentUnknown):
        photos.get(conversation="c2", attachment="p1")
