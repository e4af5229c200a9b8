"""What is said when a view appears: for every class of `kiosk.views` what a person who does not see it needs.

Short first: what this is, one sentence about it, how many choices; details follow, so that who knows the way interrupts
early. Each text is a sentence of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from time import monotonic
from typing import Any, TypeAlias

from kiosk.texts import Msg, Text, counted, msg
from kiosk.views.choose import ChooseView, SearchView
from kiosk.views.devices import DeviceView
from kiosk.views.fields import FieldKind, FieldView
from kiosk.views.guides import GuideView
from kiosk.views.model import View
from kiosk.views.pages import CameraView, PagesView, PictureView
from kiosk.views.parts import Action, Fact, Option, Section, Tone
from kiosk.views.progress import Mark, TimelineStep, TimelineView
from kiosk.views.signing import SignView
from kiosk.views.start import AttractView, HomeView
from kiosk.views.told import MessageView, ReviewView, WaitView

Sentences: TypeAlias = tuple[Text, ...]

TONES: Mapping[Tone, Text] = {
    Tone.PLAIN: "",
    Tone.DONE: msg("It is done."),
    Tone.NOTE: msg("Please note."),
    Tone.TROUBLE: msg("There is a difficulty."),
}


MARKS: Mapping[Mark, Text] = {
    Mark.PAST: msg("done"),
    Mark.NOW: msg("your case is here"),
    Mark.NEXT: msg("still to come"),
}


def read_aloud(view: View) -> Sentences:
    """What is said when the view appears. Raises KeyError for a class of views that nobody has written words for."""
    return said(READERS[type(view)](view))


def _attract(view: AttractView) -> Iterable[Text]:
    how = (msg("Press OK to begin."),) if view.open else ()
    return view.title, view.invitation, *how, *_titles(view.offers)


def _home(view: HomeView) -> Iterable[Text]:
    choices = (*view.tiles, *view.packages)
    return (
        view.greeting,
        _count(choices),
        view.opening,
        *_titles(view.tiles),
        *_group(view.packages_title, view.packages),
    )


def _choose(view: ChooseView) -> Iterable[Text]:
    tab = [tab.title for tab in view.tabs if tab.key == view.tab]
    return (
        view.progress,
        view.title,
        view.given,
        view.explain,
        *(msg("Showing: {tab}", tab=title) for title in tab),
        _count(view.options) if view.options else view.empty,
        *_titles(view.options),
        view.note,
        *_actions(view.actions),
    )


def _search(view: SearchView) -> Iterable[Text]:
    typed = so_far(view) or view.hint
    examples = () if view.text else tuple(msg("For example: {text}", text=example) for example in view.examples)
    return view.title, typed, view.found, *examples, *_titles(view.options)


PERSONAL = (
    FieldKind.NAME,
    FieldKind.LATIN,
    FieldKind.DIGITS,
    FieldKind.ID_NUMBER,
    FieldKind.CREDIT_CODE,
    FieldKind.DATE,
    FieldKind.PHONE,
    FieldKind.MONEY,
    FieldKind.PIN,
)
"""Fields whose content is not read out with the page: only how much there is. Digits are mostly a telephone number."""


def is_personal(view: View) -> bool:
    """Whether what is written in the view is for nobody else's ears."""
    return isinstance(view, FieldView) and view.kind in PERSONAL


def is_secret(view: View | None) -> bool:
    """Whether what is written in the view is for no ears at all."""
    return isinstance(view, FieldView) and view.kind is FieldKind.PIN


def so_far(view: FieldView | SearchView, *, private: bool = False) -> Text:
    """What is written in the view; of a person only how much, unless it is heard by that person alone (`private`)."""
    if not view.text:
        return ""
    if is_personal(view) and not (private and not is_secret(view)):
        return counted("{n} character is written so far", "{n} characters are written so far", len(view.text))
    return msg("Written so far: {text}", text=view.text)


def _field(view: FieldView) -> Iterable[Text]:
    return (
        view.progress,
        view.title,
        view.given,
        view.explain,
        view.error,
        so_far(view) or view.hint,
        *_actions(view.actions),
    )


def _sign(view: SignView) -> Iterable[Text]:
    """Never the strokes: only whether there are any."""
    so_far = msg("There is a signature in the field.") if view.strokes else msg("Nothing is signed yet.")
    return view.title, view.explain, view.statement, so_far, *_actions(view.actions)


def _guide(view: GuideView) -> Iterable[Text]:
    return (
        view.title,
        view.marked,
        view.summary,
        view.limits,
        *facts_aloud(view.facts),
        counted("{n} section to read", "{n} sections to read", len(view.sections)) if view.sections else "",
        *(text for section in view.sections for text in (section.title, section.summary)),
        view.note,
        *_actions(view.actions),
    )


def _wait(view: WaitView) -> Iterable[Text]:
    return (
        view.title,
        view.explain,
        msg("The place for the card is below the screen.") if view.points_down else "",
        msg("It takes about {n} seconds.", n=round(view.expected_s)) if view.expected_s else "",
        _countdown(view.ends_at) if view.ends_at is not None else "",
        *_actions(view.actions),
    )


