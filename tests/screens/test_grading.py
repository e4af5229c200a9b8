"""The grader is graded: every rule catches the screens that were broken for it, and none fires on a good one."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from kivy.graphics import Color, Rectangle

from kiosk.events.touches import Pressed
from kiosk.texts import msg
from kiosk.views.model import View
from kiosk.views.parts import Action, Tone
from kiosk.views.told import MessageView
from screens.focus import Stop
from screens.grading import RULES, Camera, Grade, grade
from screens.grading.language import bare_texts
from screens.palette import Paint
from screens.pen import BODY, Pen
from screens.pieces import Icon, Piece, Words
from screens.sample_parts import HALL
from screens.samples import SAMPLES, chrome
from screens.surface import Surface
from screens.theme import ACCENT, CARD, INK, LINE, ON_TEAL, TEAL
from screens.touch import Pressable

from .conftest import Stage

FINISH = Action(Pressed("finish"), msg("Finish and clear my data"), "check", main=True)
VIEW = MessageView(Tone.DONE, msg("Take along by phone"), icon="check-circle", actions=(FINISH,))
GREY, NEARLY_WHITE = Paint(0.6, 0.6, 0.6), Paint(0.97, 0.96, 0.94)


# --- how screens are spoiled ---------------------------------------------------------------------------------


def px(surface: Surface, mm: float) -> float:
    return surface.pen.theme.px(mm)


def put(surface: Surface, piece: Piece, x: float = 40, y: float = 220, wide: float = 120) -> None:
    """Something more on the page: its left and top edge and its width in mm from the lower left."""
    piece.fit(px(surface, wide))
    surface.add_widget(piece)
    piece.place(px(surface, x), px(surface, y))


def words(surface: Surface, text: str, colour: object = INK, kind: type[Words] = Words) -> Words:
    return kind(surface.pen, text, BODY, colour)


def control(surface: Surface, name: str, high: float = 25, part: Piece | None = None, **look: object) -> Pressable:
    look = {"fill": CARD, "line": ACCENT, "event": Pressed(name), **look}
    inner = part or Words(surface.pen, "按钮", BODY, ON_TEAL if look["fill"] == TEAL else INK)
    return Pressable(surface.pen, inner, name=name, least=px(surface, high), rule=2, **look)


class Shrunk(Words):
    """Set as large as asked, drawn half as large."""

    def draw(self) -> None:
        texture = self.pen.texture(self.lines, self.style, self.align)
        self.texture_size = texture.size
        with self.canvas.before:
            Color(0, 0, 0, 1)
            Rectangle(texture=texture, pos=self.pos, size=(texture.width / 2, texture.height / 2))


class Tight(Words):
    """Lines closer than the face's own."""

    def fit(self, width: float) -> float:
        super().fit(width)
        self.height = self.pen.size_px(self.style) * 1.1 * len(self.lines)
        return self.height


class Wide(Words):
    """In a place too narrow for it."""

    def draw(self) -> None:
        super().draw()
        self.width = 30


class Divided(Words):
    """Broken wherever the line is full."""

    def fit(self, width: float) -> float:
        super().fit(width)
        self.lines = [self.text[:5], self.text[5:]]
        self.height = 2 * self.pen.line_px(self.style)
        return self.height


def small_text(surface: Surface) -> None:
    put(surface, Words(Pen(surface.pen.theme.sized("S"), surface.pen.words), "字太小了"))


def large_text(surface: Surface) -> None:
    put(surface, Words(Pen(surface.pen.theme.sized("XL"), surface.pen.words), "字太大了"))


def two_buttons(surface: Surface, apart_mm: float) -> None:
    put(surface, control(surface, "broken-one"), 40, wide=40)
    put(surface, control(surface, "broken-two"), 80 + apart_mm, wide=40)


def two_texts(surface: Surface) -> None:
    put(surface, words(surface, "这里有一句话"))
    put(surface, words(surface, "这里还有一句"), y=221)


def text_over_a_button(surface: Surface) -> None:
    put(surface, control(surface, "one"), wide=40)
    put(surface, words(surface, "压在按钮边上的话"), x=70, y=215)


def two_mains(surface: Surface) -> None:
    put(surface, control(surface, "second", fill=TEAL))


def no_pager(surface: Surface) -> None:
    surface.remove_widget(surface.pager)


def ordered(change: Callable[[list[Stop]], list[Stop]]) -> Callable[[Surface], None]:
    """The focus goes through the controls in another order."""

    def spoil(surface: Surface) -> None:
        Camera(int(surface.width), int(surface.height)).take(surface)
        stops = change(surface.focus.stops())
        surface.focus.stops = lambda: stops

    return spoil


def dead_button_alike(surface: Surface) -> None:
    """The page button that turns nothing, drawn as the one that turns."""
    Camera(int(surface.width), int(surface.height)).take(surface)
    up = next(one for one in surface.pressables() if one.name == "page-up")
    up.line, up.rule, up.fill = ACCENT, surface.pen.theme.rule, CARD
    up.canvas.before.clear()
    up.draw()


@dataclass(frozen=True)
class Broken:
    """A screen somebody spoiled: what was done to it, what the rule says about it, and how it is shown."""

    rule: str
    spoil: Callable[[Surface], None]
    says: str
    language: str = "zh_CN"
    view: View = VIEW
    low: bool = False


