"""The one place of the backend that reads the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

DEFAULT_URL: Final = "http://127.0.0.1:8100"
SHORTEST_SECRET: Final = 16
PARTNER_TOKEN: Final = "SHOUWEN_PARTNER_TOKEN"  # noqa: S105 - the variable's name


class SettingsInvalid(Exception):
    """A setting is missing or wrong; the message is one line for who starts the process."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    operator: str
    var: Path
    database_url: str
    host: str
    port: int
    token: str
    partner_token: str | None  # for TMF621 only; without it partners use `token`
    capacity: str | None = None  # the operator's own system; without it what the staff has noted
    accounts: str | None = None  # the operator's customer system; without it the sample table

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Raises SettingsInvalid."""
        var = Path(environ.get("SHOUWEN_VAR") or "var")
        url = environ.get("SHOUWEN_BACKEND_URL") or DEFAULT_URL
        host, port = _listens(url)
        return cls(
            operator=environ.get("OPERATOR") or "jiangxi",
            var=var,
            database_url=database_url(environ),
            host=host,
            port=port,
            token=_secret(environ, "SHOUWEN_BACKEND_TOKEN"),
            partner_token=_secret(environ, PARTNER_TOKEN) if environ.get(PARTNER_TOKEN) else None,
            capacity=environ.get("SHOUWEN_CAPACITY") or None,
            accounts=environ.get("SHOUWEN_ACCOUNTS") or None,
        )


def database_url(environ: Mapping[str, str]) -> str:
    """SQLite under SHOUWEN_VAR unless DATABASE_URL says otherwise; needs no secret, so commands can use it."""
    var = Path(environ.get("SHOUWEN_VAR") or "var")
    return environ.get("DATABASE_URL") or f"sqlite:///{var.absolute() / 'backend.sqlite'}"


def _listens(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as wrong:
        raise SettingsInvalid(f"SHOUWEN_BACKEND_URL: {wrong}") from wrong
    if parts.scheme != "http" or host is None:
        raise SettingsInvalid(f"SHOUWEN_BACKEND_URL must look like {DEFAULT_URL}")
    return host, port or 80


def _secret(environ: Mapping[str, str], name: str) -> str:
    secret = environ.get(name, "")
    if len(secret) < SHORTEST_SECRET:
        raise SettingsInvalid(f"{name} must be set, to {SHORTEST_SECRET} characters or more; make run does it")
    return secret
