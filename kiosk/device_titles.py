"""What devices are called, by the name of their worker."""

from collections.abc import Mapping

from kiosk.texts import Msg, msg

TITLES: Mapping[str, Msg] = {
    "card_reader": msg("Card reader"),
    "ticket_printer": msg("Slip printer"),
    "a4_printer": msg("A4 printer"),
    "citizen_card_reader": msg("Citizen-card reader"),
    "document_scanner": msg("Scanner"),
    "document_camera": msg("Document camera"),
    "code_scanner": msg("Code scanner"),
    "power": msg("Power supply"),
    "board": msg("Lamps and sensors"),
    "voice": msg("Voice"),
    "headphones": msg("Headphones"),
}
"""A test holds it to the registry's kinds."""
