"""建表: the migrations and the tables say the same."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, update
from sqlalchemy.exc import IntegrityError

from backend import usecases
from backend.store.accounts import TableAccounts
from backend.store.engine import open_engine
from backend.store.migrate import _config, is_current, migrate
from backend.store.repository import SqlStore
from backend.store.tables import metadata, ticket
from tests.integration.backend.support import a_report


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
    else:
        server = request.getfixturevalue("postgresql")
        yield server.create("empty")
        server.drop("empty")


def test_an_empty_database_is_not_current_and_a_migrated_one_is(empty_url):
    engine = open_engine(empty_url)

    assert not is_current(engine)
    migrate(engine)
    assert is_current(engine)
    engine.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("owner", ["", None])
def test_the_owner_is_not_null_and_not_empty_in_the_database_itself(store: SqlStore, engine: Engine, file, owner):
    receipt = file(a_report())

    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(update(ticket).where(ticket.c.number == receipt.ticket_number).values(owner=owner))


def test_a_ticket_filed_before_urgent_matters_were_reported_is_kept(empty_url, terms):
    engine = open_engine(empty_url)
    migrate(engine)
    report = a_report()
    receipt = usecases.accept(
        report=report,
        terms=terms,
        store=SqlStore(engine),
        accounts=TableAccounts(SqlStore(engine)),
        now=report.accepted_at,
    )
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")

    migrate(engine)

    again = usecases.accept(
        report=report,
        terms=terms,
        store=SqlStore(engine),
        accounts=TableAccounts(SqlStore(engine)),
        now=report.accepted_at,
    )
    assert (again.ticket_number, again.already_filed) == (receipt.ticket_number, True)
    engine.dispose()


def test_migrating_again_changes_nothing(engine: Engine):
    assert migrate(engine) == migrate(engine)
