"""Shuts the machine down when the terminal has ended for want of power."""

import logging
import shlex
import subprocess

from kiosk.journal import Shown

log = logging.getLogger(__name__)

SHUTDOWN_S = 10.0


def shut_down(command: str) -> None:
    """Run the command that shuts the machine down, if there is one; it must return within SHUTDOWN_S."""
    words = shlex.split(command)
    if not words:
        return
    try:
        status = subprocess.run(words, timeout=SHUTDOWN_S, check=False, stdin=subprocess.DEVNULL).returncode
    except (OSError, subprocess.TimeoutExpired) as error:
        log.error("the shutdown command could not be run: %s", Shown(type(error).__name__))
        return
    log.log(logging.ERROR if status else logging.INFO, "the shutdown command ended with %d", status)
