"""Regular expressions from word lists that can be read."""

from __future__ import annotations


def any_of(*lists: str) -> str:
    """One of the words, which stand in the lists with spaces between them; the first that fits wins."""
    return "(?:" + "|".join(" ".join(lists).split()) + ")"
