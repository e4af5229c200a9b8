"""The only place that knows everybody: settings -> devices, centre, store, runner, screens."""

from kiosk.bootstrap.terminal import Terminal

__all__ = ["Terminal"]
