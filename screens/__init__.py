"""The screens: Kivy 2.3, one file per kind of view. They draw `kiosk.views` values and tell events; nothing else.

Kivy reads its environment when it is first imported, so it is set here, before any module of this package is.
"""

import os
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.base import Screen

for _name, _value in {
    "KIVY_NO_ARGS": "1",  # the command line is ours
    "KIVY_NO_CONFIG": "1",  # nothing from a home folder decides how a kiosk behaves
    "KIVY_NO_FILELOG": "1",
    "KIVY_NO_CONSOLELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_IMAGE": "sdl2",  # no second reader of pictures is imported
    "KIVY_WINDOW": "sdl2",  # the other provider ends the process when there is no display
}.items():
    os.environ.setdefault(_name, _value)

SCREENS: Mapping[str, str] = {
    "AttractView": "screens.attract:AttractScreen",
    "HomeView": "screens.home:HomeScreen",
    "ChooseView": "screens.choose:ChooseScreen",
    "SearchView": "screens.search:SearchScreen",
    "FieldView": "screens.field:FieldScreen",
    "SignView": "screens.sign:SignScreen",
    "GuideView": "screens.guide:GuideScreen",
    "WaitView": "screens.wait:WaitScreen",
    "ReviewView": "screens.review:ReviewScreen",
    "MessageView": "screens.message:MessageScreen",
    "DeviceView": "screens.device:DeviceScreen",
    "CameraView": "screens.camera:CameraScreen",
    "PictureView": "screens.page_picture:PictureScreen",
    "PagesView": "screens.pages:PagesScreen",
    "TimelineView": "screens.timeline:TimelineScreen",
}
"""View -> the screen that draws it, imported when first shown."""


def screen_class(view_class: type) -> "type[Screen]":
    """The screen for a class of views. Raises KeyError for a view nobody draws (a test keeps that from happening)."""
    module, _, name = SCREENS[view_class.__name__].partition(":")
    found: type[Screen] = getattr(import_module(module), name)
    return found
