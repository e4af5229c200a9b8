"""The same errand done in three ways: find a guide by typed hanzi, take a ticket with the card, give it up again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.visits.applying import apply

if TYPE_CHECKING:
    from tests.visits.visitor import Visitor


@dataclass(frozen=True)
class Script:
    """A visit: at which station, and what is done."""

    station: str
    play: "Callable[[Visitor], None]"
    listens: bool = False


def keypad(me: "Visitor") -> None:
    """Somebody who sees nothing: headphones and six keys; every decision is made by what was heard."""
    me.hand("headphones", "plug")
    me.until(lambda: "便民" in me.last or "政务" in me.last, "the welcome")
    me.keep("welcome")
    me.ok("home.home")
    me.seek("搜事项")
    me.ok("guide.search")
    me.write_hanzi("canguan", "餐馆")
    me.keep("guide-search-hanzi")
    me.seek("食品经营许可", most=60)
    me.ok("guide.guide")
    me.seek("为此事取号")
    me.ok()
    if me.step == "ticket.choose":
        me.seek("综合", most=40)
        me.ok()
    me.see("ticket.card")
    me.hand("card_reader", "place", "li")
    me.see("ticket.review")
    me.seek("取号", most=20)
    me.ok("ticket.done")
    me.hear("取号成功")
    assert me.slip()
    me.hand("card_reader", "remove")
    me.seek("放弃", most=30)
    me.ok("ticket.give_up")
    me.seek("放弃", most=20)
    me.ok("ticket.given_up")
    me.seek("完成", most=20)
    me.ok()
    me.until(lambda: me.step == "home.attract", "the end")
    me.hand("headphones", "unplug")
    me.until(lambda: not me.app.surface.narrator.on, "silence")


def large(me: "Visitor") -> None:
    """Somebody who sits and does not see well: the largest text, everything to touch low down."""
    me.wake()
    me.touch("low")
    me.touch("size")
    me.touch("XL")
    me.keep("panel")
    me.touch("close")
    me.see("home.home", "home-large-low")
    errand(me, "canguan", "餐馆")


def left(me: "Visitor") -> None:
    """A left-handed student who reads English, at a lying screen."""
    me.wake()
    me.touch("language")
    me.touch("en")
    me.touch("size")
    me.touch("left_hand")
    me.keep("panel")
    me.touch("close")
    me.see("home.home", "home-left")
    errand(me, "canguan", "餐馆", mode="mode-pinyin")


def errand(me: "Visitor", letters: str, hanzi: str, mode: str = "") -> None:
    """With a finger: search by hanzi, read, take a number with the card, give it up."""
    me.touch("search")
    me.see("guide.search")
    if mode and mode not in me.robot.names():
        me.touch("mode-more")
    if mode:
        me.touch(mode)
    me.type(letters)
    me.keep("candidates")
    choose(me, hanzi)
    me.keep("guide-search-hanzi")
    me.touch("hide" if "hide" in me.robot.names() else "key-hide")
    me.touch("food-new")
    me.see("guide.guide")
    me.touch("ticket")
    me.rest(0.3)
    if me.step == "ticket.choose":
        me.keep("ticket-choose")
        me.touch(me.terminal.runner.world.queues[0].id)  # type: ignore[index]
    me.see("ticket.card")
    me.hand("card_reader", "place", "li")
    me.see("ticket.review")
    me.touch("Confirmed")
    me.see("ticket.done")
    assert me.slip()
    me.hand("card_reader", "remove")
    me.touch("give_up")
    me.see("ticket.give_up")
    me.touch("Confirmed")
    me.see("ticket.given_up")
    me.touch("finish")
    me.until(lambda: me.step == "home.attract", "the end")
    preferences = me.terminal.runner.visit.preferences
    assert (preferences.text_size, preferences.low, preferences.left_hand) == ("M", False, False)


def choose(me: "Visitor", hanzi: str) -> None:
    """Touch the candidate that reads like this."""
    at = me.candidates().index(hanzi)
    me.touch(f"candidate-{at}")


VISITS: Mapping[str, Script] = {
    "keypad": Script("demo", keypad, listens=True),
    "apply": Script("demo", apply, listens=True),
    "large": Script("demo", large),
    "left": Script("campus", left),
}
