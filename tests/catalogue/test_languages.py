"""Traditional texts are traditional and in Hong Kong's words, English ones are English, Chinese punctuation is Chinese."""

import re

import pytest

from kiosk.catalogue.model import Catalogue
from tests.catalogue.records import texts

SIMPLIFIED_ONLY = set(
    "业东丝两严丧个临为举义乐习书买乱争亚产亲亿仅从仓们价优会伞伟传伤伦伪体债倾偿储儿党兰关兴养兽内冈册写军农冯决况冻净凉减凤凭"
    "击凿划刘则刚创删别剂剑剥办务动励劳势医华协单卖卫厂厅历压厌厕县参双发变叠叶号叹听启员呜响哑唤啸团园围图圆圣场块坚坛坝坟坠垄垒"
    "处备复够头夹夺奋奖妆妇妈姗娱婴孙学宁宝实宠审宪宫宽宾寝对寻导寿将尔尘尝层属岁岂岗岛岭峡币师帅帐带帮库应庙庞废广开异弃张弹强"
    "归当录彻径忆忧怀态总恳恶悬惊惨惯愿慑戏户扑执扩扫扬扰抚抛抢护报担拟拥择挂挡挥损换据掷揽搀携摄摆摇撑敌数断无旧时旷昼显晋晒晓晕暂术"
    "机杀杂权条来杨极构标栈栋栏树样桥档梦检椭楼横欢欧残毁毕气汇汉汤沟没沧沪泪泽洁洒浅浆测济浓涂涛润涨渊温湾湿满滚滞滤灭灯灵灾炉点炼烂"
    "烛烟烦烧热爱爷牵牺状独狭狮猎玛环现电画畅疗疯皱监盖盘着矿码砖确础碍礼祸离种积称税稳穷窃竞笔笺筑筛签简箩类粮紧纠红纤约级纪纯纲纳纵"
    "纷纸纹纺线练组细织终绍经绑结给络绝统继绩续维综绿缓编缘缩缴网罗罚职联聪肃肠肤肾胀胆胜脉脏脑脚脱脸腊舰艰艺节芜苏范荐药获营虏虑虫虽蚀蛮补衬"
    "袭装见观规视览觉订认讨让训议讯记讲许论设访证评识诉词译试诗诚话询该详语误说请诸读课谁调谅谈谋谓谢谣谦谨谱贝负贡财责贤败货质贩贪购贯"
    "贴贵贷贸费贺贼资赋赌赏赔赖赚赛赞赵赶趋跃践车轨转轮软轻载较辅辆辈输辖边达迁过迈运还这进远违连迟适选递遗邮邻郑释里钟钢钱铁铃铅银铜铺"
    "链销锁锅锋错键镇镜长门闪闭问闲间闻阅队阳阴阵阶际陆陈险随隐难雾静页顶项顺须顾顿预领频题颜额风飞饭饮饰饱饼馆马驱驶驻驾验骂骗鱼鲁鲜鸟鸡鸣鸭麦黄齐齿龙"
) - set("强黄温着别册园够横叠税里范沟种净凉内员宫宁气说没")
"""Characters that only the simplified script has; the second set is written so in Hong Kong, too."""


def test_every_text_is_there_in_the_three_languages(catalogue: Catalogue) -> None:
    incomplete = [text.root for text in texts(catalogue) if not all(text.has(one) for one in ("zh_CN", "zh_HK", "en"))]
    assert not incomplete
    assert sum(1 for _ in texts(catalogue)) > 1000


def test_traditional_texts_hold_no_simplified_characters(catalogue: Catalogue) -> None:
    for text in texts(catalogue):
        assert not SIMPLIFIED_ONLY & set(text.root["zh_HK"]), text.root["zh_HK"]


@pytest.mark.parametrize("word", ["複印", "打印", "信息", "小賣部", "換髮", "税", "説", "複業", "自助終端"])
def test_traditional_texts_take_hong_kongs_words(catalogue: Catalogue, word: str) -> None:
    allowed = "國家企業信用信息公示系統"
    assert not [t.root["zh_HK"] for t in texts(catalogue) if word in t.root["zh_HK"].replace(allowed, "")]


def test_english_texts_are_english(catalogue: Catalogue) -> None:
    for text in texts(catalogue):
        assert not re.search(r"[㐀-鿿，。；：（）]", text.root["en"]), text.root["en"]


@pytest.mark.parametrize("language", ["zh_CN", "zh_HK"])
def test_chinese_texts_take_full_width_punctuation(catalogue: Catalogue, language: str) -> None:
    for text in texts(catalogue):
        assert not re.search(r"[㐀-鿿][,;:?!(]|[,;:?!)][㐀-鿿]", text.root[language]), text.root[language]


def test_quotation_marks_follow_the_script(catalogue: Catalogue) -> None:
    for text in texts(catalogue):
        assert not set("「」") & set(text.root["zh_CN"])
        assert not set("“”") & set(text.root["zh_HK"])