def _countdown(ends_at: float) -> Msg:
    return msg("It takes about {n} seconds.", n=max(1, round(ends_at - monotonic())))


def _review(view: ReviewView) -> Iterable[Text]:
    return view.title, view.explain, *(pair(term, value) for term, value in view.rows), *_actions(view.actions)


def _message(view: MessageView) -> Iterable[Text]:
    return (
        TONES[view.tone],
        view.title,
        *((view.big, view.big_note) if view.big else ()),
        view.explain,
        *facts_aloud(view.facts),
        counted("{n} thing to do next", "{n} things to do next", len(view.steps)) if view.steps else "",
        *(msg("Step {n}: {text}", n=at, text=text) for at, text in enumerate(view.steps, 1)),
        *((msg("On the screen there is a code for a telephone: {text}", text=view.qr.caption),) if view.qr else ()),
        *_actions(view.actions),
    )


def _device(view: DeviceView) -> Iterable[Text]:
    return (
        view.title,
        view.since or view.state,
        *view.explain,
        counted("{n} thing to do next", "{n} things to do next", len(view.steps)) if view.steps else "",
        *(msg("Step {n}: {text}", n=at, text=step.text) for at, step in enumerate(view.steps, 1)),
        view.note,
        *(pair(term, value) for term, value in view.rows),
        *_actions(view.actions),
    )


def _camera(view: CameraView) -> Iterable[Text]:
    return view.title, view.explain, *_actions(view.actions)


def _picture(view: PictureView) -> Iterable[Text]:
    return view.title, *((view.concern.text,) if view.concern else ()), view.explain, *_actions(view.actions)


def _pages(view: PagesView) -> Iterable[Text]:
    return view.title, view.note, *page_chosen(view), *_actions((*view.tools, *view.actions))


def page_chosen(view: PagesView) -> Sentences:
    """Which page is chosen, and what may be wrong with it."""
    if not view.pages:
        return ()
    concern = view.pages[view.chosen].concern
    which = msg("Page {n} of {of} is chosen.", n=view.chosen + 1, of=len(view.pages))
    return which, *((concern.text,) if concern else ())


def _timeline(view: TimelineView) -> Iterable[Text]:
    """Where it stands and what is asked first; the number as digits last of what concerns the case as a whole."""
    sections = ((view.asked,) if view.asked else ()) + view.sections
    return (
        TONES[view.tone],
        view.title,
        view.state,
        view.explain,
        *(text for section in sections for text in _section(section)),
        *facts_aloud(view.facts),
        msg("Case number {number}", number=view.number) if view.number else "",
        counted("{n} step of your case", "{n} steps of your case", len(view.steps)) if view.steps else "",
        *(text for step in view.steps for text in _step(step)),
        *_actions(view.actions),
    )


def _section(section: Section) -> Iterable[Text]:
    entries = (
        text
        for entry in section.entries
        for text in (pair(entry.term, entry.text) if entry.term else entry.text, *entry.notes, *entry.tags)
    )
    return section.title, section.summary, *entries


def _step(step: TimelineStep) -> Iterable[Text]:
    title = msg("{step} · {mark}", step=step.title, mark=MARKS[step.mark])
    return title, step.when, step.office, step.note


READERS: Mapping[type, Callable[[Any], Iterable[Text]]] = {
    AttractView: _attract,
    HomeView: _home,
    ChooseView: _choose,
    SearchView: _search,
    FieldView: _field,
    SignView: _sign,
    GuideView: _guide,
    WaitView: _wait,
    ReviewView: _review,
    MessageView: _message,
    DeviceView: _device,
    CameraView: _camera,
    PictureView: _picture,
    PagesView: _pages,
    TimelineView: _timeline,
}
"""For every class of `kiosk.views.TABLE`; a test finds one that is missing."""


# --- their parts ---------------------------------------------------------------------------------------------


def said(texts: Iterable[Text]) -> Sentences:
    """Without what is empty."""
    return tuple(text for text in texts if text)


def _count(options: "tuple[Option, ...]") -> Msg:
    return counted("{n} choice", "{n} choices", len(options))


def _titles(options: Iterable[Option]) -> Sentences:
    return tuple(
        option.title if option.available else msg("{title}, not available now", title=option.title)
        for option in options
    )


def _group(title: Text, options: "tuple[Option, ...]") -> Sentences:
    return (title, *_titles(options)) if options else ()


def facts_aloud(facts: Iterable[Fact]) -> Sentences:
    """Each figure with its footnote."""
    return tuple(
        msg("{value}, {note}", value=fact.value, note=fact.note) if fact.note else fact.value for fact in facts
    )


def pair(term: Text, value: Text) -> Msg:
    """A term and what it is."""
    return msg("{term}: {value}", term=term, value=value)


def unavailable(available: bool, reason: Text) -> Sentences:
    """Why something is not to be had, or what of it is missing now; nothing when it is to be had in full."""
    return (reason,) if available else (msg("Not available now."), reason)


def _actions(actions: Iterable[Action]) -> Sentences:
    """The next step, then the other buttons."""
    ranked = sorted(actions, key=lambda action: not action.main)
    return tuple(
        msg("Next: {label}", label=action.label) if action.main else msg("{label}, button", label=action.label)
        for action in ranked
        if action.available
    )
