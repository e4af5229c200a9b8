"""A whole case by six keys and headphones: apply, agree without a signature, follow it, rate it; nothing is looked at."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.visits.visitor import Visitor

PHONE = "13811112222"
REPLIES = ("是我自己摆", "有", "划定的摆摊点")
PAPERS = ("certificate", "form")


def apply(me: "Visitor") -> None:
    """From the welcome to the rating."""
    me.hand("headphones", "plug")
    me.hear("按")
    me.ok("home.home")
    me.press("申请办理", "apply.begin")
    me.press("食品摊贩登记", "apply.shelf")
    me.press("食品摊贩登记", "apply.question")
    for reply in REPLIES:
        me.press(reply)
    me.see("apply.card")
    me.hand("card_reader", "place", "li")
    me.see("apply.hub")
    me.hand("card_reader", "remove")
    me.press("填写我的信息", "apply.form")
    _details(me)
    for paper in PAPERS:
        _hand_in(me, paper)
    _receive(me)
    _hand_over(me)
    _follow(me)
    _rate(me)
    me.press("完成")
    me.until(lambda: me.step == "home.attract", "the end")


def _details(me: "Visitor") -> None:
    """A wrong number first, of which one hears; then digits, hanzi by their pinyin, a choice."""
    me.write(PHONE[:5])
    me.press("继续")
    me.hear("位", among=2)
    me.write(PHONE[5:])
    me.press("继续")
    me.hear("在哪里摆摊")
    me.write_hanzi("lukou", "路口")
    me.press("继续")
    me.hear("什么时候摆摊")
    me.press("早上")
    me.hear("卖什么")
    me.write_hanzi("shuiguo", "水果")
    me.press("继续", "apply.hub")


def _hand_in(me: "Visitor", paper: str) -> None:
    """A page on the glass, by keys and ears."""
    me.press("交下一份材料", "apply.material")
    me.press("放在玻璃板上扫描", "apply.material_scan")
    me.hand("document_scanner", "lay", paper)
    me.press("开始扫描", "apply.material_look")
    me.hear("第 1 页，共 1 页")
    me.press("就用这些页面", "apply.hub")


def _receive(me: "Visitor") -> None:
    """How the result comes."""
    me.press("选领取方式", "apply.delivery")
    me.press("窗口领取", "apply.hub")


def _hand_over(me: "Visitor") -> None:
    """Everything is heard once more; who cannot sign agrees by a button, and hears where it stands and its number."""
    me.press("核对并签名", "apply.review")
    me.hear("食品摊贩登记")
    me.press("去签名", "apply.sign")
    me.press("不方便签名", "apply.consent")
    me.hear("真实")
    me.press("现在提交", "apply.done")
    me.hear("您的办件编号")
    me.hear("请在屏幕下方取走纸张")
    assert me.slip()


def _follow(me: "Visitor") -> None:
    """With the card, as on any later day."""
    me.press("首页", "home.home")
    me.press("查进度", "progress.find")
    me.press("用身份证", "progress.find_card")
    me.hand("card_reader", "place", "li")
    me.see("progress.case")
    me.hear("办到这里")
    me.hand("card_reader", "remove")


def _rate(me: "Visitor") -> None:
    """The second best of five levels."""
    me.press("评价服务", "rate.rate")
    me.press("满意", "rate.check")
    me.press("发送评价", "rate.thanks")
    me.hear("谢谢您")
