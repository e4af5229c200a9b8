"""Imports Kivy's language without its built-in rules: 70 ms of parsing that describe widgets nobody here uses.

Everything on these screens is drawn by `screens.pieces`. The parser reads `style.kv` once, when it is imported, from
the folder in `kivy.kivy_data_dir`; for that moment it is a folder with an empty one.
"""

import sys
from pathlib import Path

import kivy
import kivy.resources  # has to remember the real folder, for shaders

if "kivy.lang.builder" not in sys.modules:
    _real, kivy.kivy_data_dir = kivy.kivy_data_dir, str(Path(__file__).parent / "no_rules")
    try:
        import kivy.lang.builder
    finally:
        kivy.kivy_data_dir = _real
