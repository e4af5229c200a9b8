"""The page `/u/<token>`: a telephone takes photos or chooses files, with or without script, and sees what was sent.

The address is all that is needed, and is told nobody: no log holds it, no other site learns it. Names of files stay on the phone.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from kiosk.approval import page_texts, phone_uploads
from kiosk.approval.api import ServiceDep
from kiosk.approval.examine.verdict import Bad
from kiosk.approval.file_tables import PhoneUploadRow
from kiosk.approval.page_frame import headers, page
from kiosk.approval.service import Service
from kiosk.contract.files import LARGEST_BYTES, MOST_PAGES, Fault, MediaType, PhoneFile

router = APIRouter(include_in_schema=False)
SCRIPT = "phone.js"
FORM_FILES = 200
"""Of one form that is sent without script: more than a page takes, so that those that are too many are told one by one."""
WORDS = {
    Fault.DIGEST: "bad_damaged",
    Fault.TYPE: "bad_type",
    Fault.DAMAGED: "bad_damaged",
    Fault.ENCRYPTED: "bad_encrypted",
    Fault.TOO_MANY_PAGES: "bad_too_many_pages",
    Fault.ACTIVE: "bad_active",
    Fault.BOMB: "bad_bomb",
    Fault.TOO_LARGE: "bad_too_large",
}
"""What the page says about a file that is not taken."""
Lang = Annotated[str | None, Query(max_length=20)]
AcceptLanguage = Annotated[str, Header(max_length=400)]


@router.get("/u/{token}")
def phone_page(service: ServiceDep, token: str, lang: Lang = None, accept_language: AcceptLanguage = "") -> Response:
    """The page with what was sent so far; 410 when it is over."""
    row = _row(service, token)
    if row is None:
        return _ended(page_texts.choose_language(lang, accept_language))
    now = service.hall.now()
    service.database.write(lambda session: phone_uploads.mark_opened(session, row.id, now))
    return _page(service, row, token, _language(row, lang, accept_language))


@router.post("/u/{token}")
async def receive(
    request: Request, service: ServiceDep, token: str, lang: Lang = None, accept_language: AcceptLanguage = ""
) -> Response:
    """Take the files of the form. A script gets JSON: what was sent so far, what is wrong, whether the page is still open."""
    row = await run_in_threadpool(_row, service, token)
    if row is None:
        return _ended_for(request, page_texts.choose_language(lang, accept_language))
    language = _language(row, lang, accept_language)
    try:
        async with request.form(max_files=FORM_FILES, max_fields=10) as form:
            parts = [part for part in form.getlist("file") if isinstance(part, UploadFile)]
            files = [part for part in parts if part.filename or part.size]
            return await run_in_threadpool(_answer, service, row, token, language, files, _wants_json(request))
    except HTTPException:  # no form, or one without end
        wrong = [page_texts.say("phone_busy", language)]
        return await run_in_threadpool(_told, service, row, token, language, wrong, _wants_json(request))


def _answer(
    service: Service, row: PhoneUploadRow, token: str, language: str, files: list[UploadFile], json: bool
) -> Response:
    errors = _take_all(service, row, files, language) if files else [page_texts.say("phone_nothing", language)]
    return _told(service, row, token, language, errors, json)


def _told(service: Service, row: PhoneUploadRow, token: str, language: str, errors: list[str], json: bool) -> Response:
    """What is there now, and what went wrong; as JSON for the script."""
    still = _row(service, token)
    if json:
        sent = _sent(service, row, language)
        return JSONResponse({"sent": sent, "errors": errors, "open": still is not None}, headers=headers(private=True))
    if still is None:
        return _ended(language)
    if errors:
        return _page(service, row, token, language, errors)
    return RedirectResponse(f"{token}?lang={language}", 303, headers(private=True))


def _take_all(service: Service, row: PhoneUploadRow, files: list[UploadFile], language: str) -> list[str]:
    """Take each; what went wrong, in words, with the number of the file where there are several."""
    found = [(number, _take(service, row, file, language)) for number, file in enumerate(files, 1)]
    wrong = [(number, words) for number, words in found if words]
    if len(files) == 1:
        return [words for _, words in wrong]
    return [page_texts.say("phone_number", language, n=number, fault=words) for number, words in wrong]


def _take(service: Service, row: PhoneUploadRow, upload: UploadFile, language: str) -> str:
    """Take one; "" or what went wrong, in words."""
    try:
        phone_uploads.take(service.files, row.id, _set_down(service.files.store.incoming, upload))
    except Bad as bad:
        return page_texts.say(WORDS[bad.fault], language, n=MOST_PAGES)
    except phone_uploads.Full:
        return page_texts.say("phone_full", language)
    except phone_uploads.Ended:
        return page_texts.say("phone_ended", language)
    except (OSError, SQLAlchemyError):
        return page_texts.say("phone_busy", language)
    return ""


def _set_down(incoming: Path, upload: UploadFile) -> Path:
    """The file beside the store, under a name of our own."""
    handle, name = tempfile.mkstemp(prefix="phone-", dir=incoming)
    with open(handle, "wb") as out:  # noqa: PTH123 (an open handle)
        shutil.copyfileobj(upload.file, out, 1024 * 1024)
    return Path(name)


def _row(service: Service, token: str) -> PhoneUploadRow | None:
    with service.database.reading() as session:
        return phone_uploads.by_token(session, token, service.hall.now())


def _language(row: PhoneUploadRow, lang: str | None, accept_language: str) -> str:
    """What was chosen on the page, else at the kiosk, else on the telephone."""
    return page_texts.choose_language(lang if lang in page_texts.LANGUAGES else row.language, accept_language)


def _page(
    service: Service, row: PhoneUploadRow, token: str, language: str, errors: list[str] | None = None
) -> Response:
    return page(
        "phone.html",
        language,
        409 if errors else 200,
        private=True,
        script=SCRIPT,
        title=row.title,
        action=f"{token}?lang={language}",
        errors=errors or [],
        sent=_sent(service, row, language),
        largest=LARGEST_BYTES,
        until=f"{service.hall.local(row.expires_at):%H:%M}",
    )


def _sent(service: Service, row: PhoneUploadRow, language: str) -> list[str]:
    with service.database.reading() as session:
        return [_label(file, language) for file in phone_uploads.listed(session, row)]


def _label(file: PhoneFile, language: str) -> str:
    size = f"{max(0.1, file.size / 1_000_000):.1f}"
    if file.media_type is MediaType.PDF:
        return page_texts.say("phone_pdf", language, n=file.pages, size=size)
    return page_texts.say("phone_photo", language, size=size)


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _ended_for(request: Request, language: str) -> Response:
    if not _wants_json(request):
        return _ended(language)
    return JSONResponse({"sent": [], "errors": [], "open": False}, 410, headers(private=True))


def _ended(language: str) -> Response:
    return page("phone_ended.html", language, 410, private=True)
