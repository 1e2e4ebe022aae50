"""Knowledge tests that were begun and handed in. A paper is not kept: its seed and the charter make it again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, select, update

from backend.domain.charter import Charter
from backend.domain.knowledge_test import Question, Score, paper, score
from bot.conversations.database import writing
from bot.desk.tables import knowledge_tests as table
from bot.errors import CharterChangedMeanwhile, KnowledgeTestOver, KnowledgeTestUnknown


@dataclass(frozen=True, kw_only=True)
class Taken:
    """`handed_in_at` None: begun only."""

    id: int
    job_number: str
    seed: str
    charter: str
    begun_at: datetime
    handed_in_at: datetime | None
    score: int | None
    questions: int


class KnowledgeTests:
    """Blocking."""

    def __init__(self, database: Engine, *, charter: Charter) -> None:
        self._reading = database
        self._writing = writing(database)
        self._charter = charter

    def begin(self, *, job_number: str, at: datetime) -> tuple[int, tuple[Question, ...]]:
        seed = secrets.token_hex(8)
        questions = paper(self._charter, seed=seed)
        row = {"job_number": job_number, "seed": seed, "charter": self._charter.digest, "begun_at": at}
        with self._writing.begin() as connection:
            key = connection.execute(insert(table).values(**row, questions=len(questions))).inserted_primary_key
        assert key is not None  # noqa: S101 - for the type checker
        return key[0], questions

    def hand_in(self, *, id: int, job_number: str, chosen: dict[str, int], at: datetime) -> Score:  # noqa: A002
        """Once. Raises KnowledgeTestUnknown, KnowledgeTestOver, CharterChangedMeanwhile."""
        with self._writing.begin() as connection:
            found = connection.execute(select(table).where(table.c.id == id)).mappings().one_or_none()
            if found is None or found["job_number"] != job_number:
                raise KnowledgeTestUnknown
            if found["charter"] != self._charter.digest:
                raise CharterChangedMeanwhile
            result = score(paper(self._charter, seed=found["seed"]), chosen=chosen)
            first = table.c.id == id, table.c.handed_in_at.is_(None)
            done = connection.execute(update(table).where(*first).values(handed_in_at=at, score=result.right))
            if done.rowcount != 1:
                raise KnowledgeTestOver
        return result

    def handed_in(self, *, job_number: str | None, most: int) -> Sequence[Taken]:
        """The latest first; without a job number everybody's."""
        wanted = select(table).where(table.c.handed_in_at.is_not(None))
        if job_number is not None:
            wanted = wanted.where(table.c.job_number == job_number)
        with self._reading.begin() as connection:
            found = connection.execute(wanted.order_by(table.c.handed_in_at.desc(), table.c.id.desc()).limit(most))
            return [Taken(**row) for row in found.mappings()]
