"""What is said in one turn is heard in its order, also where some of it has to be looked up first."""

from functools import partial

from rasa_sdk.executor import CollectingDispatcher

from actions.floor import Floor
from tests.unit.actions.test_turn import a_turn


async def test_what_is_said_after_something_looked_up_waits_for_it():
    dispatcher = CollectingDispatcher()
    floor = Floor(dispatcher=dispatcher, turn=a_turn())

    async def look(name: str) -> None:
        floor.say(f"utter_{name}")
        if name == "first":
            floor.find_out(partial(look, "found_on_the_way"))

    floor.say("utter_before")
    floor.find_out(partial(look, "first"))
    floor.say("utter_between")
    floor.find_out(partial(look, "second"))
    floor.say("utter_after")
    await floor.all_said()

    assert [reply["response"].removeprefix("utter_") for reply in dispatcher.messages] == [
        "before", "first", "found_on_the_way", "between", "second", "after",
    ]  # fmt: skip
