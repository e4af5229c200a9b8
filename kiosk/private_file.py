"""Files that only their owner may read."""

import os
from pathlib import Path


def make_private(path: Path) -> None:
    """Make the file, and folders to it, for their owner alone; what is there already is left as it is. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
