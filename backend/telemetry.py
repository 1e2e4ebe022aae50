"""JSON lines on stderr, a correlation id in every line of a turn, no phone number or address in any."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Final, TextIO
from uuid import uuid4

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

CORRELATION_HEADER: Final = "X-Correlation-Id"
HIDDEN: Final = "***"

# What a customer says or leaves behind is never logged under these keys, whatever stands in it.
_PERSONAL: Final = frozenset(
    {"address", "contact_phone", "contactPhone", "customer", "description", "phone", "requested_text", "text"}
)
# These are ours; a run of digits inside an id is no phone.
_IDENTIFIERS: Final = frozenset(
    {"correlation_id", "conversation", "matter_id", "message_id", "process", "ticket_number", "timestamp"}
)
_PHONE: Final = re.compile(
    r"""(?<![0-9A-Za-z])(?:
        \+[1-9](?:[ -]?\d){6,14}                            # E.164
      | (?:86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}            # mobile 手机
      | (?:0|86[ -]?0?)[1-9]\d{1,2}[ -]?\d{3,4}[ -]?\d{4}  # landline with its area code 固话
      | [2-9]\d{6,7}                                        # landline without
    )(?![0-9A-Za-z])""",
    re.VERBOSE,
)
_CORRELATION: Final = re.compile(r"[\w.:-]{1,64}")


def new_correlation_id() -> str:
    return uuid4().hex


def accepted_correlation_id(sent: str | None) -> str:
    """What came in the header when it is a plain id, else a new one: a header may not write into the log."""
    return sent if sent and _CORRELATION.fullmatch(sent) else new_correlation_id()


def bind(*, correlation_id: str) -> None:
    """For the lines of this turn, and only in this task."""
    structlog.contextvars.bind_contextvars(correlation_id=correlation_id)


def mask(value: object) -> object:
    """The same value with everything that looks like a phone number hidden."""
    match value:
        case bool() | float() | None:
            return value
        case str():
            return _PHONE.sub(HIDDEN, value)
        case int():
            return HIDDEN if _PHONE.search(str(value)) else value
        case Mapping():
            return {str(key): _masked(str(key), inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [mask(inner) for inner in value]
        case _:
            return _PHONE.sub(HIDDEN, str(value))


def mask_personal(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {key: _masked(key, value) for key, value in event.items() if key not in _STRUCTLOG} | {
        key: event[key] for key in _STRUCTLOG if key in event
    }


_STRUCTLOG: Final = ("_record", "_from_structlog")


def _masked(key: str, value: object) -> object:
    if key in _PERSONAL:
        return HIDDEN if value is not None else None
    return value if key in _IDENTIFIERS else mask(value)


def configure(*, process: str, stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Once, at the start of a process. Lines of the libraries (stdlib logging) take the same way."""

    def name_the_process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        name_the_process,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                mask_personal,  # last, so that tracebacks and the libraries' lines pass through it too
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("httpx", "httpcore", "sanic.access", "alembic", "asyncio"):
        logging.getLogger(chatty).setLevel(max(level, logging.WARNING))
