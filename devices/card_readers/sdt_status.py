"""What the SDT status byte SW3 means, and what the driver does about it (four independent tables agree; facts 1.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.errors import CardNotGenuine, CardUnreadable, DeviceError, DeviceUnavailable, Fault


class Sw3:
    """The codes the driver itself decides on."""

    OK = 0x90
    FOUND = 0x9F
    EMPTY = 0x91
    BAD_CHECKSUM = 0x10
    BAD_LENGTH = 0x11
    READ_FAILED = 0x41
    NO_CARD = 0x80
    NOT_SELECTED = 0x81


class Act(Enum):
    """What to do on a code."""

    DONE = auto()
    RESEND = auto()
    """The reader did not get our frame: the same again, once."""
    FIND_AGAIN = auto()
    """The card moved: find, select and read it once more."""
    GIVE_UP = auto()
    """Only the person, or staff, can do something."""


@dataclass(frozen=True)
class Meaning:
    """A code's meaning, the driver's act, and the error when the act did not help."""

    text: str
    act: Act
    error: Callable[[str], DeviceError] = CardUnreadable


def _fault(kind: Fault) -> Callable[[str], DeviceError]:
    return lambda text: DeviceUnavailable(text, kind)


MEANINGS: Mapping[int, Meaning] = {
    0x90: Meaning("done", Act.DONE),
    0x9F: Meaning("a card was found", Act.DONE),
    0x91: Meaning("the card does not have what was asked for", Act.GIVE_UP),
    0x10: Meaning("the reader got a broken frame", Act.RESEND, _fault(Fault.NO_ANSWER)),
    0x11: Meaning("the reader got a frame of the wrong length", Act.RESEND, _fault(Fault.NO_ANSWER)),
    0x21: Meaning("the reader does not know the command in this state", Act.FIND_AGAIN),
    0x23: Meaning("the reader may not do this", Act.GIVE_UP, _fault(Fault.NOT_AUTHORISED)),
    0x24: Meaning("the reader reports an error of its own", Act.FIND_AGAIN, _fault(Fault.HARDWARE)),
    0x31: Meaning("the card does not accept the reader", Act.GIVE_UP, CardNotGenuine),
    0x32: Meaning("the reader does not accept the card", Act.GIVE_UP, CardNotGenuine),
    0x33: Meaning("the card's contents are not signed as they should be", Act.GIVE_UP, CardNotGenuine),
    0x40: Meaning("this is another kind of card", Act.GIVE_UP),
    0x41: Meaning("the card could not be read", Act.FIND_AGAIN),
    0x47: Meaning("the card gave no random number", Act.FIND_AGAIN),
    0x60: Meaning("the security module failed its self-test", Act.GIVE_UP, _fault(Fault.HARDWARE)),
    0x66: Meaning("the security module is not authorised", Act.GIVE_UP, _fault(Fault.NOT_AUTHORISED)),
    0x80: Meaning("no card was found", Act.FIND_AGAIN),
    0x81: Meaning("the card could not be selected", Act.FIND_AGAIN),
    # The Windows SDK's own codes: vendors' bridges pass them on.
    0x01: Meaning("the bridge could not open the reader", Act.GIVE_UP, _fault(Fault.UNPLUGGED)),
    0x02: Meaning("the bridge got no answer from the reader", Act.FIND_AGAIN, _fault(Fault.NO_ANSWER)),
    0x03: Meaning("the bridge could not pass the frame on", Act.RESEND, _fault(Fault.NO_ANSWER)),
    0x05: Meaning("the bridge could not use the reader", Act.GIVE_UP, _fault(Fault.UNPLUGGED)),
}


def meaning(sw3: int) -> Meaning:
    """What a code means; an unknown one is an error of the reader."""
    return MEANINGS.get(sw3) or Meaning("the reader gives a code that is in no table", Act.FIND_AGAIN)


def error_for(sw3: int) -> DeviceError:
    """The error to raise when a code is the last word. Names the code, never the card."""
    found = meaning(sw3)
    return found.error(f"The card reader says {sw3:02X}: {found.text}.")
