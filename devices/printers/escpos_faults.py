"""What can be wrong with a simulated ticket printer: the names that its hand "fault" offers, and their labels."""

from collections.abc import Mapping

from kiosk.texts import Msg, msg

FAULTS: Mapping[str, tuple[Msg, int, int]] = {
    "cutter": (msg("Cutter stuck"), 3, 0x08),
    "head-hot": (msg("Print head too hot"), 3, 0x40),
    "hardware": (msg("Printer error"), 3, 0x20),
    "offline": (msg("Switched offline"), 1, 0x08),
}
"""Faults that show in a status byte and stop printing: label, n, bit."""

STATES: Mapping[str, Msg] = {
    "near-end": msg("Paper nearly out"),
    "paper": msg("Paper out"),
    "cover": msg("Cover open"),
    "unplugged": msg("Cable pulled"),
}
"""What hands of their own bring about, too."""

MOODS: Mapping[str, Msg] = {
    "silent": msg("No answers"),
    "stuck": msg("Takes no more data"),
    "garbage": msg("Answers nonsense"),
    "no-sign": msg("Never says that it is done"),
    "half-answers": msg("Loses every second answer"),
    "other-model": msg("Answers like another model"),
    "noise": msg("Sends 10 MB of noise"),
}
"""Faults of behaviour."""

IN_SLIP: Mapping[str, Msg] = {
    "paper-in-slip": msg("Paper ends in the middle of a slip"),
    "cover-in-slip": msg("Cover opened in the middle of a slip"),
    "cutter-at-cut": msg("Cutter sticks at the cut"),
    "head-hot-in-slip": msg("Print head too hot in the middle of a slip, then well again"),
    "power-in-slip": msg("Power lost in the middle of a slip, then back"),
    "stuck-in-slip": msg("Takes no more data in the middle of a slip"),
    "unplugged-in-slip": msg("Cable pulled in the middle of a slip"),
}
"""Faults that come while the next slip is printed."""

ALL: Mapping[str, Msg] = {**STATES, **{name: label for name, (label, _, _) in FAULTS.items()}, **MOODS, **IN_SLIP}

AMOUNTS: Mapping[str, float] = {
    "stuck": 0,  # bytes it still takes
    "stuck-in-slip": 20_000,
    "paper-in-slip": 12.0,  # millimetres into the slip
    "cover-in-slip": 12.0,
    "head-hot-in-slip": 12.0,
    "power-in-slip": 12.0,
    "unplugged-in-slip": 12.0,
}
"""Where each begins unless "name:amount" says otherwise."""

OTHER_MODEL = b"\x23\x86\x00\x00\x00\x00\x00\x00\x00"
"""What a printer of another family says of itself (Star's automatic status)."""
NOISE_BYTES = 10_000_000
