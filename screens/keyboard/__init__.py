"""The keyboard on the screen: pinyin, handwriting, strokes, jyutping, digits, letters, signs, rare characters.

`WritingScreen` is what a screen with a field derives from; everything else is its parts.
"""

from screens.keyboard.screen import WritingScreen

__all__ = ["WritingScreen"]
