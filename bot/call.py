"""python -m bot.call: a telephone call in the terminal, over the signed webhooks; also with piped input."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import uuid4

import httpx
import typer

from bot import call_noise
from bot.channels.hotline import jambonz

SECRET: Final = "SHOUWEN_JAMBONZ_SECRET"  # noqa: S105  the name of the setting
SPEAKERS: Final = ("espeak-ng", "sox")
WITHIN: Final = 10.0  # seconds a platform waits for its webhook
SPOKEN_WITHIN: Final = 60.0
Verbs = list[dict[str, Any]]


class CannotCall(Exception):
    """Why, in one line; no traceback is shown."""


@dataclass
class Caller:
    """Follows the verbs as the platform would. `noise`: None for a recogniser that hears everything as it was said."""

    http: httpx.Client
    secret: str
    phone: str
    noise: random.Random | None = None
    sid: str = field(default_factory=lambda: uuid4().hex)
    heard: list[str] = field(default_factory=list)

    def call(self, lines: Iterator[str]) -> None:
        verbs = self._post("/hotline/start")
        while verbs[-1]["verb"] != "hangup":
            for verb in verbs:
                self._hear(verb.get("text") or verb.get("say", {}).get("text", ""))
            line = next(lines, None) if verbs[-1]["verb"] == "gather" else ""
            if line is None:
                break
            verbs = self._go_on(verbs[-1], line.strip())
        self._post("/hotline/status", call_status="completed")
        typer.echo("（通话结束）")

    def _go_on(self, verb: dict[str, Any], line: str) -> Verbs:
        match verb["verb"]:
            case "gather":
                return self._post(verb["actionHook"], **self._said(line))
            case "enqueue":
                return self._wait(verb)
            case "dial":
                typer.echo("（没有坐席接听）")
                return self._post(verb["actionHook"], dial_call_status="no-answer")
            case _:
                return self._post(verb["actionHook"])

    def _said(self, line: str) -> dict[str, Any]:
        """Nothing is silence, digits are keys, the rest is spoken."""
        if not line:
            return {"reason": "timeout"}
        if all(sign in "0123456789*#" for sign in line):
            return {"reason": "dtmfDetected", "digits": line.rstrip("#") or "#"}
        listed = call_noise.heard(line, dice=self.noise) if self.noise else [(line, 0.95)]
        if self.noise:
            typer.echo(f"（识别为：{'；'.join(text for text, _ in listed)}）")
        alternatives = [{"transcript": text, "confidence": confidence} for text, confidence in listed]
        return {"reason": "speechDetected", "speech": {"is_final": True, "alternatives": alternatives}}

    def _wait(self, verb: dict[str, Any]) -> Verbs:
        """One is served first, then it is the caller's turn."""
        queue = {"queue_sid": f"queue:{verb['name']}", "queue_size": 2}
        for ahead, seconds in ((1, 5), (0, 25)):
            for told in self._post(verb["waitHook"], **queue, queue_position=ahead, queue_time=seconds):
                self._hear(told.get("text", ""))
        return self._post(verb["actionHook"], **queue, queue_time=26, queue_result="leave")

    def _hear(self, text: str) -> None:
        if text:
            self.heard.append(text)
            typer.echo(f"助理：{text}")

    def _post(self, path: str, **told: Any) -> Verbs:
        """Raises CannotCall."""
        call = {"call_sid": self.sid, "from": self.phone, "direction": "inbound", "call_status": "in-progress"}
        body = json.dumps(call | told, ensure_ascii=False).encode()
        signature = jambonz.signature(body=body, secret=self.secret, at=datetime.now(UTC))
        response = self.http.post(path, content=body, headers={jambonz.SIGNATURE: signature})
        if response.status_code != httpx.codes.OK:
            raise CannotCall(f"{path.partition('?')[0]} answered {response.status_code}: {response.text[:200]}")
        verbs: Verbs = response.json()
        return verbs


def typed() -> Iterator[str]:
    """What the caller says, to the end of the input; repeated where it is not seen on the terminal."""
    while True:
        if sys.stdin.isatty():
            typer.echo("> ", nl=False)
        line = sys.stdin.readline()
        if not line:
            return
        if not sys.stdin.isatty():
            typer.echo(f"客户：{line.strip() or '（没有出声）'}")
        yield line


def kept_secret() -> str:
    """As the launcher made it, where the environment says nothing. Raises CannotCall."""
    path = Path(os.environ.get("SHOUWEN_VAR") or "var") / "secrets.env"
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    kept = dict(line.partition("=")[::2] for line in lines)
    secret = os.environ.get(SECRET) or kept.get(SECRET)
    if not secret:
        raise CannotCall(f"{SECRET} is neither set nor in {path}: start the system first (make run)")
    return secret


def speak(texts: list[str], *, into: Path) -> None:
    """One sound file of all that was said. Raises CannotCall."""
    with tempfile.TemporaryDirectory() as folder:
        pieces = [Path(folder) / f"{number:04d}.wav" for number in range(len(texts))]
        commands = [
            ["espeak-ng", "-v", "cmn", "-w", str(piece), text] for piece, text in zip(pieces, texts, strict=True)
        ]
        commands.append(["sox", *map(str, pieces), str(into)])
        for command in commands:
            done = subprocess.run(  # noqa: S603  our own words, no shell
                command, capture_output=True, text=True, check=False, timeout=SPOKEN_WITHIN
            )
            if done.returncode:
                raise CannotCall(f"{command[0]} failed: {done.stderr.strip()[:200]}")


def call(
    url: Annotated[str, typer.Option(help="where the bot listens")] = "",
    phone: Annotated[str, typer.Option(envvar="FROM", help="the caller's number")] = "+8613807911234",
    noise: Annotated[bool, typer.Option(envvar="NOISE", help="hear as a recogniser does")] = False,
    speak_to: Annotated[str, typer.Option("--speak", envvar="SPEAK", help="a .wav of all that is said")] = "",
) -> None:
    """Call the running system: a line is spoken, digits are keys, an empty line is silence, Ctrl-D hangs up."""
    address = url or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    try:
        if speak_to and (missing := [name for name in SPEAKERS if shutil.which(name) is None]):
            raise CannotCall(f"to speak into a file, install {' and '.join(missing)}")
        with httpx.Client(base_url=address, timeout=WITHIN, trust_env=False) as http:
            dice = random.Random() if noise else None  # noqa: S311  noise, not a secret
            caller = Caller(http=http, secret=kept_secret(), phone=phone, noise=dice)
            caller.call(typed())
        if speak_to:
            speak(caller.heard, into=Path(speak_to))
            typer.echo(f"（录音：{speak_to}）")
    except CannotCall as refused:
        sys.exit(f"call: {refused}")
    except httpx.HTTPError as failed:
        sys.exit(f"call: can't reach {address}: {type(failed).__name__}; is the system running (make run)?")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    typer.run(call)
