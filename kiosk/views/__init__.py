"""The registry of views: each by its name, with the module that is imported when it is first made. A screen, a literal to draw it
from and words to be read aloud exist for each, or `make test` fails."""

from collections.abc import Mapping
from importlib import import_module

from kiosk.views.model import View

TABLE: Mapping[str, str] = {
    "AttractView": "kiosk.views.start",
    "HomeView": "kiosk.views.start",
    "ChooseView": "kiosk.views.choose",
    "SearchView": "kiosk.views.choose",
    "FieldView": "kiosk.views.fields",
    "SignView": "kiosk.views.signing",
    "GuideView": "kiosk.views.guides",
    "WaitView": "kiosk.views.told",
    "ReviewView": "kiosk.views.told",
    "MessageView": "kiosk.views.told",
    "DeviceView": "kiosk.views.devices",
    "CameraView": "kiosk.views.pages",
    "PictureView": "kiosk.views.pages",
    "PagesView": "kiosk.views.pages",
    "TimelineView": "kiosk.views.progress",
}


def view_classes() -> tuple[type[View], ...]:
    """All of them; imports them."""
    return tuple(getattr(import_module(module), name) for name, module in TABLE.items())
