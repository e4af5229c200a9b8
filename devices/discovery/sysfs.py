"""Devices that the kernel knows: serial ports, USB printers, cameras, keyboards that may be scanners, sound sockets.

Everything is read below a root, so that a test can build the tree that a machine would have.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from devices.discovery.found import Found, Guess, Usb, guess_usb

ROOT = Path("/")
SW_HEADPHONE_INSERT = 1 << 2
KEYS_OF_A_SCANNER = sum(1 << code for code in (*range(2, 12), 28))
"""The digits and Enter (linux/input-event-codes.h): what every keyboard has, and a power button has not."""
LOOKS_LIKE_A_SCANNER = re.compile(r"scan|bar ?code|qr|honeywell|zebra|symbol|datalogic|newland", re.IGNORECASE)
WORD_BITS = 64


def everything(root: Path = ROOT) -> Iterator[Found]:
    """All of them, kind by kind."""
    yield from serial_ports(root)
    yield from usb_printers(root)
    yield from cameras(root)
    yield from inputs(root)


def serial_ports(root: Path = ROOT) -> Iterator[Found]:
    """Serial ports with something behind them: on USB, or built in and real."""
    for entry in _class(root, "tty"):
        if not (entry / "device").exists():
            continue
        usb = usb_of(entry)
        if usb is not None:
            yield _found("serial", root, entry.name, usb, guess_usb(usb))
        elif _text(entry / "type") not in ("", "0"):
            yield _found(
                "serial", root, entry.name, None, Guess("a serial port of the machine; nothing tells what is behind it")
            )


def usb_printers(root: Path = ROOT) -> Iterator[Found]:
    """Printers of the kernel's printer class (usblp)."""
    for entry in _class(root, "usbmisc"):
        if entry.name.startswith("lp"):
            usb, says = usb_of(entry), _text(entry / "device" / "ieee1284_id")
            yield _found("usb printer", root, f"usb/{entry.name}", usb, _printer(usb, says), says)


def _printer(usb: Usb | None, says: str) -> Guess:
    """By its ids; else by what it says of its language (IEEE 1284)."""
    guess = guess_usb(usb)
    if guess.kinds or not re.search(r"(?:CMD|COMMAND SET):[^;]*ESC/?POS", says, re.IGNORECASE):
        return guess
    return Guess("a ticket printer, by its own words", ("ticket_printer",))


def cameras(root: Path = ROOT) -> Iterator[Found]:
    """Cameras; of several nodes of one camera the one with the picture."""
    for entry in _class(root, "video4linux"):
        if _text(entry / "index") in ("", "0"):
            guess = Guess("a camera, perhaps the document camera", ("document_camera",))
            yield _found("video", root, entry.name, usb_of(entry), guess, _text(entry / "name"))


def inputs(root: Path = ROOT) -> Iterator[Found]:
    """Sound sockets that sense their plug, and USB keyboards, which code scanners play."""
    for entry in _class(root, "input"):
        device, name = entry / "device", _text(entry / "device" / "name")
        if not entry.name.startswith("event"):
            continue
        if _bits(_text(device / "capabilities" / "sw")) & SW_HEADPHONE_INSERT:
            guess = Guess("a sound card's socket that senses headphones", ("headphones",))
            yield _found("input", root, f"input/{entry.name}", None, guess, name)
        elif (_bits(_text(device / "capabilities" / "key")) & KEYS_OF_A_SCANNER) == KEYS_OF_A_SCANNER:
            usb = usb_of(entry)
            if usb is not None:
                yield _found("input", root, f"input/{entry.name}", usb, _keyboard(usb, name), name)


def _keyboard(usb: Usb, name: str) -> Guess:
    guess = guess_usb(usb)
    if "code_scanner" in guess.kinds:
        return guess
    if LOOKS_LIKE_A_SCANNER.search(f"{name} {usb.product}"):
        return Guess("probably a code scanner, by its name", ("code_scanner",))
    return Guess("a keyboard, or a code scanner that plays one")


# --- reading sysfs -------------------------------------------------------------------------------------------


def usb_of(entry: Path) -> Usb | None:
    """The USB device that a class entry belongs to; None where it is on no USB."""
    here = (entry / "device").resolve()
    for folder in (here, *here.parents):
        if (folder / "idVendor").is_file():
            ids = f"{_text(folder / 'idVendor')}:{_text(folder / 'idProduct')}"
            return Usb(ids, _text(folder / "manufacturer"), _text(folder / "product"), _text(folder / "serial"))
    return None


def _found(bus: str, root: Path, node: str, usb: Usb | None, guess: Guess, about: str = "") -> Found:
    path = lasting(root, node, numbered=bool(usb and usb.serial))
    named = about or (f"{usb.maker} {usb.product}".strip() if usb else "")
    return Found(bus, path, guess, "" if path == f"/dev/{node}" else f"/dev/{node}", named, usb)


LINKS = ("kiosk", "serial/by-id", "v4l/by-id", "input/by-id", "serial/by-path", "v4l/by-path", "input/by-path")
"""Folders of names that last, best first: the rules' own, the device's serial number, where it is plugged in."""


def lasting(root: Path, node: str, *, numbered: bool) -> str:
    """The most lasting name of a device file. By-id names of devices without a serial number (CH340) are the same for two
    of them, so the socket is taken instead."""
    target = root / "dev" / node
    for folder in LINKS:
        if not numbered and folder.endswith("by-id"):
            continue
        for link in sorted((root / "dev" / folder).glob("*")):
            if link.is_symlink() and link.resolve() == target.resolve():
                return f"/dev/{folder}/{link.name}"
    return f"/dev/{node}"


def _class(root: Path, name: str) -> list[Path]:
    return sorted((root / "sys" / "class" / name).glob("*"), key=lambda path: (len(path.name), path.name))


def _text(path: Path) -> str:
    """What a file says, without what a terminal would take for commands; empty where there is none, or it must not be read."""
    try:
        said = path.read_text(errors="replace").strip()
    except OSError:
        return ""
    return "".join(char for char in said if char.isprintable())


def _bits(text: str) -> int:
    """A capability file: hexadecimal words, the highest first."""
    try:
        words = [int(word, 16) for word in text.split()]
    except ValueError:
        return 0
    return sum(word << (WORD_BITS * place) for place, word in enumerate(reversed(words)))
