"""JSON lines on stderr. What a customer wrote never gets in: neither text, nor phone, nor address."""

from __future__ import annotations

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import datetime, timezone
from types import TracebackType
from typing import Any, Dict, List, Optional

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")

_DIGITS = re.compile(r"\+?\d(?:[\s-]?\d){6,}")
_HAN = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff\s，。！？、；：]*")
_EXTRA = ("event_kind", "path", "status", "took_ms", "events", "action", "reason", "replayed", "renewed", "intent")


class JsonLines(logging.Formatter):
    """One object a line: when, how bad, who, what, and the correlation id of the turn."""

    def format(self, record: logging.LogRecord) -> str:
        line: Dict[str, Any] = {
            "timestamp": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": "engine",
            "logger": record.name,
            "event": hidden(record.getMessage().splitlines()[0] if record.getMessage() else ""),
        }
        if correlation_id.get():
            line["correlation_id"] = correlation_id.get()
        line.update({name: getattr(record, name) for name in _EXTRA if hasattr(record, name)})
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["frames"] = frames(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def hidden(text: str) -> str:
    """Numbers that may be phones are masked, and Chinese, which only customers and replies write, is left out."""
    return _HAN.sub("…", _DIGITS.sub("[number]", text))


def frames(trace: Optional[TracebackType]) -> List[str]:
    """Where it happened. The exception's own words stay out: they may quote the customer."""
    found: List[str] = []
    while trace:
        code = trace.tb_frame.f_code
        found.append(f"{'/'.join(code.co_filename.split('/')[-3:])}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-12:]


def configure(level: int = logging.INFO) -> None:
    """All of Rasa, Sanic and our own through one handler; structlog hands over the event name alone."""
    import structlog

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)  # what they say about our data was said in training
    for name in ("apscheduler", "sanic.access", "sanic.root", "asyncio", "matplotlib"):
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _event_only],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _event_only(_logger: Any, _method: str, event: Dict[str, Any]) -> str:
    return str(event.get("event", ""))
