"""What runs: the four processes, where each listens, and the environment they share."""

import errno
import secrets
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent
SECRETS: Final = (
    "SHOUWEN_ENGINE_TOKEN",
    "SHOUWEN_BACKEND_TOKEN",
    "SHOUWEN_PARTNER_TOKEN",
    "SHOUWEN_BOT_TOKEN",
    "SHOUWEN_VISITOR_KEY",
    "SHOUWEN_JAMBONZ_SECRET",
)
SECRET_BYTES: Final = 32


class CannotStart(Exception):
    """What is wrong and what to do about it, a line each; no traceback is shown."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """One of the processes, and the setting that names its port."""

    name: str
    python: str
    ready_path: str
    setting: str
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}"  # noqa: S104

    @property
    def ready_url(self) -> str:
        return self.url + self.ready_path

    @property
    def command(self) -> tuple[str, ...]:
        return (str(ROOT / self.python / "bin/python"), "-m", self.name)


_PRIVATE: Final = (
    ("backend", ".venv", "/readyz", "SHOUWEN_BACKEND_URL", "http://127.0.0.1:8100"),
    ("actions", ".venv", "/readyz", "SHOUWEN_ACTIONS_URL", "http://127.0.0.1:5055"),
    ("engine", ".venv-rasa", "/webhooks/shouwen/", "SHOUWEN_ENGINE_URL", "http://127.0.0.1:5005"),
)


def services(environ: Mapping[str, str]) -> tuple[Service, ...]:
    """In the order of their start: who is called comes before who calls. Raises CannotStart."""
    private = tuple(
        _private(name, python, ready_path, setting, environ.get(setting) or default)
        for name, python, ready_path, setting, default in _PRIVATE
    )
    port = environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise CannotStart(f"PORT must be a number from 1 to 65535, not {port!r}")
    host = environ.get("HOST") or "0.0.0.0"  # noqa: S104 - the public process
    bot = Service(name="bot", python=".venv", ready_path="/readyz", setting="PORT", host=host, port=int(port))
    return (*private, bot)


def _private(name: str, python: str, ready_path: str, setting: str, url: str) -> Service:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port:
        raise CannotStart(f"{setting} must look like http://127.0.0.1:5000, not {url!r}")
    return Service(name=name, python=python, ready_path=ready_path, setting=setting, host=host, port=port)


def shared_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment, the settings filled in, the secrets made on the first run. Raises CannotStart."""
    var = Path(environ.get("SHOUWEN_VAR") or ROOT / "var").absolute()
    by_name = {service.name: service for service in services(environ)}
    kept = _kept_secrets(var / "secrets.env", given=environ)
    return {
        **environ,
        "OPERATOR": environ.get("OPERATOR") or "jiangxi",
        "PORT": str(by_name["bot"].port),
        "SHOUWEN_VAR": str(var),
        "SHOUWEN_BOT_URL": environ.get("SHOUWEN_BOT_URL") or by_name["bot"].url,
        **{service.setting: service.url for service in by_name.values() if service.setting != "PORT"},
        **kept,
    }


def _kept_secrets(path: Path, *, given: Mapping[str, str]) -> dict[str, str]:
    """What the environment says wins; what neither it nor the file has is made and kept in the file, mode 600."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept: dict[str, str] = {}
    if path.exists():
        for line in path.read_text(encoding="ascii").splitlines():
            name, _, value = line.partition("=")
            kept[name.strip()] = value.strip()
    made = {name: secrets.token_urlsafe(SECRET_BYTES) for name in SECRETS if not given.get(name) and not kept.get(name)}
    if made:
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text("".join(f"{name}={value}\n" for name, value in (kept | made).items()), encoding="ascii")
    return {name: given.get(name) or (kept | made)[name] for name in SECRETS}


def obstacles(planned: tuple[Service, ...]) -> Iterator[str]:
    """A line for each reason why these can't start here: an environment is missing, a port is not free."""
    for folder in sorted({service.python for service in planned}):
        if not (ROOT / folder / "bin/python").exists():
            yield f"The Python of {folder} is missing: run `make environments`."
    seen: dict[int, Service] = {}
    for service in planned:
        if service.port in seen:
            both = f"{seen[service.port].name} and {service.name}"
            yield f"Port {service.port} is meant for {both}: change {service.setting}."
        elif reason := _why_not(service):
            yield f"Port {service.port} ({service.name}) {reason}: {_another(service)}."
        seen[service.port] = service


def _why_not(service: Service) -> str | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((service.host, service.port))
            probe.listen()
        except PermissionError:
            return "is not allowed to us"
        except OSError as taken:
            return f"can't be used ({taken.strerror})" if taken.errno != errno.EADDRINUSE else "is in use"
    return None


def _another(service: Service) -> str:
    port = service.port + 1000 if service.port < 60_000 else service.port - 1000
    if service.setting == "PORT":
        return f"stop what uses it, or choose another with `make run PORT={port}`"
    return f"is shouwen running already? Else choose another with {service.setting}=http://{service.host}:{port}"
