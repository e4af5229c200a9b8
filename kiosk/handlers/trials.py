"""One use of each kind of device, as a resident would use it: what is found is said in figures, nothing of it is kept.

A trial gets the device in its worker's thread and looks at `cancelled` every 0.2 s; of cards, pages and codes only their
kind, size and time are told. Raises what the device raises.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from types import MappingProxyType
from typing import Any, TypeAlias

from kiosk.errors import ScanFailed
from kiosk.handlers.results import SLICE_S
from kiosk.ports.board import IoBoard, Lamp, Sensor
from kiosk.ports.camera import DocumentCamera
from kiosk.ports.card_reader import CardKind, CardReader, IdCard
from kiosk.ports.citizen_card import CitizenCardReader
from kiosk.ports.code_scanner import CodeScanner
from kiosk.ports.page import Concern, Page
from kiosk.ports.power import PowerSupply
from kiosk.ports.scanner import DocumentScanner, ScanOrder, Source
from kiosk.ports.tally import Counter
from kiosk.ports.voice import Manner, Tongue, Voice
from kiosk.texts import Msg, Series, Text, msg
from kiosk.words import Words

FRAME_S, PAGE_S, CODE_S, CARD_S, SPEECH_S = 10.0, 6.0, 60.0, 60.0, 15.0
"""How long a camera's first picture, a page laid under it, a code, a card, a sentence may take."""
LAMP_S = 0.5


@dataclass(frozen=True)
class Trial:
    """What a trial may use: `cancelled`, a way to ask something of the person at the machine, and words to speak."""

    cancelled: threading.Event
    ask: Callable[[Text], None]
    words: Words


@dataclass(frozen=True)
class Found:
    """How it ended: `counts` is what the tally counts for it."""

    well: bool
    text: Text
    facts: tuple[tuple[Text, Text], ...] = ()
    counts: Counter | None = None


Result: TypeAlias = Found | None
"""None: it was stopped."""

KINDS: Mapping[CardKind, Msg] = MappingProxyType(
    {
        CardKind.RESIDENT: msg("Resident ID card"),
        CardKind.HMT_PERMIT: msg("Residence permit for Hong Kong, Macau and Taiwan"),
        CardKind.FOREIGNER_2017: msg("Foreigner's ID card, 2017"),
        CardKind.FOREIGNER_2023: msg("Foreigner's ID card, 2023"),
        CardKind.SOCIAL_SECURITY: msg("Social-security card"),
    }
)
CONCERNS: Mapping[Concern, Msg] = MappingProxyType(
    {
        Concern.NO_PAGE: msg("no page found"),
        Concern.BLANK: msg("nothing written"),
        Concern.MOVING: msg("it moved"),
        Concern.BLURRED: msg("not sharp"),
        Concern.TOO_BRIGHT: msg("too bright"),
        Concern.TOO_DARK: msg("too dark"),
        Concern.CURVED: msg("not flat"),
    }
)
LAMPS: Mapping[Lamp, Msg] = MappingProxyType(
    {
        Lamp.CARD: msg("Lamp at the card reader"),
        Lamp.SLIP: msg("Lamp at the slips"),
        Lamp.A4: msg("Lamp at the A4 tray"),
        Lamp.SCANNER: msg("Lamp at the scanner"),
        Lamp.HELP: msg("Lamp of the help button"),
    }
)
SENSORS: Mapping[Sensor, Msg] = MappingProxyType(
    {Sensor.DOOR_OPEN: msg("service door open"), Sensor.SOMEBODY_NEAR: msg("somebody near")}
)


# --- cards ---------------------------------------------------------------------------------------------------


def card(reader: CardReader | CitizenCardReader, trial: Trial) -> Result:
    """Any card: its kind and how long it took, never whose it is."""
    trial.ask(msg("Put any card on the reader."))
    if not _waited(trial, CARD_S, reader.await_card):
        return None if trial.cancelled.is_set() else Found(False, msg("No card was seen within a minute."))
    trial.ask(msg("Leave the card there."))
    began = monotonic()
    read = reader.read()
    kind = KINDS[read.kind] if isinstance(read, IdCard) else msg("Citizen or social-security card")
    facts = ((msg("What was read"), kind), (msg("Reading took"), _seconds(began)))
    return Found(True, msg("Take the card away again. Nothing of it was kept."), facts, Counter.READS)


def code(scanner: CodeScanner, trial: Trial) -> Result:
    """Any code: how long it is."""
    scanner.clear()
    trial.ask(msg("Hold any code before the scanner."))
    found: list[int] = []

    def look(seconds: float) -> bool:
        code = scanner.await_code(seconds)
        found.extend([len(code.text)] if code else [])
        return code is not None

    if not _waited(trial, CODE_S, look):
        return None if trial.cancelled.is_set() else Found(False, msg("No code was seen within a minute."))
    facts = ((msg("Characters in the code"), str(found[0])),)
    return Found(True, msg("The code was read. Nothing of it was kept."), facts, Counter.READS)


def _waited(trial: Trial, most_s: float, wait: Callable[[float], bool]) -> bool:
    """Wait in slices; False when it was stopped or took too long."""
    until = monotonic() + most_s
    while not trial.cancelled.is_set() and monotonic() < until:
        if wait(SLICE_S):
            return True
    return False


# --- pages ---------------------------------------------------------------------------------------------------


