"""The central approval service, about cases, files and results."""

from typing import Protocol

from kiosk.contract.cases import AppIdentity, CaseReceipt, CaseRequest, CaseView, HolderRecord, SupplementRequest
from kiosk.contract.drafts import Draft, DraftRequest
from kiosk.contract.files import MediaType, PhoneFiles, PhoneUpload, PhoneUploadRequest
from kiosk.contract.ratings import RatingReceipt, RatingRequest
from kiosk.contract.results import PrintEnd, PrintGrant


class CaseCentre(Protocol):
    """Blocking calls with time-outs. Every method raises CentreUnreachable, CentreBusy, CentreRefused (with the
    problem's code) or CentreForbidden. Whatever takes a `key` is done exactly once per key, and the same call is safe
    at any time."""

    def submit_case(self, request: CaseRequest, key: str) -> CaseReceipt:
        """Hand in a case. Raises FilesMissing with the digests that must be uploaded first."""

    def identity_of_code(self, code: str) -> AppIdentity:
        """Who holds this code of the citizens' app. CentreRefused("bad-code") for an old, used or foreign one."""

    def holder(self, holder: str) -> HolderRecord:
        """What the government holds about a person."""

    def cases_of(self, holder: str) -> tuple[CaseView, ...]:
        """All cases of a person, newest first."""

    def case_by_token(self, token: str) -> CaseView:
        """The case of a receipt. CentreRefused("no-such-case")."""

    def case_by_number(self, number: str, phone4: str) -> CaseView:
        """A case by its number. CentreRefused("no-such-case") whichever of the two is wrong; CentreBusy after many
        tries."""

    def supplement(self, token: str, request: SupplementRequest, key: str) -> CaseView:
        """Hand in what was asked for. Raises FilesMissing. CentreRefused("nothing-asked")."""

    def withdraw(self, token: str) -> CaseView:
        """Withdraw a case; twice is harmless. CentreRefused("case-closed") when it is decided."""

    def save_draft(self, request: DraftRequest, key: str, code: str = "") -> Draft:
        """Keep a draft, as a new one or in the place of `code`. Raises FilesMissing."""

    def drafts_of(self, holder: str) -> tuple[Draft, ...]:
        """The drafts of a person, newest first."""

    def draft(self, code: str, holder: str) -> Draft:
        """A draft of this person. CentreRefused("no-such-draft") also where it is somebody else's."""

    def upload(self, digest: str, media_type: MediaType, content: bytes) -> None:
        """Upload a file, going on where an earlier attempt ended; harmless when it is there.
        CentreRefused("bad-file") for one that is not what it says, is damaged, or holds active content."""

    def file(self, digest: str) -> bytes:
        """A file. CentreRefused("no-such-file")."""

    def open_phone_upload(self, request: PhoneUploadRequest) -> PhoneUpload:
        """A one-time page for a telephone."""

    def phone_files(self, phone_upload: str) -> PhoneFiles:
        """What came from the telephone so far. CentreRefused("phone-upload-ended")."""

    def close_phone_upload(self, phone_upload: str) -> None:
        """The page takes nothing any more; twice is harmless."""

    def grant_print(self, result: str, token: str, key: str) -> PrintGrant:
        """Leave to print a result once. CentreRefused("no-prints-left", "not-printable", "no-such-result")."""

    def granted_pdf(self, grant: str) -> bytes:
        """The document of a grant."""

    def report_print(self, grant: str, end: PrintEnd) -> None:
        """How it ended; the first report counts, telling it again is harmless."""

    def rate(self, request: RatingRequest, key: str) -> RatingReceipt:
        """Hand in a rating."""