BROKEN = (
    Broken("text-height", small_text, "字太小了"),
    Broken("text-height", large_text, "字太大了"),
    Broken("text-height", lambda s: put(s, words(s, "只画了一半", kind=Shrunk)), "as drawn"),
    Broken("line-height", lambda s: put(s, words(s, "行与行挨得太近" * 6, kind=Tight)), "行与行"),
    Broken("touch-target", lambda s: put(s, control(s, "broken", high=10), wide=40), "broken"),
    Broken("touch-target", lambda s: put(s, control(s, "broken"), wide=10), "broken"),
    Broken("touch-gap", lambda s: two_buttons(s, 1), "broken-one"),
    Broken("touch-gap", lambda s: two_buttons(s, -5), "broken-one"),
    Broken("reach", lambda s: put(s, control(s, "broken"), y=440), "broken", low=True),
    Broken("text-contrast", lambda s: put(s, words(s, "灰底灰字", GREY)), "灰底灰字"),
    Broken("icon-contrast", lambda s: put(s, Icon(s.pen, "check", px(s, 12), Paint(0.75, 0.75, 0.75))), "check"),
    Broken("control-edge", lambda s: put(s, control(s, "broken", fill=NEARLY_WHITE, line=None)), "broken"),
    Broken("cut-off", lambda s: put(s, words(s, "放不下的一句话", kind=Wide)), "放不下"),
    Broken("cut-off", lambda s: put(s, words(s, "Materials", kind=Divided)), "whole words", "en"),
    Broken("on-screen", lambda s: put(s, words(s, "掉到屏幕外面"), y=-20), "掉到"),
    Broken("sideways", lambda s: put(s, words(s, "伸到屏幕旁边"), x=200), "伸到"),
    Broken("overlap", two_texts, "这里有一句话"),
    Broken("overlap", text_over_a_button, "one"),
    Broken("overlap", lambda s: put(s, control(s, "broken"), y=10), "bottom"),
    Broken("tofu", lambda s: put(s, words(s, "缺字\U0010fffd")), "缺字"),
    Broken("tofu", lambda s: put(s, Icon(s.pen, "no-such-icon", 60)), "no-such-icon"),
    Broken("page-fits", no_pager, "page buttons", view=SAMPLES["choose-long"]),
    Broken(
        "focus-order",
        ordered(lambda stops: [*stops[::2], *stops[1::2]]),
        "parts of the page",
        view=SAMPLES["message-done"],
    ),
    Broken("focus-order", ordered(lambda stops: stops[::-1]), "against", view=SAMPLES["choose-queue"]),
    Broken("focus-order", ordered(lambda stops: stops[1:]), "0 times"),
    Broken("focus-order", ordered(lambda stops: [*stops, stops[0]]), "2 times"),
    Broken("spoken", lambda s: put(s, control(s, "nameless", part=Icon(s.pen, "check", 40))), "nameless"),
    Broken("language", lambda s: put(s, words(s, "Please wait 请稍候")), "Please, wait"),
    Broken("language", lambda s: put(s, words(s, "请稍候")), "请稍候", "en"),
    Broken("punctuation", lambda s: put(s, words(s, "请稍候,谢谢")), "请稍候"),
    Broken("one-main", two_mains, "second"),
    Broken("colour-alone", dead_button_alike, "page-up", view=SAMPLES["choose-long"]),
    Broken("punctuation", lambda s: put(s, words(s, "上午 9:00-12:00, 下午")), "上午"),
    Broken("colour-alone", lambda s: put(s, control(s, "asleep", event=None, line=LINE)), "asleep"),
)


def graded(opened: Stage, broken: Broken, *, spoiled: bool) -> Grade:
    surface = opened.app.surface
    camera = Camera(int(surface.width), int(surface.height))
    surface.show(broken.view, chrome(broken.language, "M", low=broken.low))
    if spoiled:
        broken.spoil(surface)
    return grade(camera.take(surface))


def said(found: Grade, broken: Broken) -> list[str]:
    lines = [str(finding) for finding in found.findings if finding.rule == broken.rule]
    return [line for line in lines if broken.says in line]


@pytest.mark.parametrize("broken", BROKEN, ids=[f"{number}-{each.rule}" for number, each in enumerate(BROKEN)])
def test_a_broken_screen_is_caught_and_the_same_unbroken_is_not(stage: Callable[..., Stage], broken: Broken) -> None:
    opened = stage()
    assert said(graded(opened, broken, spoiled=False), broken) == []
    opened.app.surface.show(SAMPLES["attract"], chrome("zh_CN", "M"))
    assert len(said(graded(opened, broken, spoiled=True), broken)) >= 1


def test_every_rule_has_a_broken_screen() -> None:
    assert {broken.rule for broken in BROKEN} == set(RULES)


def test_every_rule_names_its_source_and_what_it_asks() -> None:
    for rule in RULES.values():
        assert rule.source
        assert rule.asks
        assert len(rule.check.__doc__ or "") > 40, rule.name


def test_on_a_good_screen_no_rule_fires_and_every_rule_looks(stage: Callable[..., Stage]) -> None:
    opened = stage()
    found = graded(opened, Broken("", lambda _: None, ""), spoiled=False)
    assert [str(finding) for finding in found.findings] == []
    assert {name for name, count in found.checked.items() if count == 0} == {"reach"}


def test_names_and_numbers_in_a_view_are_data_and_our_sentences_are_not() -> None:
    view = MessageView(Tone.DONE, msg("Take along by phone"), HALL, big="A027", big_note="欧阳")
    assert list(bare_texts(view)) == ["A027", "欧阳"]
