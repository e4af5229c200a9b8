"""Endpoints about files: resumable uploads, and pages for telephones."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.responses import StreamingResponse

from kiosk.approval import phone_uploads
from kiosk.approval.api import AUTHENTICATED, WITH_BODY, KioskDep, ServiceDep, refuses
from kiosk.contract.files import (
    CHUNK_BYTES,
    LARGEST_BYTES,
    LENGTH,
    OFFSET,
    BadFile,
    MediaType,
    PhoneFiles,
    PhoneUpload,
    PhoneUploadRequest,
    Upload,
    UploadRequest,
    WrongOffset,
)
from kiosk.contract.wire import API, Digest, Identifier

router = APIRouter(prefix=API, tags=["files"])

_BAD_FILE: dict[int | str, dict[str, Any]] = {409: {"model": BadFile, "description": "bad-file, with its reason."}}
_BAD_PIECE: dict[int | str, dict[str, Any]] = {
    409: {
        "model": WrongOffset | BadFile,
        "description": "wrong-offset, which tells the right one; or bad-file, with its reason.",
    }
}
_NO_STORE = {"Cache-Control": "no-store"}
DigestPath = Annotated[Digest, Path(description="The SHA-256 of the file.")]
UploadPath = Annotated[Identifier, Path()]


@router.post(
    "/files",
    response_model=Upload,
    responses={
        200: {"description": "It was announced before; go on where it stands."},
        201: {"model": Upload, "description": "It is new."},
        **refuses(*AUTHENTICATED, *WITH_BODY),
        **_BAD_FILE,
    },
)
def announce(body: UploadRequest, service: ServiceDep, _kiosk: KioskDep, response: Response) -> Upload:
    """Announce a file; the answer says how much of it is there."""
    upload, is_new = service.files.announce(body)
    response.status_code = 201 if is_new else 200
    response.headers.update(_NO_STORE)
    return upload


async def _body(request: Request) -> bytes:
    return await request.body()


_PIECE: dict[str, Any] = {
    "requestBody": {
        "description": f"The next bytes, {CHUNK_BYTES} at most.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.patch(
    "/files/{digest}",
    openapi_extra=_PIECE,
    responses={
        **refuses(404, *AUTHENTICATED, *WITH_BODY),
        **_BAD_PIECE,
    },
)
def send_piece(
    digest: DigestPath,
    service: ServiceDep,
    _kiosk: KioskDep,
    upload_offset: Annotated[int, Header(ge=0, le=LARGEST_BYTES, description="Where the piece begins, in bytes.")],
    piece: Annotated[bytes, Depends(_body)],
    response: Response,
) -> Upload:
    """Send the next piece; with the last one, the file is looked through and then complete, or bad-file."""
    upload = service.files.piece(digest, upload_offset, piece)
    response.headers.update(_NO_STORE)
    return upload


@router.get("/files/{digest}", responses=refuses(404, 422, *AUTHENTICATED))
def upload_status(digest: DigestPath, service: ServiceDep, _kiosk: KioskDep, response: Response) -> Upload:
    """How much of a file is there."""
    response.headers.update(_NO_STORE)
    return service.files.status(digest)


@router.head("/files/{digest}", response_class=Response, responses=refuses(404, 422, *AUTHENTICATED))
def upload_head(digest: DigestPath, service: ServiceDep, _kiosk: KioskDep) -> Response:
    """The same in headers: Upload-Offset, and Upload-Length once the file is complete."""
    upload = service.files.status(digest)
    length = {LENGTH: str(upload.received)} if upload.complete else {}
    return Response(headers={OFFSET: str(upload.received), **length, **_NO_STORE})


_CONTENT = {kind.value: {"schema": {"type": "string", "format": "binary"}} for kind in MediaType}


@router.get(
    "/files/{digest}/content",
    response_class=Response,
    responses={200: {"content": _CONTENT, "description": "The file."}, **refuses(404, 422, *AUTHENTICATED)},
)
def file_content(digest: DigestPath, service: ServiceDep, _kiosk: KioskDep) -> Response:
    """A complete file."""
    row, pieces = service.files.content(digest)
    headers = {"Content-Length": str(row.size), "Content-Disposition": "attachment", **_NO_STORE}
    return StreamingResponse(pieces, headers=headers, media_type=row.media_type)


@router.post("/phone-uploads", status_code=201, responses=refuses(*AUTHENTICATED, *WITH_BODY))
def open_phone_upload(
    body: PhoneUploadRequest, service: ServiceDep, kiosk: KioskDep, response: Response
) -> PhoneUpload:
    """A one-time page `/u/<token>`, on which a telephone hands in files for a quarter of an hour."""
    response.headers.update(_NO_STORE)
    now = service.hall.now()
    return service.database.write(lambda session: phone_uploads.open_page(session, body, kiosk, now))


@router.get("/phone-uploads/{upload}", responses=refuses(404, 409, 422, *AUTHENTICATED))
def phone_files(upload: UploadPath, service: ServiceDep, kiosk: KioskDep, response: Response) -> PhoneFiles:
    """What came from the telephone so far; 409 phone-upload-ended when the page is over."""
    response.headers.update(_NO_STORE)
    with service.database.reading() as session:
        return phone_uploads.files_of(session, upload, kiosk, service.hall.now())


@router.delete("/phone-uploads/{upload}", status_code=204, responses=refuses(404, 422, *AUTHENTICATED))
def close_phone_upload(upload: UploadPath, service: ServiceDep, kiosk: KioskDep) -> None:
    """The page takes nothing any more; twice is harmless."""
    now = service.hall.now()
    service.database.write(lambda session: phone_uploads.close_page(session, upload, kiosk, now))
