"""The one place of the bot that reads the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import limits

from bot.conversations.takeover import Patience
from bot.outreach.telephone import JambonzAccount

SHORTEST_SECRET: Final = 16
_AGENT: Final = re.compile(r"sips?:[^\s@,;]+@[^\s@,;]+|\+?\d{3,15}")
VISITOR_DAYS: Final = 30
SESSION_RATE: Final = "600/minute"
MESSAGE_RATE: Final = "30/10 second"
DESK_IDLE_MINUTES: Final = 120
DESK_HOURS: Final = 12
_TELEPHONE: Final = ("URL", "ACCOUNT", "API_KEY", "CALLER_ID", "APPLICATION")
WECHAT_API: Final = "https://api.weixin.qq.com"
WECHAT_WAITS: Final = 5.0  # seconds for a reply
_AES_KEY: Final = re.compile(r"[A-Za-z0-9]{43}")
_TEMPLATE_FIELD: Final = re.compile(r"(title|number|time|note):([a-z_]+\d*)")
_ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


class SettingsInvalid(Exception):
    """A setting is missing or wrong; the message is one line for who starts the process."""


@dataclass(frozen=True, kw_only=True)
class WechatSettings:
    """The official account 微信公众号. `template_fields`: our name of a value to the template's own keyword."""

    app_id: str
    app_secret: str
    token: str
    aes_key: str = ""  # empty: plain mode 明文模式
    api: str = WECHAT_API
    template: str = ""
    template_fields: Mapping[str, str] = field(default_factory=dict)
    in_time: float = WECHAT_WAITS - 1  # seconds within which a reply is given


