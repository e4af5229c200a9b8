"""The application: routers, problem handlers and the layers around them."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from kiosk.approval import (
    api_cases,
    api_drafts,
    api_files,
    api_kiosks,
    api_people,
    api_results,
    api_tickets,
    case_pages,
    pages,
    phone_pages,
    problems,
    result_pages,
)
from kiosk.approval.layers import BodyLimit, Envelope
from kiosk.approval.service import Service

DESCRIPTION = (
    "What a self-service terminal and the central approval service say to each other. Errors are "
    "application/problem+json (RFC 9457). Public pages for residents (`/q/{token}`, `/c/{token}`, `/guides/{item_id}`, "
    "`/u/{token}`, `/v/{code}`) are HTML and not part of this document."
)


def create_app(service: Service | None) -> FastAPI:
    """The service as an ASGI application. Without a `service` it can only describe itself."""
    app = FastAPI(
        title="Central approval API",
        version="1",
        description=DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.service = service
    problems.install(app)
    apis = (api_kiosks, api_tickets, api_cases, api_drafts, api_people, api_files, api_results)
    for part in (*apis, pages, case_pages, phone_pages, result_pages):
        app.include_router(part.router)
    app.add_middleware(BodyLimit)
    app.add_middleware(Envelope)
    _describe(app)
    return app


def _describe(app: FastAPI) -> None:
    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            app.openapi_schema = _errors_are_problems(document)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend the document


def _errors_are_problems(document: dict[str, Any]) -> dict[str, Any]:
    """FastAPI writes every documented model under application/json; error answers are problem+json."""
    for path in document["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if status >= "400" and "application/json" in answer.get("content", {}):
                    answer["content"][problems.MEDIA_TYPE] = answer["content"].pop("application/json")
    return document
