"""What the page sends, read by the shape of its class."""

import json
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from sanic import Request

from bot.errors import NotJson, WrongFields

JSON: Final = "application/json"
Shape = TypeVar("Shape")
_ADAPTERS: Final[dict[Any, TypeAdapter[Any]]] = {}  # each made once, when it is first wanted


def read(request: Request, shape: type[Shape]) -> Shape:
    """The body. Raises NotJson, WrongFields."""
    read: Shape = shaped(shape, body_of(request))
    return read


def body_of(request: Request) -> dict[str, Any]:
    """Only as JSON by its type: a form of another site can't send that. None at all: no fields. Raises NotJson,
    WrongFields."""
    if not request.body:
        return {}
    if request.content_type.partition(";")[0].strip().lower() != JSON:
        raise NotJson
    try:
        fields = json.loads(request.body)
    except (ValueError, RecursionError) as wrong:
        raise NotJson from wrong
    if not isinstance(fields, dict):
        raise WrongFields(what="应是一个 JSON 对象")
    return fields


def shaped(shape: Any, fields: object) -> Any:
    """Raises WrongFields, which names the fields and never what stood in them."""
    try:
        return adapter(shape).validate_python(fields)
    except ValidationError as wrong:
        names = dict.fromkeys(".".join(map(str, error["loc"])) for error in wrong.errors(include_input=False))
    told = "、".join(f"“{name}”" for name in names if name)
    raise WrongFields(what=f"{told or '整个内容'}缺少或不合要求")


def dumped(shape: Any, value: object) -> Any:
    """As JSON can hold it."""
    return adapter(shape).dump_python(value, mode="json")


def adapter(shape: Any) -> TypeAdapter[Any]:
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]