@dataclass(frozen=True, kw_only=True)
class Settings:
    operator: str
    host: str
    port: int
    var: Path
    database_url: str
    engine_url: str
    engine_token: str
    notices_token: str
    backend_url: str
    backend_token: str
    visitor_key: str
    visitor_max_age: timedelta = timedelta(days=VISITOR_DAYS)
    session_rate: str = SESSION_RATE  # new conversations of one address
    message_rate: str = MESSAGE_RATE  # messages of one conversation
    redis_url: str = ""  # where several processes count these together; without it each counts for itself
    origins: tuple[str, ...] = ()  # sites of others that may show and call the chat
    jambonz_secret: str = ""  # signs the webhooks of the hotline; without it there is none
    twilio_token: str = ""  # the same for a second platform, with the public address that it signs
    public_url: str = ""
    telephone: JambonzAccount | None = None  # by which we call customers; none: nobody is called
    hotline_agents: tuple[str, ...] = ()  # whom a call is put through to; none: a person calls back
    patience: Patience = field(default_factory=Patience)  # in the queue and with agents
    desk_idle: timedelta = timedelta(minutes=DESK_IDLE_MINUTES)  # a session of staff ends without a call for so long
    desk_longest: timedelta = timedelta(hours=DESK_HOURS)  # and so long after it was opened
    wechat: WechatSettings | None = None  # without it there is no official account
    nlu_checkout: Path | None = None  # where the desk may write training phrases; without it they are only shown
    proxies: int = 0  # how many proxies of our own stand before the bot; 0: believe no X-Forwarded-For

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Raises SettingsInvalid."""
        return cls(
            operator=operator_of(environ),
            host=environ.get("HOST") or "0.0.0.0",  # noqa: S104 - the public process
            port=_number(environ, "PORT", 8000, highest=65535),
            var=_var(environ),
            database_url=database_url_of(environ),
            engine_url=_url(environ, "SHOUWEN_ENGINE_URL", "http://127.0.0.1:5005"),
            engine_token=_secret(environ, "SHOUWEN_ENGINE_TOKEN"),
            notices_token=_secret(environ, "SHOUWEN_BOT_TOKEN"),
            backend_url=_url(environ, "SHOUWEN_BACKEND_URL", "http://127.0.0.1:8100"),
            backend_token=_secret(environ, "SHOUWEN_BACKEND_TOKEN"),
            visitor_key=_secret(environ, "SHOUWEN_VISITOR_KEY"),
            visitor_max_age=timedelta(days=_number(environ, "SHOUWEN_VISITOR_DAYS", VISITOR_DAYS, highest=3650)),
            session_rate=_rate(environ, "SHOUWEN_SESSION_RATE", SESSION_RATE),
            message_rate=_rate(environ, "SHOUWEN_MESSAGE_RATE", MESSAGE_RATE),
            redis_url=_redis_url(environ),
            origins=_origins(environ, "SHOUWEN_ORIGINS"),
            jambonz_secret=_secret(environ, "SHOUWEN_JAMBONZ_SECRET") if environ.get("SHOUWEN_JAMBONZ_SECRET") else "",
            twilio_token=_secret(environ, "SHOUWEN_TWILIO_TOKEN") if environ.get("SHOUWEN_TWILIO_TOKEN") else "",
            public_url=_public_url(environ),
            telephone=_telephone(environ),
            hotline_agents=_agents(environ),
            patience=_patience(environ),
            desk_idle=timedelta(minutes=_number(environ, "SHOUWEN_DESK_IDLE_MINUTES", DESK_IDLE_MINUTES, highest=1440)),
            desk_longest=timedelta(hours=_number(environ, "SHOUWEN_DESK_HOURS", DESK_HOURS, highest=24)),
            wechat=wechat_of_environ(environ),
            nlu_checkout=_checkout(environ),
            proxies=_number(environ, "SHOUWEN_PROXIES", 0, highest=10, lowest=0),
        )


def operator_of(environ: Mapping[str, str]) -> str:
    return environ.get("OPERATOR") or "jiangxi"


def database_url_of(environ: Mapping[str, str]) -> str:
    return environ.get("DATABASE_URL") or f"sqlite:///{_var(environ).absolute() / 'bot.sqlite'}"


def _var(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("SHOUWEN_VAR") or "var")


def wechat_of_environ(environ: Mapping[str, str]) -> WechatSettings | None:
    """None where no official account is named. Raises SettingsInvalid."""
    app_id = environ.get("SHOUWEN_WECHAT_APP_ID")
    if not app_id:
        return None
    if not (secret := environ.get("SHOUWEN_WECHAT_APP_SECRET")):
        raise SettingsInvalid("SHOUWEN_WECHAT_APP_ID needs SHOUWEN_WECHAT_APP_SECRET, the account's AppSecret")
    aes_key = environ.get("SHOUWEN_WECHAT_AES_KEY") or ""
    if aes_key and not _AES_KEY.fullmatch(aes_key):
        raise SettingsInvalid("SHOUWEN_WECHAT_AES_KEY must be the account's EncodingAESKey: 43 letters and digits")
    return WechatSettings(
        app_id=app_id,
        app_secret=secret,
        token=_secret(environ, "SHOUWEN_WECHAT_TOKEN"),
        aes_key=aes_key,
        api=_url(environ, "SHOUWEN_WECHAT_API", WECHAT_API),
        template=environ.get("SHOUWEN_WECHAT_TEMPLATE") or "",
        template_fields=_template_fields(environ),
    )


def _template_fields(environ: Mapping[str, str]) -> dict[str, str]:
    """SHOUWEN_WECHAT_TEMPLATE_FIELDS: our names with the template's keywords, e.g. title:thing1,time:time2."""
    given = [each.strip() for each in environ.get("SHOUWEN_WECHAT_TEMPLATE_FIELDS", "").split(",") if each.strip()]
    found = [_TEMPLATE_FIELD.fullmatch(each) for each in given]
    if not all(found):
        raise SettingsInvalid(
            "SHOUWEN_WECHAT_TEMPLATE_FIELDS must be like title:thing1,number:character_string2,time:time3,note:thing4"
        )
    return {each[1]: each[2] for each in found if each}


def _number(environ: Mapping[str, str], name: str, default: int, *, highest: int, lowest: int = 1) -> int:
    given = environ.get(name) or str(default)
    if not (given.isascii() and given.isdigit() and lowest <= int(given) <= highest):
        raise SettingsInvalid(f"{name} must be a number from {lowest} to {highest}, not {given!r}")
    return int(given)


def _url(environ: Mapping[str, str], name: str, default: str) -> str:
    given = (environ.get(name) or default).rstrip("/")
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsInvalid(f"{name} must look like {default}")
    return given


