"""What a customer says for each intent, with what the extractor finds in it, and what leads to each question."""

from __future__ import annotations

from tests.contract.answered import (
    ACCOUNT_NUMBER,
    GUARDED,
    GUARDED_ACCOUNT,
    GUARDED_DIGITS,
    NUMBER,
    OF_AN_ORDER,
    SETTLED,
)
from tests.contract.talk import Said
from tests.factories import rows

SAID = {
    row["intent"]: Said(
        text=row["text"],
        intent=row["intent"],
        entities=tuple((name, value) for name, _, value in (found.partition("=") for found in row["found"].split())),
    )
    for row in rows(f"""
        intent                           | text                         | found
        report_fault_no_signal           | 电视没信号                   |
        report_fault_picture             | 电视全是马赛克               |
        report_fault_stb                 | 机顶盒坏了                   |
        report_fault_remote              | 遥控器按了没反应             |
        report_fault_broadband_down      | 宽带上不了网                 |
        report_fault_broadband_slow      | 网速太慢                     |
        report_fault_vod                 | 点播打不开                   |
        report_fault_area                | 我们整栋楼都看不了           |
        report_fault_telephone           | 固定电话没有拨号音           |
        report_danger                    | 有根线掉下来拖在地上         |
        skip_self_check                  | 都试过了，直接报修           |
        complain_attitude                | 你们师傅态度太差             |
        complain_overdue                 | 说好昨天来，到现在没人       |
        complain_fee                     | 你们乱收我的费               |
        complain_repeat_fault            | 修了三次又坏                 |
        complain_other                   | 踢皮球，没人管               |
        ask_process_install              | 装有线电视怎么办             |
        ask_process_relocate             | 我要移机                     |
        ask_process_suspend              | 我要报停                     |
        ask_process_resume               | 怎么恢复开通                 |
        ask_process_transfer_owner       | 我要过户                     |
        ask_process_pay                  | 在哪里交费                   |
        ask_process_paid_channel         | 付费频道怎么订               |
        ask_process_broadband            | 怎么办宽带                   |
        ask_materials                    | 过户要带什么材料             |
        ask_recommend_stb_or_package     | 哪个套餐适合我               |
        report_key_customer_or_special   | 我行动不便，想请人上门       |
        supply_materials                 | 材料我补好了                 |
        ask_fee                          | 你们修一次要不要钱           |
        ask_concession                   | 低保有优惠吗                 |
        ask_arrears_or_balance           | 我家欠费没有                 |
        ask_outlet                       | 红谷滩哪里有营业厅           | address=红谷滩
        ask_hotline_or_supervision_phone | 客服电话是多少               |
        ask_area_manager                 | 八一家园归谁管               | address=八一家园
        inform_phone                     | 13507914421                  | phone=+8613507914421
        inform_address                   | 西湖区抚生路240号5栋602      | address=西湖区抚生路240号5栋602
        inform_time                      | 明天下午三点                 | time=明天下午三点
        inform_name                      | 我姓王                       |
        inform_ticket_number             | {NUMBER}                     | ticket_number={NUMBER}
        correction                       | 说错了                       |
        dont_know                        | 不知道                       |
        ask_commitment                   | 你们多久能修好               |
        ask_outage                       | 今天停机检修吗               |
        ticket_progress                  | 我的单子办到哪了             |
        ticket_urge                      | 帮我催一下                   |
        change_appointment               | 上门时间我要改一下           |
        cancel_ticket                    | 把我上次的单子撤了           |
        return_visit_satisfied           | 好了，能看了                 |
        return_visit_unsatisfied         | 修完还是没好                 |
        bind_phone                       | 我要绑定手机号               |
        unbind_phone                     | 解绑手机号                   |
        resend_code                      | 没收到，请重发验证码         |
        request_human                    | 转人工                       |
        request_answer                   | 请人答复我                   |
        greet                            | 你好                         |
        thanks                           | 谢谢                         |
        goodbye                          | 再见                         |
        affirm                           | 对                           |
        deny                             | 不是                         |
        cancel                           | 先不办了                     |
        repeat                           | 再说一遍                     |
        ask_are_you_bot                  | 你是机器人吗                 |
        praise                           | 你们服务真好                 |
        abuse                            | 你们这帮废物                 |
        out_of_scope                     | 今天天气怎么样               |
        nlu_fallback                     | 呃那个那个就是那个           |
    """)
}


