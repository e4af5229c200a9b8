"""What every public page has around it: its language, its style, and headers that close it to the outside."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Header, Query
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from kiosk.approval import page_texts

TEMPLATES = Path(__file__).parent / "templates"


def language_of(
    lang: Annotated[str | None, Query(max_length=20)] = None,
    accept_language: Annotated[str, Header(max_length=400)] = "",
) -> str:
    return page_texts.choose_language(lang, accept_language)


Language = Annotated[str, Depends(language_of)]


def not_found(language: str) -> Response:
    """There is nothing at this address."""
    return page("not_found.html", language, 404, private=True)


def page(
    template: str, language: str, status: int = 200, *, private: bool = False, script: str = "", **values: Any
) -> HTMLResponse:
    """A page from a template; `script`: the file beside it that is its script."""
    html = (
        _environment()
        .get_template(template)
        .render(
            values,
            language=language,
            style=Markup(_own("style.css")),  # noqa: S704 (our own files)
            script=Markup(_own(script)) if script else "",  # noqa: S704
            languages=[(code, page_texts.say("language_name", code)) for code in page_texts.LANGUAGES],
            tag=lambda code: page_texts.say("language_tag", code),
            say=lambda name, **parts: page_texts.say(name, language, **parts),
            local=lambda text: text.in_language(language),
        )
    )
    about = {"Content-Language": page_texts.say("language_tag", language), "Vary": "Accept-Language"}
    return HTMLResponse(html, status, about | headers(private=private, script=script))


def headers(*, private: bool, script: str = "") -> dict[str, str]:
    """The headers of a page: nothing from elsewhere, nothing inside others, no trace of its address at others'."""
    own_script = f"script-src {_hash(script)}; connect-src 'self'; " if script else ""
    return {
        "Cache-Control": "no-store" if private else "public, max-age=300",
        "Content-Security-Policy": f"default-src 'none'; style-src {_hash('style.css')}; {own_script}form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
    }


@cache
def _hash(name: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(_own(name).encode()).digest()).decode()}'"


@cache
def _own(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


@cache
def _environment() -> Any:
    # Imported when the first page is asked for: a kiosk's own service may never be.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
