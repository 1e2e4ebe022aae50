"""GET /api/publicity and /api/publicity/now: what the page at / shows, from the charter and from the backend."""

import asyncio
import gzip
import json
import shutil
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sanic import Sanic
from werkzeug import Response

from backend.charters import load_charter
from backend.client import BackendClient
from bot.app import utc_now
from bot.pages import pages
from bot.publicity import publicity
from bot.responses import prepare
from tests.integration.bot.conftest import BACKEND_TOKEN
from tests.integration.bot.serving import serving

OPERATORS = ["jiangxi", "zhangjiagang", "langzhong", "zhumadian"]
CHARTERS = Path(__file__).parents[3] / "charters"
MAINTENANCE = {
    "number": 1,
    "kind": "maintenance",
    "area": "honggutan",
    "services": ["broadband", "tv"],
    "cause": "光缆割接",
    "starts_at": "2030-12-01T16:00:00Z",
    "expected_until": "2030-12-01T22:00:00Z",
}
CHANGE = MAINTENANCE | {"number": 2, "kind": "change", "cause": "开通 4K 频道", "expected_until": None}


class Clock:
    def __init__(self):
        self.at = datetime(2026, 11, 29, 8, tzinfo=UTC)

    def __call__(self):
        return self.at


@pytest.fixture
def backend(httpserver):
    """What it is asked for is counted."""
    asked = []

    def tells(announced, areas=()):
        def answer(what):
            def handler(request):
                asked.append(request.path)
                assert request.headers["Authorization"] == f"Bearer {BACKEND_TOKEN}"
                return Response(json.dumps(what), content_type="application/json")

            return handler

        httpserver.expect_request("/internal/announcements").respond_with_handler(answer(announced))
        httpserver.expect_request("/internal/areas").respond_with_handler(answer(list(areas)))
        return asked

    return tells


@pytest.fixture(params=OPERATORS)
async def operator_s(request, start_bot):
    """An operator's charter, and what its bot posts."""
    async with start_bot(operator=request.param) as bot:
        answer = await bot.http.get("/api/publicity")
        assert answer.status_code == 200, answer.text
        yield load_charter(operator=request.param), answer.json()


async def test_every_entry_of_the_charter_is_posted(operator_s):
    """R3.1."""
    charter, posted = operator_s

    assert posted["operator"]["name"] == charter.operator.name
    assert [each["label"] for each in posted["fees"]] == [fee.label for fee in charter.fees]
    assert [each["materials"] for each in posted["processes"]] == [
        list(p.materials) for p in charter.processes.values()
    ]
    assert [each["hours"] for each in posted["outlets"]] == [outlet.hours for outlet in charter.outlets]
    assert [each["head"] for each in posted["departments"]] == [each.head for each in charter.departments]
    assert [each["job_number"] for each in posted["staff"]] == [member.job_number for member in charter.staff]
    assert [each["people"][0] for each in posted["areas"]] == [area.manager for area in charter.areas]
    assert {pledge.text for pledge in charter.pledges} <= {each["text"] for each in posted["pledges"]}
    assert len(posted["changes"]) == len(charter.changes)


async def test_the_phones_are_the_charter_s(operator_s):
    charter, posted = operator_s
    phones = {each["label"]: (each["phone"], each["sample"]) for each in posted["hotlines"]}

    assert phones["服务热线"] == (charter.operator.hotline, "hotline" in charter.operator.samples)
    assert phones["服务监督电话"][0] == charter.operator.supervision_phone
    assert phones["急救"] == ("120", False)


async def test_each_limit_says_who_says_it_and_none_is_invented(operator_s):
    charter, posted = operator_s
    limits = {clause.label: clause for clause in charter.commitments}

    for each in posted["limits"]:
        if each["limit"] is None:
            assert "没有公布" in each["told"]
            assert each["label"] not in limits
        else:
            assert each["limit"] == limits[each["label"]].limit.text
            assert (each["mark"], each["source"]) == (limits[each["label"]].mark, limits[each["label"]].source)


