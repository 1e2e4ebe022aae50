"""建表: the migrations and the tables say the same."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from backend import usecases
from backend.store.accounts import TableAccounts
from backend.store.engine import open_engine
from backend.store.migrate import _config, is_current, migrate
from backend.store.repository import SqlStore
from backend.store.tables import metadata
from tests.integration.backend.support import a_report


def test_an_empty_database_is_not_current_and_a_migrated_one_is(database_url):
    engine = open_engine(database_url)

    assert not is_current(engine)
    migrate(engine)
    assert is_current(engine)
    engine.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_owner_is_not_null_and_not_empty_in_the_database_itself(engine: Engine):
    with engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'ticket'").scalar_one()

    assert "owner VARCHAR(128) NOT NULL" in made
    assert "CHECK (owner <> '')" in made


def test_a_ticket_filed_before_urgent_matters_were_reported_is_kept(database_url, terms):
    engine = open_engine(database_url)
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


def test_the_tables_can_be_made_on_postgresql_too():
    made = "".join(str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in metadata.sorted_tables)

    assert "TIMESTAMP WITH TIME ZONE" in made
