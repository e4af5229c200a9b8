"""One tree of errors, and one table that says for each fault what people are told.

KioskError
 +-- DeviceError             a device could not do what it was asked
 |    +-- DeviceFault          it could not because of a fault, which it names
 |    |    +-- DeviceUnavailable    closed, unplugged, no answer
 |    |    +-- PrintFailed          nothing, or not all, came out
 |    |    +-- ScanFailed           a page was not, or not wholly, scanned
 |    +-- CardUnreadable       a card is there and could not be read: placed badly, damaged, pulled away in the middle
 |    +-- CardNotGenuine       reader and card could not authenticate each other (SDT 31, 32, 33)
 |    +-- CardGone             the card was taken away before it was read
 |    +-- NothingToScan        the feeder is empty: the person has not put anything in
 +-- WritingUnavailable      an input method that is not on this machine, or whose engine failed
 +-- CentreError             the central approval service
 |    +-- CentreUnreachable    no network, time-out, no service there
 |    +-- CentreBusy           429 / 503
 |    +-- CentreRefused        it answered, and said no (or something we do not understand)
 |    +-- CentreForbidden      our credential is not accepted: a matter for the operator
 +-- CatalogueError          a catalogue that must not be shown: missing field, unknown key, dangling reference
 +-- StoreError              the kiosk's own encrypted file cannot be used: wrong key, damaged, not ours to open
 +-- SettingsError           refuses to start, says which file and key
 +-- SetupError              a font, a display, a port is missing: says what to do

No message of any of these may contain personal data: they are logged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.texts import Msg, msg


class Fault(StrEnum):
    """What can be wrong with a device; a cut of XFS4IoT's and UnifiedPOS's vocabulary (facts: device states)."""

    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    PAPER_JAM = "paper_jam"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    HEAD_HOT = "head_hot"
    TONER_LOW = "toner_low"
    TONER_OUT = "toner_out"
    OFFLINE = "offline"
    NO_SOUND = "no_sound"
    OUTPUT_FULL = "output_full"
    PAGE_JAM = "page_jam"
    LID_OPEN = "lid_open"
    IN_USE = "in_use"
    NO_PICTURE = "no_picture"
    ON_BATTERY = "on_battery"
    BATTERY_LOW = "battery_low"
    BATTERY_OLD = "battery_old"
    DOOR_OPEN = "door_open"
    UNPLUGGED = "unplugged"
    NO_ANSWER = "no_answer"
    WRONG_DEVICE = "wrong_device"
    NOT_AUTHORISED = "not_authorised"
    HARDWARE = "hardware"


class KioskError(Exception):
    """Anything this program raises on purpose."""


class DeviceError(KioskError):
    """A device could not do what it was asked."""


class DeviceFault(DeviceError):
    """It could not, because of `fault`."""

    def __init__(self, reason: str, fault: Fault = Fault.NO_ANSWER) -> None:
        super().__init__(reason)
        self.fault = fault


class DeviceUnavailable(DeviceFault):
    """Closed, unplugged, or it does not answer."""


class CardUnreadable(DeviceError):
    """A card is there and could not be read; placing it again may help."""


class CardNotGenuine(CardUnreadable):
    """Reader and card could not authenticate each other."""


class CardGone(DeviceError):
    """The card was taken away before it was read."""


class PrintFailed(DeviceFault):
    """Nothing, or not all, came out."""


class ScanFailed(DeviceFault):
    """A page was not, or not wholly, scanned; nothing of it is kept."""


class NothingToScan(DeviceError):
    """The feeder is empty: the person has not put anything in."""


class WritingUnavailable(KioskError):
    """An input method that is not on this machine, or whose engine has just failed; the others go on."""


class CentreError(KioskError):
    """The central approval service could not do what it was asked."""


class CentreUnreachable(CentreError):
    """No network, time-out, connection refused, answer cut off. Whether it was done there is not known."""


class CentreBusy(CentreError):
    """429 or 503."""

    def __init__(self, reason: str, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class CentreRefused(CentreError):
    """It answered and said no; `code` is the problem type's last path segment, or "not-understood"."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class FilesMissing(CentreRefused):
    """What was handed in names files that the centre does not have yet; `missing` are their digests."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("materials-missing", f"the centre lacks {len(missing)} files")
        self.missing = missing


class CentreForbidden(CentreError):
    """401 or 403: our credential is not accepted."""


class CatalogueError(KioskError):
    """A catalogue that must not be shown; the message names item and field."""


class StoreError(KioskError):
    """The kiosk's own encrypted file cannot be used; the message names the file and what to do."""


