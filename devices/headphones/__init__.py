"""Headphones: whether a plug is in the socket."""

from kiosk.ports.device import Health, Status

OUT = Status(Health.ABSENT)
"""No plug is in. Nothing is wrong with that, so no fault is named."""