async def test_a_mark_tells_the_operator_s_own_values_from_published_ones(bot):
    limits = {each["label"]: each for each in (await bot.http.get("/api/publicity")).json()["limits"]}

    assert limits["一般故障修复"]["mark"] == "source"
    assert limits["一般故障修复"]["told"] == "受理后 24 小时内办结"
    assert limits["人工回电"]["mark"] == "configured"


async def test_how_limits_are_handled_is_posted_where_the_charter_says_it(bot, start_bot):
    """R1.15, R1.18, R1.22."""
    rules = {each["label"]: each["text"] for each in (await bot.http.get("/api/publicity")).json()["pledges"]}
    assert "联系不上客户、上门又无人" in rules["视为按期办结"]
    assert "书面报告" in rules["视为按期办结"]
    assert rules["不可抗力"] == "不可抗力造成的除外，只限：一般故障修复、重大故障修复。"
    assert rules["监督检查"].startswith("省公司监督各分公司")
    async with start_bot(operator="zhumadian") as other:
        labels = {each["label"] for each in (await other.http.get("/api/publicity")).json()["pledges"]}
    assert not {"视为按期办结", "不可抗力", "监督检查"} & labels


async def test_the_return_visit_system_is_posted(bot, start_bot):
    """R5.1–R5.5."""
    visits = [each["text"] for each in (await bot.http.get("/api/publicity")).json()["visits"]]
    assert visits == [
        "报修：回访 100%",
        "投诉：回访 100%",
        "安装开通：回访 100%",
        "故障修复后回访：修复后 72 小时内",
        "工单落实结果追踪：来电后 72 小时内",
        "联系不上的，最多回访 3 次",
        "重点客户每 90 天定期回访",
    ]
    async with start_bot(operator="zhumadian") as other:
        assert (await other.http.get("/api/publicity")).json()["visits"] == []


