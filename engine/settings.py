"""What the environment says. Nothing else here reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Mapping
from urllib.parse import urlsplit

ENGINE_TIMEOUT = 6.0  # seconds; backend 2 < actions 4 < engine 6 < bot 8
ACTIONS_TIMEOUT = 4.0


class SettingsInvalid(Exception):
    """One line for whoever starts the process."""


@dataclass(frozen=True)
class Settings:
    engine_url: str
    actions_url: str
    tracker_url: str
    token: str
    var: Path

    @property
    def host(self) -> str:
        return urlsplit(self.engine_url).hostname or "127.0.0.1"

    @property
    def port(self) -> int:
        return urlsplit(self.engine_url).port or 5005

    @property
    def tracker_file(self) -> Path | None:
        """The SQLite file; None where the tracker store is a server."""
        prefix = "sqlite:///"
        return Path(self.tracker_url[len(prefix) :]) if self.tracker_url.startswith(prefix) else None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        token = environ.get("SHOUWEN_ENGINE_TOKEN", "")
        if not token:
            raise SettingsInvalid("SHOUWEN_ENGINE_TOKEN is not set: start with `make run`, or set it yourself.")
        var = Path(environ.get("SHOUWEN_VAR", "var"))
        return cls(
            engine_url=environ.get("SHOUWEN_ENGINE_URL", "http://127.0.0.1:5005"),
            actions_url=environ.get("SHOUWEN_ACTIONS_URL", "http://127.0.0.1:5055"),
            tracker_url=environ.get("SHOUWEN_TRACKER_URL", f"sqlite:///{var / 'tracker.sqlite'}"),
            token=token,
            var=var,
        )

    def to_environ(self) -> dict[str, str]:
        """What credentials.yml and endpoints.yml refer to."""
        return {
            "SHOUWEN_ENGINE_TOKEN": self.token,
            "SHOUWEN_ACTIONS_URL": self.actions_url,
            "SHOUWEN_TRACKER_URL": self.tracker_url,
            "SHOUWEN_VAR": str(self.var),
        }
