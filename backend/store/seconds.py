"""The time between two moments, in SQLite and in PostgreSQL."""

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class seconds_between(FunctionElement[float]):  # noqa: N801 - read as an SQL function
    """From the first moment to the second, to the millisecond."""

    type = Float()
    inherit_cache = True


@compiles(seconds_between, "postgresql")
def _in_postgresql(element: seconds_between, compiler: SQLCompiler, **options: Any) -> str:
    earlier, later = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(EXTRACT(EPOCH FROM ({later} - {earlier})) AS double precision)"


@compiles(seconds_between, "sqlite")
def _in_sqlite(element: seconds_between, compiler: SQLCompiler, **options: Any) -> str:
    earlier, later = (compiler.process(clause, **options) for clause in element.clauses)
    return f"ROUND((JULIANDAY({later}) - JULIANDAY({earlier})) * 86400, 3)"
