"""投诉的话: by which words a complaint tells something, asks for amends, or names somebody."""

from __future__ import annotations

import re

from actions.floor import Floor
from backend.domain.labels import COMPLAINT_LABELS
from backend.domain.same_complaint import staff_named
from backend.domain.vocabulary import ComplaintKind

# 我要投诉你们师傅, 投诉, 电话…: that there is a complaint, not what happened.
_BARE = re.compile(
    r"(?:投诉|投訴|举报|反映|提|意见|问题|情况|有|个|件|事|一下|下|我|我们|俺|你|你们|你家|他们|公司|单位|广电|电视台|师傅|人"
    r"|客服|营业厅|营业员|要|想|得|必须|一定|非|不可|现在|今天|马上|就|就是|还|再|说|跟|给|对|向|去|来|打|进行|登记"
    r"|的|了|吧|啊|呀|呢|嗯|呃|哦|喂|那个|这个|您好|你好|请|帮|电话|手机|号码|是|\d|[\s，,。.！!？?、~～-])+"
)
NOTHING = re.compile(
    r"^(?:没有?|没啥|没什么|没得|不用|不需要|不要求|无)(?:了|要求|别的|什么|其他|其它|的)*(?:[\s，,。.！!谢吧啊呀啦哈]|$)"
    r"|没.{0,3}要求|没有?别的"
)
ASKS_REMEDY = re.compile(
    r"退[钱款费我还给回掉]|赔|道歉|道个歉|认错|补偿|给.{0,4}(?:说法|解释|交代|答复)|讨.{0,3}说法"
    r"|开除|处罚|罚他|处分|批评|领导|(?:[叫让找要喊请]|给我).{0,4}(?:经理|主管)|(?:经理|主管).{0,3}[来打回]|减免|免.{0,3}(?:费|月)|换.{0,4}(?:师傅|人)|别让他|(?:给我|把.{0,6})修好|彻底修"
)
_WANTED = re.compile(
    r"^(?!.*(?:[没不](?!然|行)|说好|说过|答应|投诉|吗|呢|谁|怎么))(?:.*(?:要|叫|喊|让|得|必须|给我|[退赔]我))"
)
MORE = re.compile(r"还有|补充|另外|而且|加上|再说")
# The answer to 是同一件事吗.
ANOTHER = re.compile(r"不是|另[一外]|别的|两回事|不一样|不同|新的")
THE_SAME = re.compile(r"同一|一回事|一件事|就是(?:那|上|这|之前)|还是(?:那|上|这|之前)|上[次回]那")


def remedy_in(text: str) -> str:
    """What of a story already says what would make it good: 我要赔偿，叫你们领导来."""
    clauses = re.split(r"[，,。；;！!？?\s]+", text)
    return "，".join(clause for clause in clauses if ASKS_REMEDY.search(clause) and _WANTED.search(clause))


def tells(text: str) -> bool:
    """Whether a complaint says more than that it is one (我要投诉)."""
    return _BARE.fullmatch(text) is None


def description(floor: Floor) -> str:
    """The complaint as it stands on the ticket: what happened, what is wanted, who and which ticket is meant."""
    story, remedy, ticket = (floor.recall(f"complaint_{part}") or "" for part in ("story", "remedy", "about"))
    parts = {
        f"投诉{COMPLAINT_LABELS[ComplaintKind(floor.recall('complaint_kind'))]}": story,
        "希望": remedy,
        "涉及人员": "、".join(staff_named(story)),
        "涉及工单": ticket,
    }
    return "；".join(f"{heading}：{said}" for heading, said in parts.items() if said or heading.startswith("投诉"))
