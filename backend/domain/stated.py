"""Who says what a charter says: every rule and figure names its source and bears its mark."""

from dataclasses import dataclass

from backend.domain.vocabulary import Mark


@dataclass(frozen=True, kw_only=True)
class Stated:
    """`rule`: the numbered service rule, e.g. R1.17."""

    rule: str
    source: str
    mark: Mark
