"""The one place that reads the environment of the actions process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ACTION_TIMEOUT = 4.0  # seconds for one action, all calls in it included


class SettingMissing(Exception):
    """A secret that the launcher makes is not in the environment."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    operator: str
    var: Path
    port: int
    engine_token: str
    backend_url: str
    backend_token: str
    bot_url: str
    bot_token: str

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Raises SettingMissing."""

        def secret(name: str) -> str:
            if not environ.get(name):
                raise SettingMissing(f"{name} is not set; start with `make run`, which makes the secrets")
            return environ[name]

        return cls(
            operator=environ.get("OPERATOR", "jiangxi"),
            var=Path(environ.get("SHOUWEN_VAR", "var")),
            port=urlsplit(environ.get("SHOUWEN_ACTIONS_URL", "http://127.0.0.1:5055")).port or 5055,
            engine_token=secret("SHOUWEN_ENGINE_TOKEN"),
            backend_url=environ.get("SHOUWEN_BACKEND_URL", "http://127.0.0.1:8100"),
            backend_token=secret("SHOUWEN_BACKEND_TOKEN"),
            bot_url=environ.get("SHOUWEN_BOT_URL", f"http://127.0.0.1:{environ.get('PORT', '8000')}"),
            bot_token=secret("SHOUWEN_BOT_TOKEN"),
        )
