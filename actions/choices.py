"""The choices 选项 offered when a sentence may mean two or three things."""

from __future__ import annotations

from actions.floor import Floor

# What a customer would say for each intent: shown on the button, and a phrase that is understood as just that.
CHOICES = {
    "report_fault_no_signal": "电视没信号",
    "report_fault_picture": "电视画面卡",
    "report_fault_stb": "机顶盒坏了",
    "report_fault_remote": "遥控器不灵",
    "report_fault_broadband_down": "宽带上不了网",
    "report_fault_broadband_slow": "网速太慢",
    "report_fault_vod": "点播打不开",
    "report_fault_area": "整栋楼都断了",
    "report_fault_telephone": "电话打不了",
    "report_danger": "线路有危险",
    "complain_attitude": "投诉服务态度",
    "complain_overdue": "投诉超时没来",
    "complain_fee": "投诉乱收费",
    "complain_repeat_fault": "投诉反复修不好",
    "complain_other": "我要投诉",
    "ask_process_install": "报装",
    "ask_process_relocate": "我要移机",
    "ask_process_suspend": "我要报停",
    "ask_process_resume": "我要恢复开通",
    "ask_process_transfer_owner": "我要过户",
    "ask_process_pay": "怎么交费",
    "ask_process_paid_channel": "怎么订付费频道",
    "ask_process_broadband": "怎么办宽带",
    "ask_materials": "要带什么材料",
    "ask_recommend_stb_or_package": "帮我推荐套餐",
    "report_key_customer_or_special": "老人行动不便要上门服务",
    "supply_materials": "材料补齐了",
    "ask_fee": "问一下怎么收费",
    "ask_concession": "有什么优惠减免",
    "ask_arrears_or_balance": "查欠费和余额",
    "bind_phone": "我要绑定手机号",
    "unbind_phone": "解绑手机号",
    "resend_code": "没收到，请重发验证码",
    "ask_outlet": "营业厅在哪里",
    "ask_hotline_or_supervision_phone": "客服电话是多少",
    "ask_area_manager": "我们小区谁负责",
    "ask_commitment": "一般多久能办好",
    "ask_outage": "是不是在停机检修",
    "ticket_progress": "查一下进度",
    "ticket_urge": "帮我催一下",
    "change_appointment": "我要改约",
    "cancel_ticket": "我要撤单",
    "return_visit_satisfied": "已经修好了",
    "return_visit_unsatisfied": "修完还是不行",
    "request_human": "转人工",
    "request_answer": "请人答复我",
}


def as_first_said(floor: Floor) -> None:
    """A choice that was picked stands for the sentence that had to be asked about."""
    said = floor.recall("offered")
    if said and floor.turn.text == CHOICES.get(floor.turn.intent):
        floor.turn = floor.turn.hearing({**said, "intent": floor.turn.intent})
    floor.forget("offered")
