"""A quick start: TensorFlow and its company are not loaded to train and serve rules and a linear model.

Rasa imports them for policies and classifiers we do not use: 14 s of start-up and 250 MB here, 5 s without.
tests/engine trains and serves a model this way.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Optional, Sequence, Tuple

UNUSED = (
    "tensorflow",
    "tensorflow_hub",
    "tensorflow_text",
    "keras",
    "matplotlib",
    "sklearn",
    "sklearn_crfsuite",
    "skops",
)


def leave_out(names: Sequence[str] = UNUSED) -> None:
    """Before Rasa is imported."""
    sys.meta_path.insert(0, _Absent(tuple(names)))


class _Named(type):
    """A class for whatever is asked of an absent module: fit to be a base class or an annotation, and no more."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Named(name, (), {})

    def __call__(cls, *given: Any, **named: Any) -> Any:
        if cls.__module__ != __name__:  # a subclass of Rasa's
            return super().__call__(*given, **named)
        if len(given) == 1 and callable(given[0]):  # used as a decorator
            return given[0]
        return _Named(cls.__name__, (), {})


class _AbsentModule(ModuleType):
    __path__: Sequence[str] = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Named(name, (), {})


class _Absent(MetaPathFinder, Loader):
    def __init__(self, names: Tuple[str, ...]) -> None:
        self._names = names

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Optional[ModuleSpec]:
        return ModuleSpec(fullname, self, is_package=True) if fullname.split(".")[0] in self._names else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return None
