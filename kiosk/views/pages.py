"""Views of pages of paper: live under the camera, and as they were taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.views.model import View
from kiosk.views.parts import Action

if TYPE_CHECKING:
    from kiosk.page_hints import Hint
    from kiosk.ports.camera import Outline
    from kiosk.texts import Text


@dataclass(frozen=True)
class CameraView(View):
    """What the document camera sees, live, with the page's outline and what to do better. The main action takes the
    picture; it waits while the camera shows nothing. `corners`: as somebody set them; told as CornersSet."""

    title: Text
    explain: Text = ""
    actions: tuple[Action, ...] = ()
    corners: Outline | None = None


@dataclass(frozen=True, repr=False)
class PictureView(View):
    """A picture to look at: a page that was photographed or scanned. `picture`: a JPEG or PNG file; `turned`: quarter
    turns clockwise it is shown in. `concern`: what may be wrong with it."""

    title: Text
    picture: bytes
    explain: Text = ""
    concern: Hint | None = None
    turned: int = 0
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, repr=False)
class Thumbnail:
    """A page among others. `picture`: a JPEG or PNG file; `turned`: quarter turns clockwise; `concern`: what may be wrong."""

    picture: bytes
    turned: int = 0
    concern: Hint | None = None


@dataclass(frozen=True, repr=False)
class PagesView(View):
    """Pages in their order, as small pictures. One is chosen, counted from 0; another is told as Chosen(its number from 0).
    `tools`: what can be done with the chosen page; `actions`: with all of them. `note`: how it stands, said calmly."""

    title: Text
    pages: tuple[Thumbnail, ...]
    chosen: int = 0
    note: Text = ""
    tools: tuple[Action, ...] = ()
    actions: tuple[Action, ...] = ()
