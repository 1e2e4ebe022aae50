"""A clock that can be put on."""

from datetime import datetime, timedelta

from bot.app import utc_now


class Later:
    def __init__(self) -> None:
        self.by = timedelta(0)

    def __call__(self) -> datetime:
        return utc_now() + self.by