def _place(text: str) -> Said:
    return Said(text=text, intent="inform_address", entities=(("address", text),))


def _number(text: str) -> Said:
    return Said(text=text, intent="inform_ticket_number", entities=(("ticket_number", text),))


_WORKS = Said(text=f"工单{SETTLED}修好了", intent="return_visit_satisfied", entities=(("ticket_number", SETTLED),))
FIVE = Said(text="5分", intent="nlu_fallback")
_WRONG_PHONE = Said(text="13800000000", intent="inform_phone", entities=(("phone", "+8613800000000"),))
_DOOR = "红谷滩区丰和北大道66号3栋502"
_NO_SIGNAL = SAID["report_fault_no_signal"]
_TRIED = SAID["skip_self_check"]
_PHONE = Said(text="13807911234", intent="inform_phone", entities=(("phone", "+8613807911234"),))
_HALF_A_PHONE = Said(text="1380791", intent="inform_phone", entities=(("phone_part", "1380791"),))
_ACCOUNT = Said(text=ACCOUNT_NUMBER, intent="ask_arrears_or_balance", entities=(("account_number", ACCOUNT_NUMBER),))
_WRONG_DIGITS = Said(text="4321", intent="inform_phone", entities=(("last_four", "4321"),))
_GUARDED_ACCOUNT = Said(
    text=f"{GUARDED_ACCOUNT} {GUARDED_DIGITS}",
    intent="ask_arrears_or_balance",
    entities=(("account_number", GUARDED_ACCOUNT), ("last_four", GUARDED_DIGITS)),
)
_BIND_THIS = Said(text="绑定13807911234", intent="bind_phone", entities=(("phone", "+8613807911234"),))
_ARREARS = SAID["ask_arrears_or_balance"]
_BARE_COMPLAINT = Said(text="我要投诉", intent="complain_other")
_COMPLAINT = (SAID["complain_attitude"], SAID["dont_know"])
_FEE = (SAID["complain_fee"], SAID["dont_know"])
_ORDER = (SAID["ask_process_install"], SAID["affirm"])
_READ_BACK = (_NO_SIGNAL, _TRIED, _place(_DOOR), _PHONE)