def _origins(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    given = tuple(origin.strip() for origin in (environ.get(name) or "").split(",") if origin.strip())
    for origin in given:
        if not _ORIGIN.fullmatch(origin):  # it goes into a header, where a stray sign would mean something else
            raise SettingsInvalid(f"{name} must look like https://www.example.com,https://example.com")
    return given


def _public_url(environ: Mapping[str, str]) -> str:
    """Needed where a platform signs the address that it calls."""
    if environ.get("SHOUWEN_PUBLIC_URL"):
        return _url(environ, "SHOUWEN_PUBLIC_URL", "https://kefu.example.com")
    if environ.get("SHOUWEN_TWILIO_TOKEN"):
        raise SettingsInvalid("SHOUWEN_TWILIO_TOKEN needs SHOUWEN_PUBLIC_URL: the address of the bot that is signed")
    return ""


def _telephone(environ: Mapping[str, str]) -> JambonzAccount | None:
    """All of it or nothing: the calls that we place come back to the webhooks of the hotline."""
    given = {name: environ.get(f"SHOUWEN_JAMBONZ_{name}", "") for name in _TELEPHONE}
    if not any(given.values()):
        return None
    if missing := [f"SHOUWEN_JAMBONZ_{name}" for name in _TELEPHONE if not given[name]]:
        raise SettingsInvalid(f"{' and '.join(missing)} must be set as well, to call customers")
    if not environ.get("SHOUWEN_JAMBONZ_SECRET"):
        raise SettingsInvalid("SHOUWEN_JAMBONZ_URL needs SHOUWEN_JAMBONZ_SECRET: the calls come back to the hotline")
    return JambonzAccount(
        url=_url(environ, "SHOUWEN_JAMBONZ_URL", "https://api.jambonz.example.com"),
        account=given["ACCOUNT"],
        api_key=given["API_KEY"],
        caller_id=given["CALLER_ID"],
        application=given["APPLICATION"],
    )


def _agents(environ: Mapping[str, str]) -> tuple[str, ...]:
    """SHOUWEN_HOTLINE_AGENTS: sip: addresses and numbers, with commas between."""
    given = [each.strip() for each in environ.get("SHOUWEN_HOTLINE_AGENTS", "").split(",")]
    agents = tuple(each for each in given if each)
    if wrong := next((each for each in agents if not _AGENT.fullmatch(each)), None):
        raise SettingsInvalid(
            f"SHOUWEN_HOTLINE_AGENTS must be like sip:desk@pbx.example.com or +8679112345678, not {wrong!r}"
        )
    return agents


def _patience(environ: Mapping[str, str]) -> Patience:
    """SHOUWEN_QUEUE_SECONDS and the others of its kind: each a number of seconds."""
    usual = Patience()

    def seconds(name: str, given: timedelta) -> timedelta:
        whole = _number(environ, f"SHOUWEN_{name}_SECONDS", int(given.total_seconds()), highest=86400)
        return timedelta(seconds=whole)

    return Patience(
        queue=seconds("QUEUE", usual.queue),
        prefer=seconds("PREFER", usual.prefer),
        nudge=seconds("NUDGE", usual.nudge),
        requeue=seconds("REQUEUE", usual.requeue),
        remind=seconds("REMIND", usual.remind),
        close=seconds("CLOSE", usual.close),
    )


def _checkout(environ: Mapping[str, str]) -> Path | None:
    """SHOUWEN_NLU_CHECKOUT: a checkout of this repository that is not the one that runs."""
    given = environ.get("SHOUWEN_NLU_CHECKOUT")
    if not given:
        return None
    if not (Path(given) / "data" / "nlu").is_dir():
        raise SettingsInvalid(f"SHOUWEN_NLU_CHECKOUT must be a checkout with data/nlu, not {given!r}")
    return Path(given)


def _rate(environ: Mapping[str, str], name: str, default: str) -> str:
    given = environ.get(name) or default
    try:
        limits.parse(given)
    except ValueError as wrong:
        raise SettingsInvalid(f"{name} must look like {default}") from wrong
    return given


def _redis_url(environ: Mapping[str, str]) -> str:
    given = environ.get("SHOUWEN_REDIS_URL", "")
    if given and not given.startswith(("redis://", "rediss://")):
        raise SettingsInvalid("SHOUWEN_REDIS_URL must look like redis://host:6379/0")
    return given


def _secret(environ: Mapping[str, str], name: str) -> str:
    secret = environ.get(name, "")
    if len(secret) < SHORTEST_SECRET:
        raise SettingsInvalid(
            f"{name} is missing or shorter than {SHORTEST_SECRET} characters: set it, or use make run"
        )
    return secret
