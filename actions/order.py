"""业务办理: how it is done, and all the materials at one time (R2.4)."""

from __future__ import annotations

from actions.answers import Answer
from actions.floor import Floor
from actions.parts import Parts
from backend.domain.posted import Process

PROCESS_OF_INTENT = {
    "ask_process_install": "install",
    "ask_process_relocate": "relocate",
    "ask_process_suspend": "suspend",
    "ask_process_resume": "resume",
    "ask_process_transfer_owner": "transfer",
    "ask_process_pay": "pay",
    "ask_process_paid_channel": "paid_channel",
    "ask_process_broadband": "broadband",
}


def process_named(text: str, processes: dict[str, Process]) -> Process | None:
    named = [(alias, process) for process in processes.values() for alias in (*process.aliases, process.label)]
    return max(((a, p) for a, p in named if a in text), key=lambda pair: len(pair[0]), default=(None, None))[1]


def _process(floor: Floor, parts: Parts) -> None:
    process = parts.charter.processes.get(PROCESS_OF_INTENT[floor.turn.intent])
    _tell(floor, parts, process)


def _materials(floor: Floor, parts: Parts) -> None:
    process = process_named(floor.turn.text, dict(parts.charter.processes))
    if process is None:
        floor.say("utter_which_process")
    else:
        _tell(floor, parts, process)


def _tell(floor: Floor, parts: Parts, process: Process | None) -> None:
    if process is None:
        floor.note_question()
        floor.say("utter_process_not_on_file", hotline=parts.charter.operator.hotline)
        return
    floor.say(
        "utter_process" if process.materials else "utter_process_without_materials",
        label=process.label,
        steps="；".join(process.steps),
        materials="、".join(process.materials),
        source=f"{process.source}{f'，{process.as_of}' if process.as_of else ''}{'，示例' if process.sample else ''}",
    )


def _recommend(floor: Floor, parts: Parts) -> None:
    floor.note_question()
    floor.say("utter_not_on_file")


ANYWHERE: dict[str, Answer] = {
    **dict.fromkeys(PROCESS_OF_INTENT, _process),
    "ask_materials": _materials,
    "ask_recommend_stb_or_package": _recommend,
}
