"""Result documents, and their prints at kiosks: a print is granted, made, and counted only when paper is known to be out."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kiosk.contract.cases import Token
from kiosk.contract.wire import Digest, Identifier, Wire


class PrintEnd(StrEnum):
    """What became of a granted print. UNKNOWN (the printer cannot tell) counts, too: a document may be out there."""

    OUT = "out"
    NOT_OUT = "not_out"
    UNKNOWN = "unknown"


class PrintWish(Wire):
    """The applicant, known by the case's token, wants the result printed."""

    token: Token = Field(repr=False)


class PrintGrant(Wire):
    """One print. The PDF is at `/v1/prints/<id>/pdf` until its end is told; `digest` is its SHA-256."""

    id: Identifier
    digest: Digest
    prints_left: Annotated[int, Field(ge=0)]
    """After this one."""


class PrintReport(Wire):
    """How it ended; telling it again is harmless."""

    end: PrintEnd
