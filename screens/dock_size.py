"""How much room the dock takes; apart, so that the window's size is known before Kivy is imported."""

WIDTH_PX = 380
