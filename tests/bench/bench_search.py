"""Search per keystroke, over the built-in items and over 100,000 made ones, against a plain scan of the same titles.

Each query is typed letter by letter, and every prefix is a search. p99 counts, over all keystrokes: short prefixes that
fit nearly everything, sentences, and words that fit nothing are all among them.
"""
# ruff: noqa: SIM905 - words are easier to read and to add to in a line than in a list

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product

from pypinyin import lazy_pinyin

from kiosk.catalogue.model import Catalogue, ServiceItem
from kiosk.catalogue.search import SearchIndex
from kiosk.catalogue.source import load_builtin
from kiosk.texts import LocalText
from tests.bench.rows import Row, below, table, told

MADE, QUERIES, SCANS = 100_000, 200, 150
LIMIT_BUILTIN_MS, LIMIT_MADE_MS = 5.0, 30.0

TOWNS = (
    "市桥 沙湾 钟村 大石 洛浦 南村 新造 化龙 石碁 石楼 小谷围 大龙 东环 桥南 沙头 石壁 榄核 大岗 东涌 黄阁 横沥 万顷沙 珠江 南沙 龙穴 "
    "天河 越秀 荔湾 海珠 白云 黄埔 花都 增城 从化 新塘 石滩 派潭 狮岭 炭步 赤坭 江高 人和 太和 钟落潭 夏茅 棠景 员村 猎德 冼村 林和 "
    "沙东 车陂 珠吉 黄村 新滘 官洲 琶洲 赤岗 凤阳 瑞宝"
).split()
THINGS = (
    "食品经营许可 卫生许可 个体工商户 有限责任公司 分公司 合伙企业 个人独资企业 农民专业合作社 小作坊 食品摊贩 股权出质 企业名称 道路运输 出租汽车 "
    "烟草专卖 药品经营 医疗器械 人力资源服务 劳务派遣 民办学校 幼儿园 养老机构 社会团体 印刷经营 出版物零售 电影放映 网吧 游艺娱乐 营业性演出 "
    "旅行社 特种行业 旅馆业 典当 保安服务 爆破作业 危险化学品 特种设备 计量器具 广告发布 户外招牌 占道施工 排水许可 取水许可 砍伐树木 动物防疫 "
    "兽药经营 种子生产 渔业捕捞 船舶登记 房产预售 物业服务 施工许可 消防验收 建筑企业资质 燃气经营 供水服务 垃圾清运 殡葬服务 居住证 户口迁移 "
    "社会保险 医疗保险 生育登记 婚姻登记 残疾人证 老年人优待 退役军人 公积金提取 不动产登记 护照签注 驾驶证 机动车 非机动车 校车使用 货运站 "
    "维修经营 港口经营 水路运输 内河航运 教师资格 导游证 律师执业 会计代理 专利资助 高新企业 进出口备案 直销企业 拍卖 成品油零售 酒类批发 生猪屠宰 "
    "粮食收购 盐业批发 农药经营 肥料登记 林木采伐 野生动物 湿地保护 海域使用 测绘资质 气象服务 防雷检测 无线电台 互联网服务 电信业务 邮政快递 "
    "彩票销售 体育经营 游泳场所 攀岩馆 文物拍卖 宗教活动 公益慈善 志愿服务 临时救助 低保申请 住房补贴 人才引进 创业补贴 就业失业 技能鉴定"
).split()
ACTS = "新办 变更 延续 注销 补办 换证 备案 年审 查询 转让 停业 复业 撤销 迁移".split()
ENGLISH = {"新办": "new", "变更": "change", "延续": "renewal", "注销": "cancellation"}
EVERYDAY = (
    "开饭店 开餐馆 小卖部 理发店 摆摊 营业执照 注册公司 关店 不做了 开公司 执照丢了 卫生证 食品证到期 做豆腐 合作社 改店名 换法人 分公司 个体户 股权质押"
).split()
SENTENCES = (
    "我想开一家饭店要办什么",
    "公司怎么注销",
    "执照丢了怎么办",
    "how do I open a restaurant",
    "cancel company",
    "您好我退休了想在小区门口和老伴一起开一个小饭店顺便卖点早餐不知道要办哪些证带什么材料去哪个窗口",
    "lost licence",
)
NOTHING = ("qwrtpsdfgh", "zzzzzzzz", "飞上天去看月亮", "xylophone", "0000000000", "ngngngng", "aaaaaaaaaaaa")


