"""`customers load FILE`: fills the sample table of customers 客户资料 – while the backend is stopped, on SQLite."""

import os
from pathlib import Path
from typing import Annotated

import typer

from backend.commands.common import fail
from backend.commands.store import owned_engine
from backend.customer_files import CustomersInvalid, read_customers
from backend.settings import database_url
from backend.store.migrate import migrate
from backend.store.repository import SqlStore

app = typer.Typer(no_args_is_help=True, help="The table of customers that stands in for the operator's own system.")


@app.callback()
def _group() -> None:
    """The table of customers that stands in for the operator's own system."""


@app.command()
def load(
    file: Path,
    replace: Annotated[bool, typer.Option("--replace", help="Instead of all that are there, samples too.")] = False,
) -> None:
    """Put the customers of a .yml or .csv file into the table; one with the same number is replaced."""
    try:
        customers = read_customers(file)
    except CustomersInvalid as invalid:
        fail(*invalid.problems, code=1)
    with owned_engine(database_url(os.environ)) as engine:
        migrate(engine)
        with SqlStore(engine).writing() as tickets:
            if replace:
                tickets.customers.clear()
            tickets.customers.put(customers)
            there = tickets.customers.count()
    samples = sum(customer.sample for customer in customers)
    typer.echo(f"{len(customers)} customers loaded, {samples} of them samples 示例; {there} in the table")