# Question (form, slot, which state of it) → what was said before it is asked.
QUESTIONS = {
    "fault_form fault_kind": (*_READ_BACK, Said(text="故障说得不对", intent="correction")),
    "fault_form fault_service": (SAID["report_fault_area"],),
    "fault_form fault_self_check": (_NO_SIGNAL,),
    "fault_form account_number": (_NO_SIGNAL, _ARREARS),
    "fault_form account_number anew": (_NO_SIGNAL, _ARREARS, _ACCOUNT, _WRONG_DIGITS),
    "fault_form account_last_four": (_NO_SIGNAL, _ARREARS, _ACCOUNT),
    "fault_form binding_code": (_NO_SIGNAL, _ARREARS, _GUARDED_ACCOUNT),
    "fault_form fault_known": (_NO_SIGNAL, _TRIED, _place("湾里区幸福路8号")),
    "fault_form contact_address": (_NO_SIGNAL, _TRIED),
    "fault_form contact_address door": (_NO_SIGNAL, _TRIED, _place("红谷滩区")),
    "fault_form contact_address house": (_NO_SIGNAL, _TRIED, _place("东湖区民德路")),
    "fault_form contact_address district": (_NO_SIGNAL, _TRIED, _place("丰和北大道66号3栋502")),
    "fault_form contact_phone": (_NO_SIGNAL, _TRIED, _place(_DOOR)),
    "fault_form contact_phone rest": (_NO_SIGNAL, _TRIED, _place(_DOOR), _HALF_A_PHONE),
    "fault_form fault_wrong_part": (*_READ_BACK, SAID["deny"]),
    "fault_form fault_confirmed": _READ_BACK,
    "complaint_form complaint_story": (_BARE_COMPLAINT,),
    "complaint_form complaint_joins": (*_FEE, _PHONE, SAID["affirm"], SAID["complain_fee"]),
    "complaint_form complaint_remedy": (SAID["complain_attitude"],),
    "complaint_form contact_phone": _COMPLAINT,
    "complaint_form contact_phone rest": (*_COMPLAINT, _HALF_A_PHONE),
    "complaint_form complaint_wrong_part": (*_COMPLAINT, _PHONE, SAID["deny"]),
    "complaint_form complaint_confirmed": (*_COMPLAINT, _PHONE),
    "order_form contact_address": _ORDER,
    "order_form contact_address door": (*_ORDER, _place("红谷滩区")),
    "order_form contact_address new": (SAID["ask_process_relocate"], SAID["affirm"]),
    "order_form contact_phone": (*_ORDER, _place(_DOOR)),
    "order_form contact_phone rest": (*_ORDER, _place(_DOOR), _HALF_A_PHONE),
    "order_form order_wrong_part": (*_ORDER, _place(_DOOR), _PHONE, SAID["deny"]),
    "order_form order_confirmed": (*_ORDER, _place(_DOOR), _PHONE),
    "question_form question_text": (SAID["request_human"], _TRIED),
    "question_form contact_phone": (SAID["request_human"],),
    "question_form question_confirmed": (SAID["request_human"], _PHONE),
    "appointment_form meant_ticket": (SAID["change_appointment"],),
    "appointment_form meant_last_four": (SAID["change_appointment"], SAID["inform_ticket_number"]),
    "appointment_form appointment_time": (SAID["change_appointment"], SAID["inform_ticket_number"], _PHONE),
    "cancellation_form meant_ticket": (SAID["cancel_ticket"],),
    "cancellation_form meant_last_four": (SAID["cancel_ticket"], SAID["inform_ticket_number"]),
    "cancellation_form cancellation_confirmed": (SAID["cancel_ticket"], SAID["inform_ticket_number"], _PHONE),
    "materials_form meant_ticket": (SAID["supply_materials"],),
    "materials_form meant_last_four": (SAID["supply_materials"], _number(OF_AN_ORDER)),
    "materials_form materials_in_hand": (SAID["supply_materials"], _number(OF_AN_ORDER), _PHONE),
    "return_visit_form visit_fault": (SAID["return_visit_unsatisfied"],),
    "return_visit_form meant_ticket": (_WORKS, _WRONG_PHONE),
    "return_visit_form meant_last_four": (_WORKS,),
    "return_visit_form visit_satisfaction": (_WORKS, _PHONE),
    "return_visit_form visit_conduct": (_WORKS, _PHONE, FIVE),
    "account_form account_number": (_ARREARS,),
    "account_form account_last_four": (_ARREARS, _ACCOUNT),
    "binding_form binding_phone": (SAID["bind_phone"],),
    "binding_form binding_code": (_BIND_THIS,),
    "binding_form binding_code withdrawal": (SAID["cancel_ticket"], _number(GUARDED), _PHONE, SAID["affirm"]),
    "binding_form binding_code account": (_ARREARS, _GUARDED_ACCOUNT),
    "progress_form progress_ticket_number": (SAID["ticket_progress"],),
    "progress_form progress_last_four": (SAID["ticket_progress"], SAID["inform_ticket_number"]),
}
