"""The screens: Kivy 2.3, one file per kind of view. They draw `kiosk.views` values and tell events; nothing else.

Kivy reads its environment when it is first imported, so it is set here, before any module of this package is.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from kiosk import views

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

SCREENS: dict[type, str] = {
    views.AttractView: "screens.attract:AttractScreen",
    views.HomeView: "screens.home:HomeScreen",
    views.ChooseView: "screens.choose:ChooseScreen",
    views.SearchView: "screens.search:SearchScreen",
    views.FieldView: "screens.field:FieldScreen",
    views.GuideView: "screens.guide:GuideScreen",
    views.WaitView: "screens.wait:WaitScreen",
    views.ReviewView: "screens.review:ReviewScreen",
    views.MessageView: "screens.message:MessageScreen",
    views.DeviceView: "screens.device:DeviceScreen",
    views.CameraView: "screens.camera:CameraScreen",
    views.PictureView: "screens.page_picture:PictureScreen",
}
"""View class -> the screen that draws it, imported when first shown."""


def screen_class(view_class: type) -> "type[Screen]":
    """The screen for a class of views. Raises KeyError for a view nobody draws (a test keeps that from happening)."""
    module, _, name = SCREENS[view_class].partition(":")
    found: type[Screen] = getattr(import_module(module), name)
    return found
