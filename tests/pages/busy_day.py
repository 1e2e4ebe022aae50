"""A day's work behind the desk, so that its pages have something to show."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from tests.busy import AskedAgain
from tests.dialogues.runner import Customer
from tests.system import System

PATIENCE = 30.0  # seconds
REPORTS = (
    # type, subject, service, what the customer says, address, accepted so many hours ago
    ("fault", "no_signal", "tv", "电视没信号，机顶盒重启过两次也没有用", "东湖区阳明小区3栋1单元105", 5),
    ("fault", "broadband_down", "broadband", "宽带从昨晚断到现在，光猫红灯", "西湖区云飞路66号2栋1单元301", 70),
    ("fault", "broadband_down", "broadband", "网断了，整栋楼都没有网", "红谷滩区丰和北大道66号3栋502", 1),
    ("fault", "broadband_down", "broadband", "宽带断了", "红谷滩区丰和北大道66号3栋701", 1),
    ("fault", "broadband_down", "broadband", "上不了网", "红谷滩区丰和北大道66号5栋202", 1),
    ("complaint", "attitude", None, "上门的师傅进门没有戴鞋套，问他两句就不耐烦", "东湖区阳明小区3栋1单元108", 30),
    ("complaint", "overdue", None, "说好昨天上午来修，等到晚上也没有人来", "青云谱区洪都大道9号7栋402", 200),
    ("order", "install", None, "要新装有线电视和宽带，周六在家", "青山湖区南京东路12号5栋602", 20),
    ("order", "relocate", None, "搬家，从八一大道移到洛阳路", "东湖区洛阳路8号1栋903", 3),
    ("question", "answer", None, "老小区改造以后原来的机顶盒还能不能用", None, 40),
)
SETTLED = (
    ("fault", "picture", "tv", "画面有马赛克", "东湖区胜利路21号2栋401", 26, 5),
    ("fault", "remote", "tv", "遥控器失灵", "西湖区孺子路5号1栋203", 50, 4),
    ("fault", "stb", "tv", "机顶盒开不了机", "青云谱区井冈山大道8号1栋302", 60, 2),
)
TO_BE_CALLED = (
    ("fault", "no_signal", "tv", "电视没有信号", "东湖区胜利路31号1栋101", 30),
    ("fault", "broadband_down", "broadband", "宽带断了，光猫红灯", "西湖区孺子路9号2栋502", 20),
    ("fault", "picture", "tv", "画面花屏", "青云谱区井冈山大道18号3栋201", 10),
)
UPHELD = ("complaint", "attitude", None, "维修员进门不出示工作证，问他还发脾气", "西湖区孺子路5号2栋604")
CONDUCT = {"on_time": True, "showed_id": True, "left_clean": False}
NONSENSE = ("你们那个蓝色的小玩意怎么一闪一闪跟跳舞一样", "呱呱呱咕噜咕噜", "帮我把火星上的天线掰一下")


def fill(system: System) -> None:
    """Files, settles and notes what a day brings; what the assistant did not understand, too."""
    with (
        httpx.Client(
            base_url=system.url("backend"),
            headers=system.bearer("backend"),
            timeout=PATIENCE,
            transport=AskedAgain(),
        ) as backend,
        httpx.Client(base_url=system.url(), timeout=PATIENCE) as bot,
    ):
        _file(backend)
        _note(backend)
        stranger = Customer.arrives(bot)
        for nonsense in NONSENSE:
            stranger.say(nonsense, within=PATIENCE)


def _file(backend: httpx.Client) -> None:
    for place, (*said, hours) in enumerate(REPORTS):
        _filed(backend, *said, phone=f"+86138079100{place:02}", hours=hours)
    for place, (*said, hours, mark) in enumerate(SETTLED):
        number = _filed(backend, *said, phone=f"+86138079200{place:02}", hours=hours)
        _act(backend, "resolve", number, reason="换了配件，客户当面试过")
        _act(backend, "visit", number, reason="客户接了电话", outcome="solved", satisfaction=mark, conduct=CONDUCT)
    for place, (*said, hours) in enumerate(TO_BE_CALLED):
        number = _filed(backend, *said, phone=f"+86138079400{place:02}", hours=hours)
        _act(backend, "resolve", number, reason="更换了入户线接头，信号正常")
    upheld = _filed(backend, *UPHELD, phone="+8613807930000", hours=28)
    concluded = {"finding": "upheld", "answer": "上门人员没有按规定出示工作证", "remedy": "已向您道歉", "staff": "1022"}
    _act(backend, "conclude", upheld, reason="", **concluded)


def _filed(
    backend: httpx.Client,
    ticket_type: str,
    subject: str,
    service: str | None,
    description: str,
    address: str | None,
    *,
    phone: str,
    hours: float,
) -> str:
    report = {
        "matter_id": f"day-{phone}",
        "ticket_type": ticket_type,
        "subject": subject,
        "service": service,
        "description": description,
        "address": address,
        "contact_phone": phone,
        "accepted_at": (datetime.now(UTC) - timedelta(hours=hours)).isoformat(),
        "channel": "webchat",
        "conversation": f"day-{phone}",
        "by_staff": True,
    }
    return str(_posted(backend, "/internal/tickets", report)["ticket_number"])


def _act(backend: httpx.Client, verb: str, number: str, **given: Any) -> None:
    said = {"request_id": uuid4().hex, "ticket_number": number, "by": "1004", **given}
    _posted(backend, f"/internal/acts/{verb}", said)


def _note(backend: httpx.Client) -> None:
    now = datetime.now(UTC)
    hall = "/internal/hall"
    _posted(
        backend,
        f"{hall}/duty-notes",
        {"key": "note-lamp", "by": "1031", "text": "二号窗口的叫号屏不亮，已报修", "event": True},
    )
    _posted(backend, f"{hall}/duty-notes", {"key": "note-bag", "by": "1031", "text": "客户遗落一把雨伞，放在服务台"})
    _posted(
        backend,
        f"{hall}/opinions",
        {
            "key": "opinion-queue",
            "kind": "suggestion",
            "words": "周末排队的人多，希望多开一个窗口，也希望能在手机上先取号。",
            "by": "1031",
            "contact_phone": "+8613807930001",
        },
    )
    _posted(
        backend,
        f"{hall}/opinions",
        {"key": "opinion-praise", "kind": "praise", "words": "师傅来得快，态度好。", "by": "1031"},
    )
    _posted(
        backend,
        "/internal/outages",
        {
            "kind": "maintenance",
            "area": "donghu",
            "services": ["tv", "broadband"],
            "cause": "光缆割接",
            "starts_at": (now + timedelta(hours=50)).isoformat(),
            "expected_until": (now + timedelta(hours=54)).isoformat(),
            "announced_by": "1004",
        },
    )
    _posted(
        backend,
        "/internal/force-majeure",
        {
            "area": "wanli",
            "cause": "山洪冲断光缆",
            "starts_at": (now - timedelta(hours=3)).isoformat(),
            "until": (now + timedelta(hours=45)).isoformat(),
            "declared_by": "1004",
        },
    )
    _posted(
        backend,
        "/internal/handovers/offer",
        {"leaving": "1022", "taking": "1041", "note": "西湖区云飞路那户明早八点半再去"},
    )


def _posted(backend: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = backend.post(path, json=body)
    assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
    told: dict[str, Any] = answer.json()
    return told
