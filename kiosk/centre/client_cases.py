"""The calls of `kiosk.ports.case_centre.CaseCentre` over HTTP; `kiosk.centre.client.HttpCentre` has them."""

from urllib.parse import quote

from pydantic import ValidationError

from kiosk.centre.answers import accepted, read
from kiosk.centre.client_files import FileCalls
from kiosk.centre.http import Answer
from kiosk.contract.cases import (
    AppCode,
    AppIdentity,
    CaseList,
    CaseLookup,
    CaseReceipt,
    CaseRequest,
    CaseView,
    HolderRecord,
    SupplementRequest,
)
from kiosk.contract.drafts import Draft, DraftRequest, Drafts
from kiosk.contract.ratings import RatingReceipt, RatingRequest
from kiosk.contract.results import PrintEnd, PrintGrant, PrintReport, PrintWish
from kiosk.contract.wire import API, Wire
from kiosk.errors import CentreRefused


class CaseCalls(FileCalls):
    """Cases, drafts, results and ratings. May be used by several threads; no POST is ever repeated by itself."""

    def submit_case(self, request: CaseRequest, key: str) -> CaseReceipt:
        """Hand in a case, once per `key`. Raises FilesMissing."""
        return read(CaseReceipt, self._hand_in("/cases", request, key))

    def identity_of_code(self, code: str) -> AppIdentity:
        """Who holds this code of the citizens' app. CentreRefused("bad-code"), also for what can be no such code."""
        try:
            asked = AppCode(code=code)
        except ValidationError:
            raise CentreRefused("bad-code", "this is no code of the citizens' app") from None
        return read(AppIdentity, self._post("/app-codes", asked))

    def holder(self, holder: str) -> HolderRecord:
        """What the government holds about a person."""
        return read(HolderRecord, self._line.get(_path("holders", holder)))

    def cases_of(self, holder: str) -> tuple[CaseView, ...]:
        """All cases of a person, newest first."""
        return read(CaseList, self._line.get(f"{API}/cases", {"holder": holder})).cases

    def case_by_token(self, token: str) -> CaseView:
        """The case of a receipt. CentreRefused("no-such-case")."""
        return read(CaseView, self._line.get(_path("cases", "by-token", token)))

    def case_by_number(self, number: str, phone4: str) -> CaseView:
        """A case by its number and the last four digits of the telephone. CentreRefused("no-such-case"), also for what
        can be neither."""
        try:
            asked = CaseLookup(number=number, phone4=phone4)
        except ValidationError:
            raise CentreRefused("no-such-case", "this is no case number") from None
        return read(CaseView, self._post("/cases/lookup", asked))

    def supplement(self, token: str, request: SupplementRequest, key: str) -> CaseView:
        """Hand in what was asked for, once per `key`. Raises FilesMissing. CentreRefused("nothing-asked")."""
        return read(CaseView, self._hand_in(f"/cases/by-token/{_quoted(token)}/supplements", request, key))

    def withdraw(self, token: str) -> CaseView:
        """Withdraw a case; twice is harmless. CentreRefused("case-closed") when it is decided."""
        return read(CaseView, self._line.post(_path("cases", "by-token", token, "withdraw")))

    def save_draft(self, request: DraftRequest, key: str, code: str = "") -> Draft:
        """Keep a draft, as a new one or in the place of `code`. Raises FilesMissing."""
        if not code:
            return read(Draft, self._hand_in("/drafts", request, key))
        return read(Draft, self._line.put(_path("drafts", code), _json(request), {"Idempotency-Key": key}))

    def drafts_of(self, holder: str) -> tuple[Draft, ...]:
        """The drafts of a person, newest first."""
        return read(Drafts, self._line.get(f"{API}/drafts", {"holder": holder})).drafts

    def draft(self, code: str, holder: str) -> Draft:
        """A draft of this person. CentreRefused("no-such-draft")."""
        return read(Draft, self._line.get(_path("drafts", code), {"holder": holder}))

    def grant_print(self, result: str, token: str, key: str) -> PrintGrant:
        """Leave to print a result once, once per `key`."""
        return read(PrintGrant, self._hand_in(f"/results/{_quoted(result)}/prints", PrintWish(token=token), key))

    def granted_pdf(self, grant: str) -> bytes:
        """The document of a grant."""
        return self._content(_path("prints", grant, "pdf"))

    def report_print(self, grant: str, end: PrintEnd) -> None:
        """How it ended; the first report counts, telling it again is harmless."""
        accepted(self._post(f"/prints/{_quoted(grant)}/report", PrintReport(end=end)))

    def rate(self, request: RatingRequest, key: str) -> RatingReceipt:
        """Hand in a rating, once per `key`."""
        return read(RatingReceipt, self._hand_in("/ratings", request, key))

    def _hand_in(self, path: str, request: Wire, key: str) -> Answer:
        return self._line.post(f"{API}{path}", _json(request), {"Idempotency-Key": key})

    def _post(self, path: str, request: Wire) -> Answer:
        return self._line.post(f"{API}{path}", _json(request))


def _path(*parts: str) -> str:
    return "/".join([API, *map(_quoted, parts)])


def _quoted(part: str) -> str:
    return quote(part, safe="")


def _json(model: Wire) -> bytes:
    return model.model_dump_json().encode()
