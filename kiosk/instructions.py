"""What staff do about a fault, in pictures: one step for each movement of the hands (kiosk.errors has the short form)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from kiosk.errors import Fault
from kiosk.pictures import Picture
from kiosk.ports.device import Status
from kiosk.texts import msg
from kiosk.views.devices import Instruction

Steps: TypeAlias = tuple[Instruction, ...]

OPEN_COVER = Instruction(Picture.OPEN_COVER, msg("Open the printer's cover."))
ROLL_IN = Instruction(Picture.ROLL_IN, msg("Put in a new roll, the paper's end at the bottom."))
CLOSE_COVER = Instruction(Picture.CLOSE_COVER, msg("Close the cover until it clicks."))
FEED = Instruction(Picture.PRESS_FEED, msg("Press the feed button once."))
PULL_PAPER = Instruction(Picture.PULL_PAPER, msg("Pull the paper out slowly."))
CLEAR_CUTTER = Instruction(Picture.CLEAR_CUTTER, msg("Take scraps of paper out of the cutter."))
OFF = Instruction(Picture.SWITCH_OFF, msg("Switch the device off."))
WAIT = Instruction(Picture.WAIT, msg("Wait ten seconds."))
COOL = Instruction(Picture.WAIT, msg("Wait two minutes."))
ON = Instruction(Picture.SWITCH_ON, msg("Switch it on again."))
AIR = Instruction(Picture.AIR, msg("Make sure that air gets through its slots."))
TRAY_OUT = Instruction(Picture.TRAY_OUT, msg("Pull the paper tray out."))
A4_IN = Instruction(Picture.PAPER_STACK, msg("Put in A4 paper, not above the mark."))
TRAY_IN = Instruction(Picture.TRAY_IN, msg("Push the tray in."))
OPEN_FRONT = Instruction(Picture.OPEN_FRONT, msg("Open the front door of the printer."))
CLOSE_FRONT = Instruction(Picture.CLOSE_FRONT, msg("Close all its doors."))
TONER_OUT = Instruction(Picture.TONER_OUT, msg("Pull the old toner cartridge out."))
TONER_IN = Instruction(Picture.TONER_IN, msg("Push the new cartridge in until it clicks."))
ORDER = Instruction(Picture.ORDER, msg("Order a toner cartridge."))
ONLINE = Instruction(Picture.ONLINE, msg("Press the online button until its lamp is lit."))
SOUND = Instruction(Picture.SOUND, msg("Plug in the loudspeaker or USB headphones."))
TAKE_PAGES = Instruction(Picture.TAKE_PAGES, msg("Take the printed pages out of the printer's tray."))
OPEN_FEEDER = Instruction(Picture.OPEN_FEEDER, msg("Open the scanner's feeder."))
PULL_PAGE = Instruction(Picture.PULL_PAGE, msg("Pull the page out."))
CLOSE_FEEDER = Instruction(Picture.CLOSE_LID, msg("Close the feeder."))
CLOSE_LID = Instruction(Picture.CLOSE_LID, msg("Close the scanner's cover."))
RESTART = Instruction(Picture.RESTART, msg("Restart this terminal."))
LENS = Instruction(Picture.CAMERA, msg("Take away what covers the camera."))
LIGHT = Instruction(Picture.LIGHT, msg("Look whether the camera's light is on."))
CABLE = Instruction(Picture.CABLE, msg("Press both ends of its cable firmly in."))
PLUG = Instruction(Picture.PLUG, msg("Look whether its power plug is in."))
MAINS = Instruction(Picture.PLUG, msg("Look whether the terminal's mains plug is in."))
FUSE = Instruction(Picture.FUSE, msg("Look at the fuse of the room."))
BATTERY = Instruction(Picture.BATTERY, msg("Replace the battery of the power supply (UPS)."))
DOOR = Instruction(Picture.DOOR, msg("Close the service door."))
KEY = Instruction(Picture.KEY, msg("Lock the door and take the key along."))
SETTINGS = Instruction(Picture.SETTINGS, msg("Compare its port in the settings with its cable."))
SEND_IN = Instruction(Picture.CALL, msg("Call the supplier: the reader has to go in for service."))
SUPPLIER = Instruction(Picture.CALL, msg("If it stays so, call the supplier."))
NETWORK = Instruction(Picture.NETWORK, msg("Look whether the network cable is in and its lamp is lit."))
OPERATOR = Instruction(Picture.CALL, msg("If it stays so, call the centre's operator."))

AGAIN: Steps = (OFF, WAIT, ON)
NEW_ROLL: Steps = (OPEN_COVER, ROLL_IN, CLOSE_COVER, FEED)
CONNECTION: Steps = (NETWORK, OPERATOR)
"""No way to the centre."""

STEPS: Mapping[Fault, Steps] = MappingProxyType(
    {
        Fault.PAPER_LOW: NEW_ROLL,
        Fault.PAPER_OUT: NEW_ROLL,
        Fault.PAPER_JAM: (OPEN_COVER, PULL_PAPER, CLOSE_COVER, FEED),
        Fault.COVER_OPEN: (CLOSE_COVER,),
        Fault.CUTTER: (OFF, OPEN_COVER, CLEAR_CUTTER, CLOSE_COVER, ON),
        Fault.HEAD_HOT: (COOL, AIR),
        Fault.TONER_LOW: (ORDER,),
        Fault.TONER_OUT: (OPEN_FRONT, TONER_OUT, TONER_IN, CLOSE_FRONT),
        Fault.OFFLINE: (ONLINE,),
        Fault.NO_SOUND: (SOUND,),
        Fault.OUTPUT_FULL: (TAKE_PAGES,),
        Fault.PAGE_JAM: (OPEN_FEEDER, PULL_PAGE, CLOSE_FEEDER),
        Fault.LID_OPEN: (CLOSE_LID,),
        Fault.IN_USE: (RESTART,),
        Fault.NO_PICTURE: (LENS, LIGHT, CABLE),
        Fault.ON_BATTERY: (MAINS, FUSE),
        Fault.BATTERY_LOW: (MAINS, FUSE),
        Fault.BATTERY_OLD: (BATTERY,),
        Fault.DOOR_OPEN: (DOOR, KEY),
        Fault.UNPLUGGED: (CABLE, PLUG),
        Fault.NO_ANSWER: (*AGAIN, CABLE),
        Fault.WRONG_DEVICE: (SETTINGS, CABLE),
        Fault.NOT_AUTHORISED: (SEND_IN,),
        Fault.HARDWARE: (*AGAIN, SUPPLIER),
    }
)
"""Complete by test."""
PAGES: Mapping[Fault, Steps] = MappingProxyType(
    {
        Fault.PAPER_LOW: (TRAY_OUT, A4_IN, TRAY_IN),
        Fault.PAPER_OUT: (TRAY_OUT, A4_IN, TRAY_IN),
        Fault.PAPER_JAM: (OPEN_FRONT, PULL_PAPER, CLOSE_FRONT),
        Fault.COVER_OPEN: (CLOSE_FRONT,),
    }
)
"""Where a printer of pages wants other movements than one of slips."""


def ranked(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults in a fixed order: what only will need somebody soon comes last."""
    soon = (Fault.PAPER_LOW, Fault.TONER_LOW, Fault.BATTERY_OLD)
    order = tuple(Fault)
    return tuple(sorted(faults, key=lambda fault: (fault in soon, order.index(fault))))


def steps_for(device: str, status: Status) -> Steps:
    """What to do at a device, for all it reports, each movement once."""
    own = PAGES if device == "a4_printer" else {}
    steps = (step for fault in ranked(status.faults) for step in own.get(fault, STEPS[fault]))
    return tuple(dict.fromkeys(steps))
