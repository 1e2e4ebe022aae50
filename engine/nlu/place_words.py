"""Chinese addresses 地址用词: what places end in, what stands before them, and what only looks like one."""

from __future__ import annotations

import re

from engine.nlu.patterns import any_of

HAN = r"[\u4e00-\u9fa5]"
_SIDE = "[东西南北中]"

_PROVINCES = any_of(
    "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南",
    "湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海",
)
_REGION_ENDS = any_of("自治区 市(?!场) (?<![小地社片专分])区(?!域|别) 县 镇 乡 街道 街办 开发区 新区 工业园 园区")
REGION = rf"{_PROVINCES}省|{HAN}{{1,7}}?{_REGION_ENDS}"

_ROAD_ENDS = any_of("大道 大街 路 街 巷 胡同 支路")
_ROAD_PARTS = any_of(f"{_SIDE}?段 {_SIDE}路 [一二三四五六七八九]路 {_SIDE}街 {_SIDE}巷")
ROAD = rf"{HAN}{{1,7}}?(?:{_SIDE}?{_ROAD_ENDS}{_ROAD_PARTS}?|横路|环线)"

_COMMUNITY_ENDS = any_of(
    "小区 花园 家园 佳园 雅园 苑 新城 华府 华庭 名城 名都 豪庭 豪园 公馆 公寓 大厦 大楼 广场 新村 社区 山庄 庄园 国际",
    "宿舍 家属楼 家属院 大院 城中村 学府 御府 首府 半岛 世家 星城 花城 水岸 湾 [华首御学王]府 [华豪雅]庭",
    "[家花佳雅嘉景阳科学新]园 庄 垸 屯 寨 村委会 村(?!民)",
)
_PHASE = r"(?:[A-Za-z一二三四五六七八九\d]{1,2}[期区])"
COMMUNITY = rf"{HAN}{{1,9}}?{_COMMUNITY_ENDS}(?:小区|花园|宿舍)?{_PHASE}?"

_UNITS = any_of(r"号楼 号院 号附\d+ 号 弄 栋 幢 单元 室 楼 层 组 户 门 座 排 队 期 区 支弄 附\d+")
PART = (
    rf"[A-Za-z]?\d{{1,5}}(?:[-—附之]\d{{1,4}})*{_UNITS}[A-Za-z]?(?:附\d{{1,3}})?"
    r"|[A-Za-z甲乙丙丁东西南北]\s?(?:栋|幢|座|区|单元)"
    r"|村?[一二三四五六七八九十]{1,3}(?:村民)?小?组|顶楼|附\d{1,3}"
)
ROOM = (
    r"(?:[A-Za-z]?\d{1,2}[-—]){1,3}\d{2,4}"
    r"|(?:(?<=[元栋幢号楼层座室])|(?<=[元栋幢号楼层座室][\s,，]))\s?[A-Za-z]?\d{2,4}(?:[-—]\d{1,3})?(?![\d块元天年月点兆])"
)

LANDMARK = re.compile(
    "^的?" + any_of("旁边 隔壁 对面 楼上 楼下 后面 门口 附近 斜对面 交叉口 路口 里面 北段 南段 东段 西段 中段")
)

# What is said before a place; the name begins after the last of them.
LEAD_IN = re.compile(
    "^.*"
    + any_of(
        "我们?家?[在是] 住[在的是]? 地址[是在:：]? 位置[是在:：]? 位于 搬[到去] 移[到去] 迁[到去] 定位 现在",
        "这[里边] 那[里边] 还有 家[在住] 请问 家住 住址 地点 负责 靠近 搬进 起 之后 以后 师傅 专门 跑 查 按 听 掉",
        "在 是 到 去 给 把 请 帮 叫 从 改成 写 填 我们 你们 咱们 俺们 我 你 咱 俺 他 她 的 了 就 这 那 哪 不 没 要 个",
        "呃 嗯 啊 喂 问 看 也 还 吧 呢 吗 么 啦 哈",
    )
)

# Words that end like a place and are none: 线路, 城市, 我们小区, 全村, 公园.
_NO_ROADS = ".*[线网电思一马回出半铁公通主上同各带水走顺迷修条几堵里]路 .*(?:高速|几十)路 路 街 .*条街 步行街 老街 沿街"
_NO_REGIONS = (
    ".*[全外本各]省 省 市 .*[城超股菜夜本全门都]市 .*[地社片辖郊山景农城灾特校厂库各该本市]区 .*[这那一几]区 区"
    " 县 镇 乡 本县 全县 全镇 老乡 回乡 新区 园区 开发区 工业园 街道"
)
_NO_COMMUNITIES = (
    "(?:.*(?:[我你咱俺他]们|[这那哪整各]个|[老本同全的]))?小区 .*(?:[农乡全本各家听进]|自然|我们|你们|整个)村 村"
    " .*(?:[公校田乐陵菜果]|幼儿)园 园 .*[政乱客]府 府 法庭 家庭 庭 .*[港台海转]湾 湾 .*村庄 庄 全城 闭路 同.*"
    " 大厦 大楼 大院 宿舍 学校宿舍 广场 公寓 花园 社区 国际 大街 大道 巷 逛街 上街"
)
_OUR_TRADE = ".*(?:电视|宽带|信号|机顶盒|师傅|电话|客服|网络|营业厅|投诉).*"
NO_PLACE = re.compile(f"^{any_of(_NO_ROADS, _NO_REGIONS, _NO_COMMUNITIES, _OUR_TRADE)}$")
