"""The one place of the backend that reads the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from socket import gethostname
from typing import Final
from urllib.parse import urlsplit

from backend.domain.vocabulary import Channel
from backend.store.engine import is_sqlite

DEFAULT_URL: Final = "http://127.0.0.1:8100"
SHORTEST_SECRET: Final = 16
WECHAT_BOUND_DAYS: Final = 180
WEB_BOUND_DAYS: Final = 7  # a computer may be shared
CODES_PER_HOUR: Final = 600
LISTENER_HOURS: Final = 24  # at most: a message is tried for a little longer than a day (backend/work/jobs.py)
PARTNER_TOKEN: Final = "SHOUWEN_PARTNER_TOKEN"  # noqa: S105 - the variable's name
PARTNER_TOKENS: Final = "SHOUWEN_PARTNER_TOKENS"
PARTNER: Final = Channel.PARTNER.value  # who has the token without a name


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
    partners: Mapping[str, str]  # their tokens, by name, for TMF621 only; without any they use `token`
    bot_url: str
    bot_token: str
    accounts: str | None = None  # the operator's customer system; without it the sample table
    capacity: str | None = None  # the operator's own system; without it what the staff has noted
    public_url: str | None = None  # where the bot is reached from outside; without it messages carry no link
    sms: str | None = None  # the operator's own senders; without them files under `var`
    phone: str | None = None
    private_callbacks: bool = False  # listeners may be inside our own network
    listener_patience: timedelta = timedelta(hours=LISTENER_HOURS)
    wechat_bound: timedelta = timedelta(days=WECHAT_BOUND_DAYS)  # how long a phone stays bound there
    web_bound: timedelta = timedelta(days=WEB_BOUND_DAYS)
    codes_per_hour: int = CODES_PER_HOUR  # in all, so that nobody can spend the operator's SMS

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def system_database_url(self) -> str:
        """DBOS's own database: a file of its own beside SQLite, a schema of its own on the same PostgreSQL."""
        if not is_sqlite(self.database_url):
            return self.database_url
        return f"sqlite:///{self.var.absolute() / 'dbos.sqlite'}"

    @property
    def executor_id(self) -> str:
        """The same each time this process is started, and no other process's: who else could listen there?"""
        return f"{gethostname()}:{self.port}"

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
            partners=_partners(environ),
            capacity=environ.get("SHOUWEN_CAPACITY") or None,
            accounts=environ.get("SHOUWEN_ACCOUNTS") or None,
            bot_url=(environ.get("SHOUWEN_BOT_URL") or f"http://127.0.0.1:{environ.get('PORT') or 8000}").rstrip("/"),
            bot_token=_secret(environ, "SHOUWEN_BOT_TOKEN"),
            public_url=(environ.get("SHOUWEN_PUBLIC_URL") or "").rstrip("/") or None,
            sms=environ.get("SHOUWEN_SMS") or None,
            phone=environ.get("SHOUWEN_PHONE") or None,
            private_callbacks=environ.get("SHOUWEN_HUB_PRIVATE") == "1",
            listener_patience=timedelta(
                hours=_number(environ, "SHOUWEN_HUB_HOURS", LISTENER_HOURS, most=LISTENER_HOURS)
            ),
            wechat_bound=timedelta(days=_number(environ, "SHOUWEN_WECHAT_BOUND_DAYS", WECHAT_BOUND_DAYS, most=3650)),
            web_bound=timedelta(days=_number(environ, "SHOUWEN_WEB_BOUND_DAYS", WEB_BOUND_DAYS, most=3650)),
            codes_per_hour=_number(environ, "SHOUWEN_CODES_PER_HOUR", CODES_PER_HOUR, most=1_000_000),
        )


def _partners(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The one without a name, and those of `name:token,name:token`, as the audit knows them."""
    partners = {PARTNER: _secret(environ, PARTNER_TOKEN)} if environ.get(PARTNER_TOKEN) else {}
    for entry in filter(None, environ.get(PARTNER_TOKENS, "").split(",")):
        name, _, token = entry.strip().partition(":")
        known = f"{PARTNER}:{name}"
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", name) or known in partners:
            raise SettingsInvalid(f"{PARTNER_TOKENS}: names are like city-hotline, each once, before a colon")
        if len(token) < SHORTEST_SECRET or token in partners.values():
            raise SettingsInvalid(
                f"{PARTNER_TOKENS}: the token of {name} must be its own, {SHORTEST_SECRET} characters or more"
            )
        partners[known] = token
    return partners


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


def _number(environ: Mapping[str, str], name: str, default: int, *, most: int) -> int:
    given = environ.get(name) or str(default)
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= most):
        raise SettingsInvalid(f"{name} must be a number from 1 to {most}, not {given!r}")
    return int(given)


def _secret(environ: Mapping[str, str], name: str) -> str:
    secret = environ.get(name, "")
    if len(secret) < SHORTEST_SECRET:
        raise SettingsInvalid(f"{name} must be set, to {SHORTEST_SECRET} characters or more; make run does it")
    return secret
