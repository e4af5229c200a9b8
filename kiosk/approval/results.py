"""Result documents: made with a sub-case's result, verified by everybody who holds one, set as a PDF when first asked for.

Setting a PDF takes a second; so a transition only writes down what the document says, and the year's 3,807 are quickly made.
"""

import json
import logging
import secrets
import tempfile
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from kiosk.approval.enrolment import ALPHABET
from kiosk.approval.examine.verdict import Verdict
from kiosk.approval.file_intake import Intake, digest_of
from kiosk.approval.problems import Refusal
from kiosk.approval.queues import Hall
from kiosk.approval.result_tables import PrintRow, ResultRow
from kiosk.catalogue.kinds import ResultDelivery
from kiosk.catalogue.model import ServiceItem
from kiosk.contract.cases import ResultOffer
from kiosk.contract.files import MediaType
from kiosk.contract.results import PrintEnd
from kiosk.errors import KioskError, SetupError
from kiosk.texts import LocalText

CODE_LENGTH = 20
"""100 random bits: nobody guesses one."""
OPEN_FOR = timedelta(days=1)
"""How long the document of a granted print is to be had."""
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_OF_PART = select(ResultRow).where(ResultRow.sub_case == bindparam("of_part"))
logger = logging.getLogger(__name__)


class Validity(StrEnum):
    """Whether a document holds."""

    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def make_result(
    session: Session, hall: Hall, sub_case: str, item: ServiceItem, holder_name: str, office: LocalText
) -> ResultRow:
    """The result of a sub-case, which was granted; made once, however often this is called."""
    known = session.scalar(_OF_PART, {"of_part": sub_case})
    if known is not None:
        return known
    row = ResultRow(
        id=uuid4().hex,
        sub_case=sub_case,
        item=item.id,
        title=_stored(item.result),
        office=_stored(office),
        holder_name=holder_name,
        code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
        printable=ResultDelivery.KIOSK_PRINT in item.delivery,
        made_at=hall.now(),
        made_on=hall.today(),
        valid_until=_until(hall.today(), item.validity_years),
    )
    session.add(row)
    session.flush()
    return row


def offers(session: Session, hall: Hall, sub_case: str, prints_per_result: int) -> tuple[ResultOffer, ...]:
    """The results of a sub-case for its applicant; one that no kiosk prints has no prints left."""
    rows = session.scalars(_OF_PART, {"of_part": sub_case})
    return tuple(
        ResultOffer(
            id=row.id,
            title=text_of(row.title),
            printable=row.printable,
            prints_left=prints_left(session, row, prints_per_result, hall.now()),
            made_at=hall.local(row.made_at),
            code=row.code,
        )
        for row in rows
    )


def prints_left(session: Session, row: ResultRow, prints_per_result: int, now: datetime) -> int:
    """How often kiosks may still print it. A grant counts until a kiosk says that nothing came out, or its time is over and
    nobody has fetched the document."""
    if not may_print(row):
        return 0
    may_come = PrintRow.known_at.is_not(None) | (PrintRow.granted_at > now - OPEN_FOR)
    counts = (PrintRow.end.is_(None) & may_come) | (PrintRow.end != PrintEnd.NOT_OUT.value)
    used = session.scalar(select(func.count()).where(PrintRow.result_id == row.id, counts)) or 0
    return max(0, prints_per_result - used)


def may_print(row: ResultRow) -> bool:
    """Whether kiosks print it at all."""
    return row.printable and row.withdrawn_at is None


def by_code(session: Session, code: str) -> ResultRow | None:
    """The document with this verification code, however it was typed."""
    return session.scalar(select(ResultRow).where(ResultRow.code == code.upper().translate(_LOOK_ALIKES)))


def grouped(code: str) -> str:
    """The code as it is printed: XXXX-XXXX-XXXX-XXXX-XXXX."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def validity(row: ResultRow, today: date) -> Validity:
    """Whether it holds today."""
    if row.withdrawn_at is not None:
        return Validity.WITHDRAWN
    return Validity.EXPIRED if row.valid_until is not None and row.valid_until < today else Validity.VALID


def withdraw(session: Session, code: str, now: datetime) -> ResultRow:
    """The document does not hold any more: its page says so, and no kiosk prints it. Raises KioskError for an unknown code."""
    row = by_code(session, code)
    if row is None:
        raise KioskError(
            "no result document has this verification code; it stands below the QR code, 20 letters and digits"
        )
    row.withdrawn_at = row.withdrawn_at or now
    return row


def text_of(stored: str) -> LocalText:
    """A LocalText that was stored."""
    return LocalText(json.loads(stored))


def ensure_pdf(intake: Intake, row: ResultRow, item_title: LocalText, public_url: str, sample: bool) -> None:
    """Set the PDF, unless it was set before. Raises Refusal 503 where it cannot be done; OSError where it cannot be kept."""
    if row.digest is not None:
        return
    from kiosk.approval.result_paper import pdf  # noqa: PLC0415  (fonts and fpdf2, when the first one is asked for)

    try:
        content = pdf(row, item_title, public_url, sample)
    except SetupError as error:
        logger.error("result documents cannot be set: %s", error)
        raise Refusal(
            503, "busy", "The document cannot be made now; try again.", headers={"Retry-After": "60"}
        ) from error
    digest = _keep(intake, content)
    intake.database.write(lambda session: _set(session, row.id, digest))


def _keep(intake: Intake, content: bytes) -> str:
    handle, name = tempfile.mkstemp(prefix="result-", dir=intake.store.incoming)
    file = Path(name)
    try:
        with open(handle, "wb") as out:  # noqa: PTH123 (an open handle)
            out.write(content)
        digest = digest_of(file)
        intake.keep(file, digest, Verdict(MediaType.PDF))
    finally:
        file.unlink(missing_ok=True)
    return digest


def _set(session: Session, result: str, digest: str) -> None:
    row = session.get(ResultRow, result, with_for_update=True)
    if row is not None and row.digest is None:  # of two at once, the first stays: a granted print names its digest
        row.digest = digest


def _stored(text: LocalText) -> str:
    return json.dumps(dict(text.root), ensure_ascii=False)


def _until(made_on: date, years: int | None) -> date | None:
    """The last day of so many years; a document of 29 February ends with February."""
    if years is None:
        return None
    try:
        return made_on.replace(year=made_on.year + years) - timedelta(days=1)
    except ValueError:
        return date(made_on.year + years, 2, 28)