class SettingsError(KioskError):
    """A settings file that must not be used; the message names file, key and the nearest known key."""


class SetupError(KioskError):
    """Something the program needs is not there: font, display, port; the message says what to do."""


@dataclass(frozen=True)
class Remedy:
    """What a fault means for people: a sentence for the resident, an action for staff, whether the visit can go on."""

    resident: Msg
    staff: Msg
    can_continue: bool


REMEDIES: Mapping[Fault, Remedy] = {
    Fault.PAPER_LOW: Remedy(msg("The paper is running low."), msg("Put in a new roll soon."), True),
    Fault.PAPER_OUT: Remedy(msg("The printer has run out of paper."), msg("Put in a new roll, close the cover."), True),
    Fault.PAPER_JAM: Remedy(
        msg("The paper is stuck in the printer."), msg("Open the cover, pull the paper out, close the cover."), True
    ),
    Fault.COVER_OPEN: Remedy(msg("The printer's cover is open."), msg("Close the cover until it clicks."), True),
    Fault.CUTTER: Remedy(
        msg("The printer could not cut the paper."),
        msg("Switch the printer off, clear the cutter, switch it on."),
        True,
    ),
    Fault.HEAD_HOT: Remedy(
        msg("The printer is cooling down."),
        msg("Wait two minutes; check the room's ventilation if it comes back."),
        True,
    ),
    Fault.TONER_LOW: Remedy(msg("The toner is running low."), msg("Order a toner cartridge."), True),
    Fault.TONER_OUT: Remedy(msg("The printer has run out of toner."), msg("Change the toner cartridge."), True),
    Fault.OFFLINE: Remedy(
        msg("The device is offline."), msg("Press the device's online or feed button; check its display."), True
    ),
    Fault.NO_SOUND: Remedy(
        msg("There is no sound."),
        msg("Connect a sound card or USB headphones; `aplay -l` lists what this machine has."),
        True,
    ),
    Fault.OUTPUT_FULL: Remedy(
        msg("The printer's tray is full."), msg("Take the printed pages out of the printer's tray."), True
    ),
    Fault.PAGE_JAM: Remedy(
        msg("A page is stuck in the scanner."), msg("Open the scanner's feeder, pull the page out, close it."), True
    ),
    Fault.LID_OPEN: Remedy(msg("The scanner's cover is open."), msg("Close the scanner's cover."), True),
    Fault.IN_USE: Remedy(
        msg("The device is busy."), msg("Another program uses this device; end it, or restart the terminal."), True
    ),
    Fault.NO_PICTURE: Remedy(
        msg("The camera shows no picture."), msg("Check the camera's cable, its cover and its light."), True
    ),
    Fault.ON_BATTERY: Remedy(
        msg("There is a power cut."), msg("The machine runs on its battery; check the mains."), True
    ),
    Fault.BATTERY_LOW: Remedy(
        msg("There is a power cut. This terminal is switching off."),
        msg("The battery is nearly empty; the terminal shuts down by itself and starts again with the mains."),
        False,
    ),
    Fault.BATTERY_OLD: Remedy(
        msg("The terminal's battery is old."), msg("Replace the battery of the power supply (UPS)."), True
    ),
    Fault.DOOR_OPEN: Remedy(
        msg("The terminal's service door is open."), msg("Close and lock the terminal's service door."), True
    ),
    Fault.UNPLUGGED: Remedy(
        msg("The device is not connected."), msg("Check both ends of its cable and its power."), True
    ),
    Fault.NO_ANSWER: Remedy(
        msg("The device does not answer."), msg("Switch the device off and on; check its cable."), True
    ),
    Fault.WRONG_DEVICE: Remedy(
        msg("The device is not set up correctly."),
        msg("Another device answers on this port; compare the settings with the cables."),
        True,
    ),
    Fault.NOT_AUTHORISED: Remedy(
        msg("The card reader is out of order."),
        msg("The reader's security module is not authorised; send it to the supplier."),
        True,
    ),
    Fault.HARDWARE: Remedy(
        msg("The device is out of order."), msg("Switch it off and on; if it stays, call the supplier."), True
    ),
}
