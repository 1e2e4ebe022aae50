"""What a partner searches by: filters, order, page. Everything wrong is told at one time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, get_args
from urllib.parse import urlencode

from pydantic import TypeAdapter, ValidationError

from backend.api.errors import BadRequest, NotOffered
from backend.domain.vocabulary import Role
from backend.messages.reports import Moment
from backend.ports import Criterion, Operator, Order

DEFAULT_LIMIT: Final = 50
LARGEST_LIMIT: Final = 200

_MOMENT: Final = TypeAdapter(Moment)
_TEXTS: Final[Mapping[str, str]] = {
    "id": "number",
    "name": "subject",
    "ticketType": "ticket_type",
    "status": "status",
    "severity": "grade",
    "externalIdentifier.id": "matter_id",
    "channel.id": "channel",
    "channel.name": "channel",
}
_MOMENTS: Final[Mapping[str, str]] = {
    "creationDate": "accepted_at",
    "requestedResolutionDate": "requested_at",
    "expectedResolutionDate": "expected_at",
    "resolutionDate": "resolved_at",
    "statusChangeDate": "changed_at",
}
SORTABLE: Final[Mapping[str, str]] = {
    name: attribute for name, attribute in {**_TEXTS, **_MOMENTS}.items() if "." not in name
}
_PARTIES: Final[Mapping[str, str]] = {
    Role.CUSTOMER: "contact_phone",
    Role.FIRST_INQUIRY_OWNER: "owner",
    Role.HANDLER: "handler",
    Role.AREA_MANAGER: "area_manager",
}
_CHARACTERISTIC: Final = "troubleTicketCharacteristic."
_CHARACTERISTICS: Final[Mapping[str, str]] = {
    f"{_CHARACTERISTIC}area": "area",
    f"{_CHARACTERISTIC}charterVersion": "charter_version",
    f"{_CHARACTERISTIC}contactPhone": "contact_phone",
    f"{_CHARACTERISTIC}conversation": "conversation",
    f"{_CHARACTERISTIC}district": "district",
    f"{_CHARACTERISTIC}service": "service",
    f"{_CHARACTERISTIC}subject": "subject",
}
_PARTY, _ROLE = "relatedParty.partyOrPartyRole.id", "relatedParty.role"
_NAME, _VALUE = f"{_CHARACTERISTIC}name", f"{_CHARACTERISTIC}value"
_OPERATORS: Final[frozenset[str]] = frozenset(get_args(Operator))
FILTERS: Final = (
    *(f"{name}{operator}" for name in (*_TEXTS, *_CHARACTERISTICS) for operator in ("", ".eq", ".ne")),
    *(_PARTY, _ROLE, _NAME, _VALUE),
)
FILTERS_BY_TIME: Final = tuple(
    f"{name}{operator}" for name in _MOMENTS for operator in ("", *(f".{known}" for known in get_args(Operator)))
)
_NOT_OFFERED: Final = frozenset({"before", "after", "filter"})
_OF_THE_PAGE: Final = frozenset({"fields", "offset", "limit", "sort"})


@dataclass(frozen=True, kw_only=True)
class Search:
    criteria: tuple[Criterion, ...]
    order: tuple[Order, ...]
    offset: int
    limit: int


def search(query: Mapping[str, str]) -> Search:
    """Raises NotOffered, BadRequest."""
    if _NOT_OFFERED & set(query):
        raise NotOffered(what=", ".join(sorted(_NOT_OFFERED & set(query))))
    reading = _Reading(query=query)
    filters = {name: value for name, value in query.items() if name not in _OF_THE_PAGE}
    found = Search(
        criteria=tuple(reading.criteria(filters)),
        order=reading.order(),
        offset=reading.count("offset", default=0),
        limit=min(reading.count("limit", default=DEFAULT_LIMIT), LARGEST_LIMIT),
    )
    if reading.problems:
        raise BadRequest(problems="；".join(reading.problems))
    return found


def links(url: str, query: Mapping[str, str], *, page: Search, total: int) -> str:
    """The Link header (RFC 8288): the first page and the last, and those beside this one."""
    if not page.limit:
        return ""
    offsets = {"first": 0, "last": max(total - 1, 0) // page.limit * page.limit}
    if page.offset > 0:
        offsets["prev"] = max(page.offset - page.limit, 0)
    if page.offset + page.limit < total:
        offsets["next"] = page.offset + page.limit
    return ", ".join(
        f'<{url}?{urlencode({**query, "offset": offset, "limit": page.limit})}>; rel="{rel}"'
        for rel, offset in offsets.items()
    )


@dataclass(frozen=True, kw_only=True)
class _Reading:
    query: Mapping[str, str]
    problems: list[str] = field(default_factory=list)

    def criteria(self, filters: Mapping[str, str]) -> list[Criterion]:
        left = dict(filters)
        read = [self._party(left), self._characteristic(left)]
        read += [self._criterion(name, value) for name, value in left.items()]
        return [criterion for criterion in read if criterion]

    def order(self) -> tuple[Order, ...]:
        names = [name.strip() for name in self.query.get("sort", "creationDate").split(",")]
        unknown = [name for name in names if name.removeprefix("-") not in SORTABLE]
        if unknown:
            self.problems.append(f"sort: unknown {', '.join(unknown)}; of {', '.join(sorted(SORTABLE))}")
        known = [name for name in names if name not in unknown]
        return tuple(
            Order(attribute=SORTABLE[name.removeprefix("-")], descending=name.startswith("-")) for name in known
        )

    def count(self, name: str, *, default: int) -> int:
        text = self.query.get(name, str(default))
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            self.problems.append(f"{name}: not a whole number from 0 up")
            return default
        return int(text)

    def _party(self, left: dict[str, str]) -> Criterion | None:
        """A role says as what the party is meant; without one, as any."""
        roles = left.pop(_ROLE, ",".join(_PARTIES)).split(",") if _ROLE in left or _PARTY in left else []
        if unknown := [role for role in roles if role not in _PARTIES]:
            self.problems.append(f"{_ROLE}: one of {', '.join(_PARTIES)}, not {', '.join(unknown)}")
        elif roles and _PARTY not in left:
            self.problems.append(f"{_ROLE}: only together with {_PARTY}")
        elif roles:
            return self._text(_PARTY, left.pop(_PARTY), *(_PARTIES[role] for role in roles))
        left.pop(_PARTY, None)
        return None

    def _characteristic(self, left: dict[str, str]) -> Criterion | None:
        """`name` and `value` belong together, as in the interface."""
        name, value = left.pop(_NAME, None), left.pop(_VALUE, None)
        if name is None and value is None:
            return None
        if name is None or value is None:
            self.problems.append(f"{_NAME} and {_VALUE}: only together")
            return None
        return self._criterion(f"{_CHARACTERISTIC}{name}", value)

    def _criterion(self, name: str, value: str) -> Criterion | None:
        attribute, _, operator = name.rpartition(".")
        if operator not in _OPERATORS:
            attribute, operator = name, "eq"
        if attribute in _MOMENTS:
            return self._moment(name, value, attribute=_MOMENTS[attribute], operator=operator)
        text = _TEXTS.get(attribute) or _CHARACTERISTICS.get(attribute)
        if text and operator in {"eq", "ne"}:
            return self._text(name, value, text, operator=operator)
        self.problems.append(f"no filter by {name}")
        return None

    def _text(self, name: str, value: str, *attributes: str, operator: str = "eq") -> Criterion | None:
        if "\x00" in value:  # PostgreSQL can't compare it
            self.problems.append(f"{name}: must not contain NUL")
            return None
        return Criterion(attributes=attributes, operator=_operator(operator), values=tuple(value.split(",")))

    def _moment(self, name: str, value: str, *, attribute: str, operator: str) -> Criterion | None:
        try:
            moment = _MOMENT.validate_python(value.replace(" ", "+"))  # a "+08:00" not percent-encoded
        except ValidationError:
            self.problems.append(f"{name}: not a time with its time zone")
            return None
        return Criterion(attributes=(attribute,), operator=_operator(operator), values=(moment,))


def _operator(text: str) -> Operator:
    return next(known for known in get_args(Operator) if known == text)