async def test_the_page_asks_again_only_whether_it_has_changed(bot):
    first = await bot.http.get("/api/publicity")
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["content-encoding"] == "gzip"

    again = await bot.http.get("/api/publicity", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert (await bot.http.get("/api/publicity", headers={"If-None-Match": '"other"'})).status_code == 200


async def test_who_does_not_unpack_gets_it_plain(bot):
    plain = await bot.http.get("/api/publicity", headers={"Accept-Encoding": "identity"})

    assert "content-encoding" not in plain.headers
    assert plain.json() == (await bot.http.get("/api/publicity")).json()


async def test_what_is_announced_now_and_where_it_can_be_installed_now(bot, backend):
    """R1.10, R2.11."""
    backend([MAINTENANCE, CHANGE], [{"area": "honggutan", "name": "红谷滩区", "city": "南昌市", "is_open": False}])
    answer = await bot.http.get("/api/publicity/now")
    now = answer.json()

    assert answer.headers["cache-control"] == "public, max-age=30"
    assert now["areas"] == {"honggutan": False}
    assert [each["kind"] for each in now["notices"]] == ["停机检修", "业务变动"]
    first = now["notices"][0]
    assert (first["area"], first["services"], first["is_ahead"]) == ("红谷滩区", ["宽带", "有线电视"], True)
    assert datetime.fromisoformat(first["starts_at"]) == datetime(2030, 12, 1, 16, tzinfo=UTC)
    assert datetime.fromisoformat(now["at"]).tzinfo


async def test_many_who_look_are_one_question(bot, backend):
    asked = backend([])
    answers = await asyncio.gather(*(bot.http.get("/api/publicity/now") for _ in range(20)))

    assert {answer.status_code for answer in answers} == {200}
    assert sorted(asked) == ["/internal/announcements", "/internal/areas"]


async def test_while_the_backend_is_away_it_is_told_so_and_the_charter_is_still_posted(start_bot):
    async with start_bot(backend_url="http://127.0.0.1:9") as bot:
        away = await bot.http.get("/api/publicity/now")

        assert (away.status_code, away.json()["error"]) == (503, "backend_away")
        assert away.headers["cache-control"] == "no-store"
        assert (await bot.http.get("/api/publicity")).status_code == 200


@pytest.fixture
def open_api(httpserver):
    @asynccontextmanager
    async def open_api(charter, *, clock=utc_now, charters=CHARTERS):
        Sanic.test_mode = True
        app = Sanic("publicity-alone", configure_logging=False)
        prepare(app)
        backend = BackendClient(base_url=httpserver.url_for("").rstrip("/"), token=BACKEND_TOKEN)
        app.blueprint(publicity(charter=charter, backend=backend, clock=clock, charters=charters))
        try:
            async with serving(app) as url, httpx.AsyncClient(base_url=url) as http:
                yield http
        finally:
            await backend.aclose()

    return open_api


async def test_it_is_asked_again_after_a_moment_and_a_backend_that_comes_back_is_heard(backend, httpserver, open_api):
    clock = Clock()
    async with open_api(load_charter(operator="jiangxi"), clock=clock) as http:
        assert (await http.get("/api/publicity/now")).status_code == 503  # the stand-in knows no such address yet
        asked = backend([MAINTENANCE])
        assert (await http.get("/api/publicity/now")).status_code == 503

        clock.at += timedelta(seconds=5)
        assert (await http.get("/api/publicity/now")).json()["notices"][0]["cause"] == "光缆割接"
        clock.at += timedelta(seconds=29)
        await http.get("/api/publicity/now")
        assert asked.count("/internal/announcements") == 1
        clock.at += timedelta(seconds=1)
        await http.get("/api/publicity/now")
        assert asked.count("/internal/announcements") == 2


async def test_a_photo_that_the_charter_names_is_shown_and_nothing_else_of_the_folder(tmp_path, open_api):
    """R3.1."""
    shutil.copytree(CHARTERS / "jiangxi", tmp_path / "jiangxi")
    (tmp_path / "jiangxi/photos").mkdir()
    (tmp_path / "jiangxi/photos/1011.jpg").write_bytes(b"a photo")
    staff = tmp_path / "jiangxi/staff.yml"
    staff.write_text(staff.read_text("utf-8").replace('  "1011":\n', '  "1011":\n    photo: 1011.jpg\n', 1), "utf-8")
    charter = load_charter(operator="jiangxi", root=tmp_path)
    async with open_api(charter, charters=tmp_path) as http:
        photo = await http.get("/api/publicity/photos/1011")
        posted = {each["job_number"]: each["has_photo"] for each in (await http.get("/api/publicity")).json()["staff"]}

        assert (photo.status_code, photo.content) == (200, b"a photo")
        assert photo.headers["content-type"] == "image/jpeg"
        assert (posted["1011"], posted["1012"]) == (True, False)
        for other in ("1012", "9999", "..%2Fstaff.yml"):
            assert (await http.get(f"/api/publicity/photos/{other}")).status_code == 404


async def test_pages_go_out_packed_and_say_so(tmp_path):
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "assets/page.js").write_text("plain")
    (built / "assets/page.js.gz").write_bytes(gzip.compress(b"packed"))
    Sanic.test_mode = True
    app = Sanic("pages-alone", configure_logging=False)
    prepare(app)
    app.blueprint(pages(built=built))
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as http:
        packed = await http.get("/assets/page.js")
        plain = await http.get("/assets/page.js", headers={"Accept-Encoding": "identity"})

        assert (packed.text, packed.headers["content-encoding"]) == ("packed", "gzip")
        assert (plain.text, "content-encoding" in plain.headers) == ("plain", False)
        assert packed.headers["content-type"] == plain.headers["content-type"] == "text/javascript; charset=utf-8"
        assert packed.headers.get_list("cache-control") == ["public, max-age=31536000, immutable"]
        assert packed.headers["vary"] == "Accept-Encoding"
