"""The charters a running process files under: the version in force on the day of acceptance."""

import threading
from datetime import date, time
from pathlib import Path

import structlog

from backend.charters import CharterInvalid, load_charter
from backend.domain.charter import Charter

_log = structlog.get_logger(__name__)


class CharterBook:
    """Loads the operator's charter at once (raises CharterInvalid), earlier versions and other operators when needed.

    A charter changed on disk takes a new start of the process.
    """

    def __init__(self, *, operator: str, root: Path = Path("charters")) -> None:
        self._root = root
        self._lock = threading.Lock()
        self.newest = load_charter(operator=operator, root=root)
        self._by_day: dict[date, Charter] = {}

    def on(self, day: date) -> Charter:
        if self.newest.version <= day.isoformat():
            return self.newest
        with self._lock:
            if day not in self._by_day:
                self._by_day[day] = self._load(day)
            return self._by_day[day]

    def _load(self, day: date) -> Charter:
        try:
            return load_charter(operator=self.newest.operator.id, root=self._root, on=day)
        except CharterInvalid as missing:
            # The published texts carry no date of effect: what is on file is taken to have held before, too.
            _log.warning("charter.none_on_file_for_day", day=day.isoformat(), reason=str(missing))
            return self.newest

    def closing_time_of(self, operator: str) -> time:
        """Close of business of an operator whose tickets stand in this database. Raises CharterInvalid."""
        if operator == self.newest.operator.id:
            return self.newest.operator.closing_time
        return load_charter(operator=operator, root=self._root).operator.closing_time