def main() -> list[Row]:
    """Measure both sizes."""
    builtin = load_builtin()
    return [
        told("search 59 items, building the index (after the first picture, in a thread)", _build(builtin)[1], "ms"),
        *_measured("59 items", builtin, LIMIT_BUILTIN_MS),
        *_measured("100,000 items", made(builtin), LIMIT_MADE_MS),
    ]


def made(pattern: Catalogue, count: int = MADE) -> Catalogue:
    """The pattern, grown to `count` items: titles made of real words, everything else from the pattern's items."""
    names = list(product(TOWNS, THINGS, ACTS))
    random.Random(59).shuffle(names)
    more = count - len(pattern.items)
    items = (*pattern.items, *(_item(pattern.items[n % len(pattern.items)], n, *names[n]) for n in range(more)))
    return pattern.model_copy(update={"items": items})


def _item(pattern: ServiceItem, number: int, town: str, thing: str, act: str) -> ServiceItem:
    title = LocalText(
        {"zh_CN": f"{town}{thing} {act}", "en": f"{' '.join(lazy_pinyin(town))} {ENGLISH.get(act, 'other')}"}
    )
    everyday = EVERYDAY[number % len(EVERYDAY)]
    return pattern.model_copy(
        update={"id": f"made-{number}", "title": title, "aliases": (f"{act}{thing}", f"{town}{everyday}")}
    )


def queries(count: int = QUERIES) -> list[str]:
    """What 200 people type: everyday words, parts of titles, in hanzi, pinyin, initials and mixed; some find nothing."""
    chance = random.Random(2019)
    words = [*EVERYDAY, *("".join(chance.choice(part) for part in parts) for parts in [(TOWNS, THINGS)] * 20)]
    words += [chance.choice(THINGS) + chance.choice(ACTS) for _ in range(20)]
    ways: Sequence[Callable[[str], str]] = (str, _pinyin, _initials, _mixed)
    typed = [way(word) for word in words for way in ways]
    chance.shuffle(typed)
    return [*SENTENCES, *NOTHING, *typed][:count]


def _pinyin(word: str) -> str:
    return "".join(lazy_pinyin(word))


def _initials(word: str) -> str:
    return "".join(syllable[0] for syllable in lazy_pinyin(word))


def _mixed(word: str) -> str:
    return lazy_pinyin(word)[0] + word[1:]


def keystrokes() -> list[str]:
    """Every prefix of every query."""
    return [query[:length] for query in queries() for length in range(1, len(query) + 1)]


def _measured(name: str, catalogue: Catalogue, limit_ms: float) -> Iterator[Row]:
    index, built_ms = _build(catalogue)
    typed = keystrokes()
    taken = [_ms(partial(index.search, query)) for query in typed]
    titles = [item.title.root["zh_CN"] for item in catalogue.items]
    scanned = [_ms(partial(_scan, titles, query)) for query in typed[:: len(typed) // SCANS]]
    yield below(f"search {name}, p99 of {len(typed)} keystrokes", _p99(taken), "ms", limit_ms, _p99(scanned))
    yield told(f"search {name}, p50", statistics.median(taken), "ms", statistics.median(scanned))
    yield told(f"search {name}, slowest", max(taken), "ms", max(scanned))
    if catalogue.items[-1].id.startswith("made-"):
        yield told(f"search {name}, building the index", built_ms, "ms")


def _build(catalogue: Catalogue) -> tuple[SearchIndex, float]:
    """The index, and how many milliseconds it took."""
    start = time.perf_counter()
    index = SearchIndex.build(catalogue)
    return index, (time.perf_counter() - start) * 1000


def _scan(titles: Sequence[str], query: str) -> list[str]:
    """The yardstick: what a page of titles with a search box would do."""
    return [title for title in titles if query in title]


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _p99(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


if __name__ == "__main__":
    rows = main()
    sys.stdout.write(table(rows) + "\n")
    sys.exit(0 if all(row.passed for row in rows) else 1)
