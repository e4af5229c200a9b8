"""A widget as a picture file, drawn anew off the screen: the dock and other windows are not on it."""

from pathlib import Path

from kivy.graphics import ClearBuffers, ClearColor, Fbo, Scale, Translate
from kivy.uix.widget import Widget

from screens.palette import Paint


def save_picture(widget: Widget, path: Path, paper: Paint) -> None:
    """Save the widget on paper of this colour as an opaque PNG."""
    from PIL import Image  # noqa: PLC0415  a kiosk that is not photographed does without

    parent = widget.parent
    at = parent.canvas.indexof(widget.canvas) if parent else -1
    if at >= 0:
        parent.canvas.remove(widget.canvas)
    fbo = Fbo(size=widget.size, with_stencilbuffer=True)
    with fbo:
        ClearColor(*paper)
        ClearBuffers()
        Scale(1, -1, 1)
        Translate(-widget.x, -widget.y - widget.height, 0)
    fbo.add(widget.canvas)
    fbo.draw()
    size = (int(widget.width), int(widget.height))
    Image.frombytes("RGBA", size, fbo.texture.pixels).convert("RGB").save(path)
    fbo.remove(widget.canvas)
    if at >= 0:
        parent.canvas.insert(at, widget.canvas)
