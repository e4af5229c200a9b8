"""One kiosk per data folder."""

import fcntl
import os
from pathlib import Path
from typing import IO

from kiosk.errors import SetupError


def lock(data: Path) -> IO[str]:
    """Hold the folder until the returned file is closed. Raises SetupError naming the folder when another kiosk has it."""
    data.mkdir(parents=True, exist_ok=True)
    handle = os.fdopen(os.open(data / "kiosk.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        handle.close()
        raise SetupError(f"Another kiosk runs with the data folder {data}. End it first, or set paths.data.") from error
    return handle
