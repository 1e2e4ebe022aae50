"""The message log in its database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import StatementError

import bot.channels.wechat.tables  # noqa: F401 - they are made by the same migrations
from bot.conversations.database import DatabaseTaken, open_database, own
from bot.conversations.messages import Accepted, Reply, Speaker, TurnState
from bot.conversations.peers import Peers
from bot.conversations.store import Store
from bot.conversations.tables import metadata
from bot.conversations.turns import TURN_TIMEOUT
from bot.engine import ALIVE_TIMEOUT, ENGINE_TIMEOUT
from bot.errors import ConversationUnknown

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
ANSWER = [Reply(speaker=Speaker.BOT, text="好")]


@pytest.fixture
def database(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'bot.sqlite'}")
    yield opened
    opened.dispose()


@pytest.fixture
def store(database):
    Peers(database).open(conversation="c1", channel="webchat", at=AT)
    return Store(database)


def accept(store, client_id, *, conversation="c1", at=AT):
    return store.accept(conversation=conversation, client_id=client_id, text="你好", correlation_id="trace-1", at=at)


def test_the_migrations_make_the_tables(database):
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "chat_schema_version"})
        assert compare_metadata(context, metadata) == []


def test_a_reply_to_a_closed_turn_is_dropped(store):
    accept(store, "m1")
    [turn] = store.open_turns(conversation="c1")

    assert store.close_turn(turn=turn, state=TurnState.FAILED, replies=ANSWER, at=AT)
    assert not store.close_turn(turn=turn, state=TurnState.ANSWERED, replies=ANSWER, at=AT)
    assert not store.tell(conversation="c1", up_to=turn.number, text="已保存", at=AT)
    assert not store.remark(turn=turn, text="请稍等", at=AT)
    assert [message.speaker for message in store.messages(conversation="c1", after=0, most=10)] == ["customer", "bot"]


def test_an_open_turn_knows_when_its_message_was_written(store):
    at = datetime(2026, 11, 21, 10, 0, 0, 123456, tzinfo=UTC)
    accept(store, "m1", at=at.astimezone())

    [turn] = store.open_turns(conversation="c1")
    assert turn.accepted_at == at
    assert turn.accepted_at.tzinfo is UTC
    assert store.backlog().oldest == at


def test_a_time_without_a_zone_is_refused(store):
    with pytest.raises(StatementError, match="without a zone"):
        accept(store, "m1", at=AT.replace(tzinfo=None))

    assert accept(store, "m1").seq == 1


def test_a_message_to_an_unknown_conversation_is_refused(store):
    with pytest.raises(ConversationUnknown):
        accept(store, "m1", conversation="c2")


def test_writers_in_many_threads_leave_no_gap_and_no_double(store):
    with ThreadPoolExecutor(max_workers=8) as threads:
        accepted = list(threads.map(lambda n: accept(store, f"m{n % 20}"), range(80)))

    assert sorted({one.seq for one in accepted}) == list(range(1, 21))
    assert sum(not one.repeated for one in accepted) == 20


def test_what_was_accepted_is_there_after_opening_again(store, database):
    accept(store, "m1")
    database.dispose()

    again = Store(open_database(str(database.url)))
    assert again.unanswered() == ["c1"]
    assert accept(again, "m1", at=AT + timedelta(hours=1)) == Accepted(seq=1, repeated=True)
    again._reading.dispose()


def test_a_sqlite_file_has_one_owner(tmp_path):
    url = f"sqlite:///{tmp_path / 'bot.sqlite'}"
    lock = own(url)
    assert lock is not None
    with pytest.raises(DatabaseTaken, match=r"bot\.sqlite"):
        own(url)
    lock.close()

    again = own(url)
    assert again is not None
    again.close()


def test_postgresql_needs_no_lock_file():
    assert own("postgresql+psycopg://somewhere/bot") is None


def test_the_limits_of_a_turn_are_nested():
    assert ENGINE_TIMEOUT + ALIVE_TIMEOUT < TURN_TIMEOUT
