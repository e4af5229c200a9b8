"""What is said of a page that goes on with something else in it: only what is new, for somebody who cannot see it change."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk import spoken
from kiosk.spoken_views import facts_aloud, page_chosen, said
from kiosk.views.choose import ChooseView, SearchView
from kiosk.views.model import View
from kiosk.views.pages import PagesView
from kiosk.views.told import MessageView
from screens.hearing import Sentences


def news(was: View | None, view: View, pressed: str) -> Sentences:
    """The new sentences of the same page; `pressed`: the name of what was pressed last, of which one wants to know how it
    stands now. Nothing for another kind of page."""
    if was is None or was == view or type(was) is not type(view):
        return ()
    own = _NEWS.get(type(view))
    return said((*(own(was, view, pressed) if own else ()), *_changed(was, view, "explain", "error", "note")))


def _changed(was: View, view: View, *names: str) -> Sentences:
    pairs = ((getattr(was, name, ""), getattr(view, name, "")) for name in names)
    return tuple(now for before, now in pairs if now != before)


def _found(was: SearchView, view: SearchView, _pressed: str) -> Sentences:
    return _changed(was, view, "found")


def _pressed_option(was: ChooseView, view: ChooseView, pressed: str) -> Sentences:
    """Ticked, or not any more."""
    before = {option.key: option for option in was.options}
    now = next((option for option in view.options if option.key == pressed), None)
    return spoken.describe_option(now) if now and now != before.get(pressed, now) else ()


def _chosen_page(was: PagesView, view: PagesView, _pressed: str) -> Sentences:
    """Another one, or another place of it; that it is turned needs no word more than the button has."""
    return () if page_chosen(was) == page_chosen(view) else page_chosen(view)


def _new_facts(was: MessageView, view: MessageView, _pressed: str) -> Sentences:
    return facts_aloud(fact for fact in view.facts if fact not in was.facts)


_NEWS: Mapping[type, Callable[[Any, Any, str], Sentences]] = {
    SearchView: _found,
    ChooseView: _pressed_option,
    PagesView: _chosen_page,
    MessageView: _new_facts,
}
