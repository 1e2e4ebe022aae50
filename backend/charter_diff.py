"""What differs between two charters, entry by entry, as a person reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import timedelta
from enum import Enum

from backend.domain.charter import Charter, Limit

_KEYS = ("key", "job_number", "code", "name")
_OF_EVERY_VERSION = frozenset({"digest", "charter_version"})


@dataclass(frozen=True, kw_only=True)
class Difference:
    """`place` is an entry (`before` or `after` None: it is only in the other) or a field of an entry in both."""

    place: str
    before: str | None
    after: str | None


def differences(*, before: Charter, after: Charter) -> tuple[Difference, ...]:
    return tuple(_differences(dict(entries(before)), dict(entries(after))))


def _differences(old: Mapping[str, dict[str, str]], new: Mapping[str, dict[str, str]]) -> Iterator[Difference]:
    for place in [*old, *(place for place in new if place not in old)]:
        if place not in old:
            yield Difference(place=place, before=None, after=_summary(new[place]))
        elif place not in new:
            yield Difference(place=place, before=_summary(old[place]), after=None)
        else:
            for name, told in new[place].items():
                if told != old[place][name]:
                    yield Difference(place=f"{place}.{name}", before=old[place][name], after=told)


def entries(charter: Charter) -> Iterator[tuple[str, dict[str, str]]]:
    """Each entry by its place, e.g. commitments.general_fault_repair, with its fields in words."""
    for field in fields(charter):
        value = getattr(charter, field.name)
        if field.name in _OF_EVERY_VERSION or value is None:
            continue
        if isinstance(value, Mapping):
            value = tuple(value.values())
        if isinstance(value, tuple):
            for place, entry in enumerate(value, 1):
                name = next((getattr(entry, key) for key in _KEYS if hasattr(entry, key)), place)
                yield f"{field.name}.{name}", fields_in_words(entry)
        else:
            yield field.name, fields_in_words(value)


def fields_in_words(entry: object) -> dict[str, str]:
    """The fields of an entry, each as a person reads it."""
    if not is_dataclass(entry):
        return {"is": _in_words(entry)}
    named = (field.name for field in fields(entry) if field.name not in _OF_EVERY_VERSION)
    return {name: _in_words(getattr(entry, name)) for name in named}


def _in_words(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, Limit):
        return value.text
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, timedelta):
        return f"{value.days} days" if value.days > 1 else f"{value.total_seconds() / 3600:g} hours"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Mapping):
        return "；".join(f"{_in_words(key)} {_in_words(each)}" for key, each in value.items())
    if isinstance(value, frozenset):
        return "、".join(sorted(_in_words(each) for each in value))
    if isinstance(value, tuple):
        return "、".join(_in_words(each) for each in value)
    if is_dataclass(value):
        return " ".join(told for told in fields_in_words(value).values() if told != "–")
    return str(value)


def _summary(entry: Mapping[str, str]) -> str:
    shown = ("label", "name", "role", "limit", "within", "text", "percent", "is")
    return " ".join(entry[name] for name in shown if name in entry) or "；".join(entry.values())
