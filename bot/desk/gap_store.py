"""Knowledge gaps 知识缺口 in the database: what was not understood, what of it has been dealt with, and the training
phrases that came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Engine, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversations.database import writing
from bot.conversations.tables import messages, turns
from bot.desk.gap_groups import Heard
from bot.desk.tables import gaps, phrases
from bot.desk.training_patch import TrainingPhrase
from bot.errors import OwnPhrase, PhraseReviewed, PhraseUnknown

NOT_UNDERSTOOD: Final = ("nlu_fallback", "out_of_scope")
READ: Final = 5000  # sentences, the latest


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """`approved` None: not reviewed yet. `taken_at`: it went out with a patch."""

    id: int
    intent: str
    text: str
    marked_by: str
    marked_at: datetime
    reviewed_by: str | None
    reviewed_at: datetime | None
    approved: bool | None
    taken_at: datetime | None

    @property
    def training(self) -> TrainingPhrase:
        return TrainingPhrase(intent=self.intent, text=self.text)


class Gaps:
    """Blocking."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def heard(self, *, since: datetime) -> list[Heard]:
        """What customers said since then that was not understood, and that nobody has dealt with."""
        said = messages.join(
            turns, (turns.c.conversation == messages.c.conversation) & (turns.c.number == messages.c.seq)
        )
        latest = (
            select(messages.c.text, messages.c.at)
            .select_from(said)
            .where(turns.c.closed_at >= since, turns.c.understood["intent"].as_string().in_(NOT_UNDERSTOOD))
            .order_by(turns.c.closed_at.desc())
            .limit(READ)
        )
        with self._reading.begin() as connection:
            found = [Heard(text=row.text, at=row.at) for row in connection.execute(latest)]
            done = set(connection.scalars(select(gaps.c.digest)))
        return [each for each in found if each.digest not in done]

    def deal_with(
        self, *, digests: Collection[str], intent: str | None, texts: Collection[str], by: str, at: datetime
    ) -> None:
        """The sentences mean `intent`, or nothing that is to be learned (None); `texts`: what is to be learned of
        them. Harmless twice; a phrase that was not approved is marked anew."""
        dialect = postgresql if self._writing.dialect.name == "postgresql" else sqlite
        dealt = [{"digest": digest, "intent": intent, "dealt_by": by, "dealt_at": at} for digest in digests]
        marked = [{"intent": intent, "text": text, "marked_by": by, "marked_at": at} for text in texts]
        new = dialect.insert(phrases)
        anew = {"reviewed_by": None, "reviewed_at": None, "approved": None}
        anew |= {name: new.excluded[name] for name in ("intent", "marked_by", "marked_at")}
        again = new.on_conflict_do_update(index_elements=["text"], set_=anew, where=phrases.c.approved.is_(False))
        with self._writing.begin() as connection:
            if dealt:
                connection.execute(dialect.insert(gaps).on_conflict_do_nothing(), dealt)
            if marked:
                connection.execute(again, marked)

    def review(self, *, id: int, approved: bool, by: str, at: datetime) -> Phrase:  # noqa: A002
        """Once, and by another than who marked it. Raises PhraseUnknown, OwnPhrase, PhraseReviewed."""
        with self._writing.begin() as connection:
            found = connection.execute(select(phrases).where(phrases.c.id == id)).mappings().one_or_none()
            if found is None:
                raise PhraseUnknown
            if found["marked_by"] == by:
                raise OwnPhrase
            unreviewed = phrases.c.id == id, phrases.c.approved.is_(None)
            values = {"approved": approved, "reviewed_by": by, "reviewed_at": at}
            if connection.execute(update(phrases).where(*unreviewed).values(values)).rowcount != 1:
                raise PhraseReviewed
            return Phrase(**{**found, **values})

    def phrases(self, *, most: int) -> list[Phrase]:
        """Those that wait for review first, the latest of each first."""
        waiting_first = phrases.c.approved.is_not(None), phrases.c.id.desc()
        with self._reading.begin() as connection:
            found = connection.execute(select(phrases).order_by(*waiting_first).limit(most))
            return [Phrase(**row) for row in found.mappings()]

    def approved(self) -> list[Phrase]:
        """Not yet taken, the earliest first."""
        wanted = select(phrases).where(phrases.c.approved, phrases.c.taken_at.is_(None)).order_by(phrases.c.id)
        with self._reading.begin() as connection:
            return [Phrase(**row) for row in connection.execute(wanted).mappings()]

    def take(self, taken: Sequence[Phrase], *, at: datetime) -> None:
        """They went out with a patch."""
        ids = [phrase.id for phrase in taken]
        with self._writing.begin() as connection:
            connection.execute(update(phrases).where(phrases.c.id.in_(ids)).values(taken_at=at))
