"""险情: what to do is said before anything else."""

from __future__ import annotations

from actions.floor import Floor
from backend.domain.charter import Charter
from backend.domain.danger import GENERAL, dangers_in


def warn(floor: Floor, charter: Charter) -> None:
    texts = charter.wording.danger
    dangers = [danger for danger in dangers_in(floor.turn.text) if danger in texts] or [GENERAL]
    floor.say("utter_danger", what_to_do="".join(texts[danger] for danger in dangers))
