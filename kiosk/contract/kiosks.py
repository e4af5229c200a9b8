"""How a kiosk joins its centre, and how it says how it is."""

from typing import Annotated

from pydantic import Field

from kiosk.contract.wire import Digest, Identifier, Moment, Number, Wire


class EnrolmentRequest(Wire):
    """A new kiosk shows the one-time code that an operator gave it."""

    code: Annotated[str, Field(min_length=8, max_length=64)]
    station: Identifier


class Enrolment(Wire):
    """The credential is shown once. `holder_key` (64 hex digits) keys the digests of ID numbers: all kiosks of one
    centre share it, so that one person is one person everywhere, and no ID number leaves the kiosk for a ticket."""

    kiosk_id: Identifier
    credential: str = Field(repr=False)
    holder_key: Digest = Field(repr=False)


class DeviceReport(Wire):
    """One device's state as the kiosk sees it."""

    name: Identifier
    health: Identifier
    faults: tuple[Identifier, ...] = ()


class Heartbeat(Wire):
    """How a kiosk is; sent every minute."""

    version: Annotated[str, Field(max_length=40)]
    uptime_s: Annotated[Number, Field(ge=0)]
    sent_at: Moment
    devices: Annotated[tuple[DeviceReport, ...], Field(max_length=50)] = ()


class HeartbeatAnswer(Wire):
    """The service's clock, the catalogue version it would serve, and the address under which residents reach the public
    pages `/q/<token>` and `/guides/<item id>` (empty: the centre publishes none)."""

    time: Moment
    catalogue_version: str
    public_url: str = ""
