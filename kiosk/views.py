"""What a screen can be asked to show. Frozen values: every screen can be drawn, and photographed, from a literal.

Texts are `kiosk.texts.Text`, said in the visit's language when drawn. `icon` is a Material Design Icons name.
A view offers `Option`s (big things to choose, told as `Chosen(key)`) and `Action`s (buttons, told as their event).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from kiosk.events import Event
from kiosk.page_hints import Hint
from kiosk.pictures import Picture
from kiosk.ports.camera import Outline
from kiosk.ports.writing import Stroke
from kiosk.preferences import Preferences
from kiosk.texts import Text


@dataclass(frozen=True)
class Option:
    """Something to choose. Where it is not available now, `reason` says why and what one can do instead; it stays
    visible and can still be pressed only when `available`."""

    key: str
    title: Text
    detail: Text = ""
    icon: str = ""
    available: bool = True
    reason: Text = ""
    main: bool = False
    """Drawn in teal: what most people come for."""


@dataclass(frozen=True)
class Action:
    """A button. `main`: the thing to do next, one per view, the largest."""

    event: Event
    label: Text
    icon: str = ""
    main: bool = False
    available: bool = True
    reason: Text = ""


@dataclass(frozen=True)
class Fact:
    """A number or word people compare, its footnote, and an icon: 5 个工作日 / 承诺（法定 20）."""

    value: Text
    note: Text = ""
    icon: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with its content, folded to `summary` until opened."""

    title: Text
    summary: Text
    entries: tuple["Entry", ...]
    icon: str = ""


@dataclass(frozen=True)
class Entry:
    """One paragraph of a section: a text, with an optional term before it, smaller notes below, and tags (已在档案中)."""

    text: Text
    term: Text = ""
    notes: tuple[Text, ...] = ()
    tags: tuple[Text, ...] = ()


class Tone(StrEnum):
    """The mood of a message: always with icon and word, never by colour alone."""

    PLAIN = "plain"
    DONE = "done"
    NOTE = "note"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class AttractView:
    """Nobody is here: what this is, in every language, and "touch to begin"."""

    title: Text
    invitation: Text
    offers: tuple[Option, ...]
    """What can be done here, as icons with words; not pressable."""
    languages: tuple[str, ...] = ()
    """Those that title and invitation are said in, beside the one on show."""
    open: bool = True
    """False: no visit can begin now, and `invitation` says why."""


@dataclass(frozen=True)
class HomeView:
    """The start of a visit."""

    greeting: Text
    search_hint: Text
    tiles: tuple[Option, ...]
    packages_title: Text
    packages: tuple[Option, ...]
    opening: Text
    """Opening hours today, and whether it is open now."""


@dataclass(frozen=True)
class ChooseView:
    """Choose one of several. `tabs` (key, title) switch what is listed; told as Pressed(key)."""

    title: Text
    options: tuple[Option, ...]
    explain: Text = ""
    tabs: tuple[Option, ...] = ()
    tab: str = ""
    actions: tuple[Action, ...] = ()
    empty: Text = ""
    """Said when there are no options."""
    note: Text = ""
    """A small line under the list: "sample data"."""


@dataclass(frozen=True)
class SearchView:
    """Search as one types: field, results, keyboard. Told as Typed(text) and Chosen(key)."""

    title: Text
    hint: Text
    text: str
    found: Text
    """How many were found, or what to try."""
    options: tuple[Option, ...]
    examples: tuple[Text, ...] = ()
    """Words to try, shown while the field is empty; a touch types them as they are said."""


class FieldKind(StrEnum):
    """What is written into a field; it decides which ways of writing are offered."""

    TEXT = "text"
    NAME = "name"
    """A person's name, with rare characters near at hand."""
    LATIN = "latin"
    """Letters as on a passport."""
    DIGITS = "digits"
    PIN = "pin"
    """Digits that are neither shown nor said."""
    ID_NUMBER = "id number"
    """A citizen's number, judged while it is typed (kiosk.id_number)."""


@dataclass(frozen=True, repr=False)
class FieldView:
    """One question that is answered by writing. Told as Typed(text) at every change, and as the actions' events.

    What is still being composed is never told; an action pressed meanwhile asks to finish it first.
    """

    title: Text
    text: str
    kind: FieldKind = FieldKind.TEXT
    explain: Text = ""
    hint: Text = ""
    """An example, shown in the field while it is empty."""
    error: Text = ""
    """What is wrong with what stands there, said at the field until it is changed."""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, repr=False)
class SignView:
    """Sign with a finger. Told as Signed(strokes) after every stroke, undo and clear, and as the actions' events.

    The main action is offered only while the strokes can be taken for a signature (kiosk.signature.judge). Who cannot sign by
    hand needs another way: without one the view cannot be made.
    """

    title: Text
    statement: Text
    """What is signed, word for word."""
    actions: tuple[Action, ...]
    strokes: tuple[Stroke, ...] = ()
    """As they were told, in widths of the field, y downwards."""
    explain: Text = ""

    def __post_init__(self) -> None:
        if not any(action.available and not action.main for action in self.actions):
            raise ValueError("a page to sign on needs another way for people who cannot sign by hand")


