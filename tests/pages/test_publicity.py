"""The publicity page at /, for all four operators: everything is there, readable by everybody, and on paper."""

import pytest
from playwright.async_api import expect

from backend.charters import load_charter
from tests.pages.conftest import DESKTOP, PHONE

PAPER = {"width": 794, "height": 1123}  # A4
OPERATORS = ["jiangxi", "zhangjiagang", "langzhong", "zhumadian"]
NOTICE = {
    "number": 1,
    "kind": "maintenance",
    "area": "honggutan",
    "services": ["broadband", "tv"],
    "cause": "光缆割接",
    "starts_at": "2030-12-01T16:00:00Z",
    "expected_until": "2030-12-01T22:00:00Z",
}
SECTIONS = [
    "服务电话",
    "公告",
    "服务承诺",
    "收费项目和标准",
    "办理流程和材料",
    "营业厅",
    "片区和客户经理",
    "服务人员",
    "部门名录",
    "回访制度",
    "变动公示",
    "个人信息保护告知",
]


@pytest.fixture
def announced(httpserver):
    def announced(*notices, areas=()):
        httpserver.expect_request("/internal/announcements").respond_with_json(list(notices))
        httpserver.expect_request("/internal/areas").respond_with_json(list(areas))

    return announced


@pytest.fixture(params=OPERATORS)
async def operator(request, start_bot):
    """Its charter and its running bot."""
    async with start_bot(operator=request.param) as bot:
        yield load_charter(operator=request.param), bot


async def shown(open_chat, bot, **context):
    reader = await open_chat(bot.url, path="/", **context)
    await all_told(reader.page)
    return reader


async def all_told(page):
    """The notices come last."""
    await expect(page.locator("#notices .note").last).to_be_visible()


@pytest.mark.timeout(300)  # axe reads a long page four times
@pytest.mark.channel("web", feature="无障碍")
async def test_it_stands_in_nobody_s_way_on_a_phone_and_a_desk_light_and_dark(
    operator, announced, open_chat, screenshots
):
    charter, bot = operator
    announced(*([NOTICE] if charter.area(NOTICE["area"]) else []))
    reader = await shown(open_chat, bot)
    for viewport in (PHONE, DESKTOP):
        await reader.page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            await reader.page.emulate_media(color_scheme=scheme)
            name = f"{charter.operator.id}-{viewport['width']}-{scheme}.png"
            await reader.page.screenshot(path=screenshots / name, full_page=True)

            assert await reader.violations() == [], name
            assert await reader.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name


@pytest.mark.channel("web", feature="服务项目公示")
async def test_all_that_the_charter_posts_can_be_read(operator, announced, open_chat):
    """R3.1–R3.4."""
    charter, bot = operator
    announced()
    page = (await shown(open_chat, bot)).page
    text = " ".join((await page.locator("main").inner_text()).split())

    assert await page.title() == f"{charter.operator.name} · 服务项目公示"
    assert await page.get_by_role("heading", level=2).all_inner_texts() == SECTIONS
    assert charter.operator.hotline in text
    assert charter.operator.supervision_phone in text
    for words in (
        *(clause.limit.text for clause in charter.commitments),
        *(pledge.text for pledge in charter.pledges),
        *(fee.text for fee in charter.fees),
        *(material for process in charter.processes.values() for material in process.materials),
        *(step for process in charter.processes.values() for step in process.steps),
        *(word for outlet in charter.outlets for word in (outlet.name, outlet.address, outlet.phone, outlet.hours)),
        *(word for each in charter.departments for word in (each.name, each.place, each.phone, f"工号 {each.head}")),
        *(word for each in charter.staff for word in (f"工号 {each.job_number}", each.role, each.phone)),
        *(word for each in charter.areas for word in (each.name, each.city)),
        *(change.text for change in charter.changes),
    ):
        assert words in text


async def test_of_each_area_who_serves_it_is_posted_with_photo_number_and_phones(operator, announced, open_chat):
    """R3.1, R2.11, R4.2."""
    charter, bot = operator
    announced()
    page = (await shown(open_chat, bot)).page
    for area in charter.areas:
        card = page.locator("#areas .item").filter(has=page.locator(f'[data-area="{area.key}"]'))
        text = await card.inner_text()

        assert f"工号 {area.manager}" in text
        assert charter.member(area.manager).phone in text
        assert charter.operator.hotline in text
        assert charter.operator.supervision_phone in text
        assert await card.locator("img").count() == len({area.manager, *area.team})
        assert ("暂未开通安装" in text) is not area.open_for_installation


