"""闲谈与应答: greetings, thanks, anger without a matter, and whether we are a machine."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import commitment, contact, services, unclear
from actions.answers import Answer, Answers
from actions.floor import Floor
from actions.form import form_of
from actions.parts import Parts
from actions.turn import Turn
from backend.domain.charter import Charter

# 你们存我的信息干嘛, 我的电话会不会泄露.
_OF_MY_DATA = re.compile(
    r"(?:存|留|收集|保存|拿).{0,3}我.{0,3}(?:信息|资料|隐私|个人)|隐私|(?:信息|电话|号码|资料).{0,6}(?:泄[露漏]|卖[给掉])"
)
# 我想问一下: nothing yet to be understood.
_OPENING = re.compile(
    r"(?:[我想要嗯哦喂请有个，, 。.啊呀吧哈]|[您你]好|麻烦|(?:问|咨询|请教|打听|反映)(?:一下)?|[一件点]?[些事儿]情?"
    r"|问题|情况)+"
)
_GREETING = re.compile(r"[喂嗯哦，, ]*[你您]们?好|喂|师傅好")
_MORE = re.compile(r"(?:嗯|有的?|[，, ])*还有(?!什么|啥)")


# Whoever is asked 还有别的事吗 and has nothing more; 有 and 对 say that there is something.
_NO_MORE = re.compile(
    r"(?:没(?:有|得|啥|事)?|冇(?:得|有)?|莫得|无|好|行|嗯|哦|噢|可以|知道|明白|晓得|随便|不用|算|就这[样些]?|先这样)"
    r"(?:什么|事|别的|好|行|嗯|哦|[了的啊呀嘛吧哈呢哒咯么，,。.！! ])*"
)
_ASKED_MORE, _ASKED_WHAT = "还有别的事吗", "请您说说是什么事"
_KEYS = 2  # digits that no menu asked for


def waits(floor: Floor) -> bool:
    """等一下等一下: somebody goes to look, and nothing is asked of us."""
    if not floor.turn.waits:
        return False
    floor.say("utter_take_your_time")
    return True


def take_up(floor: Floor, charter: Charter) -> bool:
    """What is too short to mean anything but the answer to what we said last, or to nothing."""
    turn = floor.turn
    if turn.active_form:
        return False
    asked_more, asked_what = (any(words in text for text in turn.last_said) for words in (_ASKED_MORE, _ASKED_WHAT))
    if asked_more and _NO_MORE.fullmatch(turn.text):
        floor.say("utter_goodbye")
    elif asked_what and (turn.intent in {"affirm", "dont_know", "skip_self_check"} or turn.text == "随便"):
        floor.say("utter_please_say_again", buttons=services.ways_on(charter))
    elif floor.recall("awaited_answer"):
        return False
    elif turn.text.isdigit() and len(turn.text) <= _KEYS and turn.intent != "nlu_offer":
        floor.say("utter_not_understood", buttons=services.ways_on(charter))
    elif choices := services.of_the_service(turn.text, charter):
        floor.say("utter_choices_offered", buttons=choices, choices="，还是".join(choices))
    else:
        return False
    return True


def _saying(response: str) -> Answer:
    def answer(floor: Floor, parts: Parts) -> None:
        operator = parts.charter.operator
        floor.say(response, operator=operator.short_name, hotline=operator.hotline)

    return answer


def _greet(floor: Floor, parts: Parts) -> None:
    """Who has been greeted and tells of the family is asked for the matter."""
    again = floor.turn.last_said and not _GREETING.match(floor.turn.text)
    _saying("utter_please_say" if again else "utter_greet")(floor, parts)


def _patience(floor: Floor, parts: Parts) -> None:
    floor.say("utter_patience_in_form" if floor.turn.active_form else "utter_patience")


def _no_more(floor: Floor, parts: Parts) -> None:
    """没有了; but 还有 to 还有别的事吗 is a yes."""
    _saying("utter_please_say" if _MORE.match(floor.turn.text) else "utter_goodbye")(floor, parts)


def _repeat(floor: Floor, parts: Parts) -> None:
    """In a form the question itself is asked again; between forms what we said last."""
    if floor.turn.active_form:
        floor.say("utter_repeating")
    elif floor.turn.last_said:
        for text in floor.turn.last_said:
            floor.say("utter_as_said", text=text)
    else:
        floor.say("utter_greet", operator=parts.charter.operator.short_name)


ANYWHERE: dict[str, Answer] = {
    "greet": _saying("utter_greet_briefly"),
    "ask_are_you_bot": _saying("utter_i_am_a_bot"),
    "praise": _saying("utter_praise_thanked"),
    "abuse": _patience,
    "repeat": _repeat,
    "thanks": _saying("utter_welcome"),
}
BETWEEN: dict[str, Answer] = {
    "greet": _greet,
    "thanks": _saying("utter_welcome_and_more"),
    "goodbye": _saying("utter_goodbye"),
    "deny": _no_more,
    "cancel": _saying("utter_nothing_to_leave"),
    "affirm": _saying("utter_please_say"),
    "dont_know": _saying("utter_please_say"),
    "skip_self_check": _saying("utter_please_say"),
}


class NotUnderstood(Action):
    """Two misunderstandings in a row: said honestly, with choices and a person."""

    def __init__(self, parts: Parts, answers: Answers) -> None:
        self._parts = parts
        self._answers = answers

    def name(self) -> str:
        return "action_not_understood"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        floor = Floor(dispatcher=dispatcher, turn=Turn.of(tracker))
        contact.listen(floor, self._parts.charter)  # a long story: its phone and address are not asked for again
        charter = self._parts.charter
        if floor.turn.is_english:
            floor.say("utter_english", hotline=charter.operator.hotline)
        elif self._answers.goes_on(floor):
            self._answers.offer(floor)
        elif _OPENING.fullmatch(floor.turn.text):
            floor.say("utter_please_say")
        elif _GREETING.match(floor.turn.text) and floor.turn.before is None and floor.turn.intent != "out_of_scope":
            floor.say("utter_greet", operator=charter.operator.short_name)  # 您好，我是老周，今年七十六了
        elif _OF_MY_DATA.search(floor.turn.text):
            floor.say("utter_personal_data")
        elif commitment.tell_pledge(floor, self._parts) or self._awaited(floor):
            pass
        elif meant := unclear.meant(floor, charter):
            floor.remember(next_matters=[{**floor.turn.as_noted(), "intent": meant}])
            floor.then(form_of({"intent": meant}))
        elif floor.turn.misunderstood_before and floor.turn.agents_here:
            floor.hand_over("misunderstood", saying="utter_handed_over_not_understood")
        elif floor.turn.misunderstood_before:
            ways_on = services.ways_on(charter)
            floor.say("utter_not_understood_again", buttons=ways_on, hotline=charter.operator.hotline)
        elif floor.turn.intent == "out_of_scope":
            offered = services.named(services.offered(charter))
            floor.say("utter_out_of_scope", operator=charter.operator.short_name, services=offered)
        else:
            floor.say("utter_not_understood", buttons=services.ways_on(charter))
        await floor.all_said()
        return floor.events()

    def _awaited(self, floor: Floor) -> bool:
        return floor.turn.intent != "out_of_scope" and self._answers.give_awaited(floor)
