"""推荐: a package or box that fits, from what is posted (R9.4); what is not posted is answered by a person."""

from __future__ import annotations

import re

from actions import fee, services
from actions.answers import Answer
from actions.floor import Floor
from actions.parts import Parts
from backend.domain.posted import Fee
from backend.domain.vocabulary import Need, Service

_INTENT = "ask_recommend_stb_or_package"
_MOST = 3
_WORDS = {
    Need.BROADBAND: re.compile(r"宽带|上网|网课|网速|直播|游戏|兆|路由|[wW][iI]-?[fF][iI]|流量|带网"),
    Need.MORE_SETS: re.compile(r"[几两二三四五多23456]台|副机|副终端|每个房间|包间|[几两三]间"),
    Need.HD: re.compile(r"高清|[4四]\s*[Kk]|超清|智能电视|机顶盒|盒子"),
    Need.TV: re.compile(r"(?:只|光|就|单)看(?:看)?电视|看看?电视|看新闻|新装"),
}


def needs(text: str) -> list[Need]:
    named = [need for need, words in _WORDS.items() if words.search(text)]
    return [need for need in named if need is not Need.TV] or named


def fitting(wanted: list[Need], fees: tuple[Fee, ...]) -> list[Fee]:
    return [each for need in wanted for each in fees if need in each.suits]


# What a recommendation is wished with; 就我跟老伴两个人看看电视 wishes none.
_WISH = re.compile(
    r"推荐|介绍|套餐|适合|合适|划算|便宜|实惠|[哪啥]|什么|怎么|多少|[想要换买装办加升订开选配]|盒|高清|最"
)


def _recommend(floor: Floor, parts: Parts) -> None:
    if not (floor.turn.asks or _WISH.search(floor.turn.text)) and floor.turn.slots.get("awaited_answer") != _INTENT:
        floor.say("utter_please_say")
        return
    charter, wanted = parts.charter, needs(floor.turn.text)
    broadband = Need.BROADBAND in wanted
    if services.declines(floor, charter, of=Service.BROADBAND if broadband else Service.TV if wanted else None):
        return
    fits = fitting(wanted, charter.fees)[:_MOST]
    answered = floor.turn.slots.get("awaited_answer") == _INTENT  # what was asked back is asked once
    if fits:
        _tell(floor, fits)
    elif not wanted and not answered and any(each.suits for each in charter.fees):
        _ask_back(floor)
    else:
        _not_posted(floor, parts)


def _tell(floor: Floor, fits: list[Fee]) -> None:
    offers = "".join(fee.told(each) for each in fits)
    if floor.turn.active_form:
        floor.say("utter_as_said", text=offers)
        return
    floor.note_question()
    floor.say("utter_recommended", offers=offers)


def _ask_back(floor: Floor) -> None:
    if floor.turn.active_form:
        floor.say("utter_recommend_later")
        return
    floor.remember(awaited_answer=_INTENT)
    floor.say("utter_recommend_for_what")


def _not_posted(floor: Floor, parts: Parts) -> None:
    if floor.turn.active_form:
        floor.say("utter_not_on_file_in_form", hotline=parts.charter.operator.hotline)
        return
    floor.note_question()
    floor.say("utter_recommendation_not_on_file")


ANYWHERE: dict[str, Answer] = {_INTENT: _recommend}
