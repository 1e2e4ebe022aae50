"""What the WeChat channel itself says, beside the dialogue."""

from typing import Final

from backend.domain.areas import Area
from backend.domain.charter import Charter

UNHEARD: Final = "抱歉，语音我这边听不出文字。麻烦您打字告诉我，用输入法的语音输入也行。"
UNREADABLE: Final = "这类消息我看不了。您可以打字告诉我，故障照片也可以直接发来。"
PHOTO_LOST: Final = "抱歉，您刚才发的照片我这边没能收到，请再发一次；不方便的话，打字说说也行。"
CHOOSE: Final = "先由机器人回答，随时可以转人工。您可以直接打字说事，也可以选："
PERSONAL_DATA: Final = (
    "说明：您在这里发的文字、照片，以及登记时留下的电话和地址，{operator}会保存，只用来办您的事。"
    "请不要发身份证号、银行卡号和密码。想查看、更正或删除，请说“转人工”。"
)


def welcome(charter: Charter) -> str:
    """欢迎语, what is kept of the customer and why, and what can be said here."""
    personal = PERSONAL_DATA.format(operator=charter.operator.name)
    return f"{charter.wording.greeting}\n\n{personal}\n\n{CHOOSE}"


def place_without_words(charter: Charter) -> str:
    return f"位置收到了，但没有带地址文字。请您把地址打给我，比如：{charter.wording.address_example}"


def contact_card(charter: Charter, area: Area) -> str:
    """片区联系卡: who manages the area and who does the repairs there (R3.1, R4.1)."""
    manager = charter.member(area.manager)
    phone = manager.phone if manager else charter.operator.hotline
    lines = [f"{area.name}{_mark(sample=area.sample)}", f"片区客户经理：工号 {area.manager}，电话 {phone}"]
    for number in area.team:
        member = charter.member(number)
        lines.append(f"维护人员：工号 {number}" + (f"，电话 {member.phone}" if member else ""))
    if charter.operator.hotline:
        lines.append(f"服务热线：{charter.operator.hotline}")
    lines.append(f"监督电话：{charter.operator.supervision_phone}")
    return "\n".join(lines)


def _mark(*, sample: bool) -> str:
    return "（示例）" if sample else ""