@dataclass(frozen=True)
class GuideView:
    """A guide one can read standing up: facts large, sections folded."""

    title: Text
    summary: Text
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    actions: tuple[Action, ...]
    note: Text = ""
    marked: Text = ""
    """Where the guide is missing in the visit's language: says so."""
    limits: Text = ""
    """What of the item does not work at this terminal now, and the way around it."""


@dataclass(frozen=True)
class WaitView:
    """Something is awaited: what, and how long it may take. With `card`, "put your card here" with an arrow down."""

    title: Text
    explain: Text
    icon: str
    expected_s: float | None = None
    """Drawn as progress; None: no idea, a calm sign of life only."""
    points_down: bool = False
    actions: tuple[Action, ...] = ()
    ends_at: float | None = None
    """Where it is known to the second: when on this process's monotonic clock; drawn as a countdown."""


@dataclass(frozen=True)
class ReviewView:
    """Look once more before something is done for good."""

    title: Text
    rows: tuple[tuple[Text, Text], ...]
    actions: tuple[Action, ...]
    explain: Text = ""
    icon: str = ""


@dataclass(frozen=True)
class QrCode:
    """A QR code and the sentence that says what it opens."""

    data: str
    caption: Text


@dataclass(frozen=True)
class MessageView:
    """How something ended, with what to do next. `big`: a ticket number, as large as the screen allows."""

    tone: Tone
    title: Text
    explain: Text = ""
    icon: str = ""
    big: str = ""
    big_note: Text = ""
    facts: tuple[Fact, ...] = ()
    steps: tuple[Text, ...] = ()
    """What to do next, numbered."""
    qr: QrCode | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Instruction:
    """One thing to do with the hands: a picture (kiosk.pictures.Picture) and its sentence."""

    picture: Picture
    text: Text


@dataclass(frozen=True)
class DeviceView:
    """A device for those who look after it: how it is and since when, what to do as pictures, what was counted."""

    title: Text
    tone: Tone
    state: Text
    since: Text = ""
    icon: str = ""
    explain: tuple[Text, ...] = ()
    """What it reports, a sentence each."""
    steps: tuple[Instruction, ...] = ()
    """What to do, in order."""
    rows: tuple[tuple[Text, Text], ...] = ()
    """What was counted."""
    note: Text = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class CameraView:
    """What the document camera sees, live, with the page's outline and what to do better. The main action takes the
    picture; it waits while the camera shows nothing. `corners`: as somebody set them; told as CornersSet."""

    title: Text
    explain: Text = ""
    actions: tuple[Action, ...] = ()
    corners: Outline | None = None


@dataclass(frozen=True, repr=False)
class PictureView:
    """A picture to look at: a page that was photographed or scanned. `picture`: a JPEG or PNG file; `turned`: quarter
    turns clockwise it is shown in. `concern`: what may be wrong with it."""

    title: Text
    picture: bytes
    explain: Text = ""
    concern: Hint | None = None
    turned: int = 0
    actions: tuple[Action, ...] = ()


View: TypeAlias = (
    AttractView
    | HomeView
    | ChooseView
    | SearchView
    | FieldView
    | SignView
    | GuideView
    | WaitView
    | ReviewView
    | MessageView
    | DeviceView
    | CameraView
    | PictureView
)
VIEWS: tuple[type, ...] = (
    AttractView,
    HomeView,
    ChooseView,
    SearchView,
    FieldView,
    SignView,
    GuideView,
    WaitView,
    ReviewView,
    MessageView,
    DeviceView,
    CameraView,
    PictureView,
)
"""The registry of views: a screen, a literal to draw it from and a test exist for each, or `make test` fails."""


@dataclass(frozen=True)
class Chrome:
    """What stands around every view: header, help line, countdown. Changes of it do not rebuild the view."""

    preferences: Preferences
    languages: tuple[str, ...]
    can_back: bool
    can_home: bool
    station: Text
    clock: Text
    help: Text
    enquiry_phone: str
    supervision_phone: str
    remaining_s: int | None = None
    """Seconds until an idle visit ends; None until the warning time has come."""
    can_hear: bool = False
    """Whether the screen can be read aloud here."""
    private: bool = False
    """Whether what is said goes into headphones, so that nobody else hears it."""
    banner: Text = ""
    """A calm line for the whole machine: training mode, no network."""

    @property
    def language(self) -> str:
        """The language of the visit."""
        return self.preferences.language

    @property
    def text_size(self) -> str:
        """The text size of the visit."""
        return self.preferences.text_size