async def test_what_the_operator_has_not_published_is_said(start_bot, announced, open_chat):
    announced()
    async with start_bot(operator="zhumadian") as bot:
        page = (await shown(open_chat, bot)).page
        await expect(page.locator("#fees")).to_contain_text("运营商没有公布收费项目和标准")
        await expect(page.locator("#visits")).to_contain_text("运营商没有公布回访制度")
        await expect(page.locator("#changes")).to_contain_text("运营商没有公布")
        await expect(page.locator("#processes")).to_contain_text("没有公布要带的材料")
        await expect(page.locator("#commitments")).to_contain_text("公司没有公布故障修复的办结时限")
        await expect(page.locator("#commitments")).to_contain_text("这是平均数，不是承诺")
    async with start_bot(operator="langzhong") as bot:
        page = (await shown(open_chat, bot)).page
        await expect(page.locator("#fees")).to_contain_text("没有公布的收费项目：付费频道")


async def test_published_words_the_operator_s_own_values_and_samples_are_told_apart(bot, announced, open_chat):
    announced()
    page = (await shown(open_chat, bot)).page

    def entry(section, name):
        return page.locator(f"#{section} .item").filter(has=page.get_by_role("heading", name=name, exact=True))

    await expect(entry("commitments", "一般故障修复")).to_contain_text("公开承诺")
    await expect(entry("commitments", "人工回电")).to_contain_text("由运营商设定")
    await expect(entry("outlets", "红谷滩营业厅 示例")).to_be_visible()
    await expect(entry("hotlines", "服务监督电话 示例")).to_be_visible()
    await expect(entry("hotlines", "服务热线")).to_be_visible()
    assert await entry("hotlines", "服务热线").get_by_role("link").get_attribute("href") == "tel:96130"


async def test_what_is_announced_and_where_it_can_be_installed_now_comes_from_the_backend(bot, announced, open_chat):
    """R1.10, R2.11: whatever the charter said when the process began."""
    announced(NOTICE, areas=[{"area": "honggutan", "name": "红谷滩区", "city": "南昌市", "is_open": False}])
    page = (await shown(open_chat, bot)).page
    notice = page.locator("#notices .item")

    await expect(notice).to_contain_text("红谷滩区")
    await expect(notice).to_contain_text("停机检修")
    await expect(notice).to_contain_text("还没开始")
    await expect(notice).to_contain_text("2030年12月2日 00:00 开始，预计到 2030年12月2日 06:00")
    await expect(page.locator('[data-area="honggutan"]')).to_contain_text("暂未开通安装")
    await expect(page.locator("#reach dd").nth(1)).to_contain_text("红谷滩区")


async def test_while_the_backend_is_away_the_notices_are_said_not_to_be_shown(start_bot, open_chat, screenshots):
    async with start_bot(backend_url="http://127.0.0.1:9") as bot:
        reader = await shown(open_chat, bot)
        notices = reader.page.locator("#notices")

        await expect(notices).to_contain_text("现在连不上工单系统，公告暂时显示不出来。急事请打 96130。")
        await expect(reader.page.locator("#outlets .item")).not_to_have_count(0)
        await notices.screenshot(path=screenshots / "away.png")
        assert await reader.violations() == []


async def test_what_did_not_load_is_tried_again(bot, announced, open_chat):
    announced()
    reader = await open_chat(bot.url, path="/chat.html")
    await reader.page.route("**/api/publicity", lambda route: route.abort())
    await reader.page.goto(f"{bot.url}/")
    await expect(reader.page.get_by_role("alert")).to_have_text("公示内容没有打开，请检查网络。")
    await reader.page.unroute("**/api/publicity")
    await reader.presses("再试一次")

    await expect(reader.page.get_by_role("heading", level=1)).to_contain_text("江西广电网络")


@pytest.mark.channel("web", feature="个人信息告知")
async def test_what_is_kept_why_how_long_and_how_it_is_erased_is_told(operator, announced, open_chat):
    charter, bot = operator
    announced()
    notice = (await shown(open_chat, bot)).page.locator("#personal-data")

    for told in (
        "保存什么",
        "为什么",
        "保存多久",
        "没有设自动删除的期限",
        "怎么抹除",
        "经负责人同意",
        charter.operator.hotline,
    ):
        await expect(notice).to_contain_text(told)


@pytest.mark.channel("web", feature="服务项目公示")
async def test_on_paper_everything_stands_and_nothing_that_only_a_screen_needs(
    operator, announced, open_chat, screenshots
):
    charter, bot = operator
    announced()
    reader = await shown(open_chat, bot)
    await reader.page.get_by_role("searchbox").fill("没有这样的词")
    await expect(reader.page.locator("#outlets")).to_be_hidden()
    await reader.page.set_viewport_size(PAPER)
    await reader.page.emulate_media(media="print")
    await reader.page.screenshot(path=screenshots / f"{charter.operator.id}-print.png", full_page=True)
    await reader.page.pdf(path=screenshots / f"{charter.operator.id}.pdf", format="A4")

    for gone in ("navigation", "search", "complementary"):
        await expect(reader.page.get_by_role(gone)).to_have_count(0)
    for section in await reader.page.locator("main > section").all():
        await expect(section).to_be_visible()
    assert await reader.page.locator(".item:visible").count() == await reader.page.locator(".item").count()
    assert await reader.violations() == []
