"""The central approval API, version 1: the wire models shared by the kiosk's client and the reference service.

Errors are problem+json (RFC 9457) with `type` = "/problems/<code>". POSTs that create something carry an
`Idempotency-Key`; the service answers a repeated key as it answered the first time, for at least 30 days.
Kiosks authenticate with `Authorization: Bearer <credential>`. All times are RFC 3339 with an offset.
"""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

API = "/v1"

GZIP_SUFFIX = "-gzip"
"""The catalogue's version is its ETag without quotes; the ETag of its gzip representation ends in this."""

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{8,128}$")]
"""An Idempotency-Key."""


def _written(value: object) -> object:
    """Numbers, and strings that are numbers, would be taken for seconds since 1970."""
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value.upper().replace(" ", "T")):
        return value
    raise ValueError("expected a time as RFC 3339 writes it")


def _anywhere(value: datetime) -> datetime:
    """At the ends of the calendar a time of one zone is none of another."""
    try:
        value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("expected a time that the calendar of UTC has, too") from error
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_anywhere)]
"""A time with an offset (RFC 3339), and nothing that only might be one."""
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A JSON number: no string, no true."""


class Wire(BaseModel):
    """A frozen wire model; an unknown key is an error on both sides."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Problem(Wire):
    """An error answer (RFC 9457)."""

    model_config = ConfigDict(frozen=True, extra="allow")

    type: str
    title: str
    status: int
    detail: str = ""