def scan(scanner: DocumentScanner, trial: Trial) -> Result:
    """One page, on the glass where there is one."""
    flat = Source.FLATBED in scanner.capabilities.sources
    trial.ask(msg("Scanning what lies on the glass.") if flat else msg("Put a page into the feeder."))
    began = monotonic()
    with stopping(trial.cancelled, scanner.cancel):
        try:
            page = _first_page(scanner, ScanOrder(Source.FLATBED if flat else Source.FEEDER))
        except ScanFailed:
            if trial.cancelled.is_set():
                return None
            raise
    if page is None:
        return None if trial.cancelled.is_set() else Found(False, msg("The scanner gave no page."))
    return _page(page, began, Counter.SCANS)


def _first_page(scanner: DocumentScanner, order: ScanOrder) -> Page | None:
    """The iterator is closed whatever happens: that stops the device."""
    pages = scanner.scan(order)
    try:
        return next(iter(pages), None)
    finally:
        getattr(pages, "close", lambda: None)()


def photograph(camera: DocumentCamera, trial: Trial) -> Result:
    """The first picture, then a page in full as soon as one lies there; without one, what there is to see."""
    trial.ask(msg("Put a page on the dark mat."))
    began = monotonic()
    camera.start()
    try:
        if not _waited(trial, FRAME_S, lambda seconds: _frame(camera, trial, seconds)):
            return None if trial.cancelled.is_set() else Found(False, msg("The camera gave no picture."))
        first = _seconds(began)
        _waited(trial, PAGE_S, lambda seconds: _lies_still(camera, trial, seconds))
        if trial.cancelled.is_set():
            return None
        found = _page(camera.take(), monotonic(), Counter.SCANS)
    finally:
        camera.stop()
    facts = ((msg("First picture after"), first), *found.facts)
    return Found(found.well, found.text, facts, found.counts)


def _frame(camera: DocumentCamera, trial: Trial, seconds: float) -> bool:
    return camera.latest() is not None or (trial.cancelled.wait(seconds / 4) and False)


def _lies_still(camera: DocumentCamera, trial: Trial, seconds: float) -> bool:
    """Whether a page lies under the camera, with no hand about it."""
    frame = camera.latest()
    there = frame is not None and frame.outline is not None and Concern.MOVING not in frame.concerns
    return there or (trial.cancelled.wait(seconds / 4) and False)


def _page(page: Page, began: float, counts: Counter) -> Found:
    """A device that gave a bad picture has done its part; what is bad about it is said."""
    concerns = tuple(CONCERNS[one] for one in sorted(page.concerns))
    facts: tuple[tuple[Text, Text], ...] = (
        (msg("Picture"), msg("{width} × {height} pixels", width=page.width_px, height=page.height_px)),
        (msg("It took"), _seconds(began)),
        *(((msg("To be seen on it"), Series(concerns)),) if concerns else ()),
    )
    seen = (
        msg("There is a picture, but no page on it.")
        if Concern.NO_PAGE in page.concerns
        else msg("A page came. Nothing of it was kept.")
    )
    return Found(True, seen, facts, counts)


@contextmanager
def stopping(cancelled: threading.Event, stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` from another thread as soon as it is cancelled, while this one waits inside the device."""
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            if cancelled.wait(SLICE_S / 2):
                stop()
                return

    watcher = threading.Thread(target=watch, name="trial watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


# --- others --------------------------------------------------------------------------------------------------


def power(supply: PowerSupply, _trial: Trial) -> Result:
    """What the battery says of itself."""
    charge = supply.charge()
    facts: list[tuple[Text, Text]] = []
    if charge.percent is not None:
        facts.append((msg("Charge"), f"{charge.percent:.0f} %"))
    if charge.runtime_s is not None:
        facts.append((msg("Lasts for"), msg("{n} min", n=int(charge.runtime_s // 60))))
    text = msg("The supply answers.") if facts else msg("The supply answers, but does not know its charge.")
    return Found(True, text, tuple(facts))


def board(board: IoBoard, trial: Trial) -> Result:
    """All lamps, one after the other; then what the sensors notice."""
    for lamp in Lamp:
        trial.ask(LAMPS[lamp])
        board.light(lamp, True)
        stopped = trial.cancelled.wait(LAMP_S)
        board.light(lamp, False)
        if stopped:
            return None
    noticed = tuple(SENSORS[one] for one in sorted(board.sensors()))
    facts = ((msg("Noticed now"), Series(noticed) if noticed else msg("nothing")),)
    return Found(True, msg("Every lamp was switched on and off. One that stayed dark is not fitted or broken."), facts)


SENTENCE = msg("This is the voice of this terminal.")


def voice(speaker: Voice, trial: Trial) -> Result:
    """A sentence in the language of the page, or one that is spoken here."""
    here = speaker.tongues()
    tongue = next((one for one in Tongue if one in here and one == trial.words.tongue), None) or next(
        (one for one in Tongue if one in here), None
    )
    if tongue is None:
        return Found(False, msg("No language can be spoken here."))
    trial.ask(SENTENCE)
    speaker.say([trial.words.say(SENTENCE)], tongue, Manner())
    _waited(trial, SPEECH_S, lambda seconds: not speaker.speaking or (trial.cancelled.wait(seconds) and False))
    speaker.stop()
    if trial.cancelled.is_set():
        return None
    return Found(True, msg("A sentence was spoken. If you heard nothing, look at the loudspeaker and its cable."))


def _seconds(began: float) -> Msg:
    return msg("{n} s", n=round(monotonic() - began, 1))


TRIALS: Mapping[str, Callable[[Any, Trial], Result]] = MappingProxyType(
    {
        "card_reader": card,
        "citizen_card_reader": card,
        "code_scanner": code,
        "document_scanner": scan,
        "document_camera": photograph,
        "power": power,
        "board": board,
        "voice": voice,
    }
)
"""By the worker's name; printers print (kiosk.handlers.upkeep)."""
