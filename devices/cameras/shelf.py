"""Memory that the kiosk and the camera's process share: the newest preview frames and one finished page.

It is anonymous (memfd): no file has a name, nothing reaches a disk, and it is gone with the last of both processes.
"""

import mmap
import os
from typing import Self

PREVIEW_PX = 640
"""The longer side of a preview frame."""
SLOTS = 3
HEAD = 8
SLOT = HEAD + PREVIEW_PX * PREVIEW_PX * 3
PAGE_MOST = 16 * 2**20
"""Bytes of a finished page; a JPEG of A4 at 300 dpi has two million."""
SIZE = SLOTS * SLOT + PAGE_MOST


class Shelf:
    """Over an open file that both processes have. The child puts, the kiosk takes."""

    def __init__(self, fd: int) -> None:
        self._memory = mmap.mmap(fd, SIZE)
        self.fd = fd

    @classmethod
    def new(cls) -> Self:
        """One of its own, empty."""
        fd = os.memfd_create("pages", os.MFD_CLOEXEC)
        os.truncate(fd, SIZE)
        return cls(fd)

    def put_frame(self, number: int, rgb: bytes) -> int:
        """The newest frame; returns its slot. Raises ValueError for one that is too large."""
        if len(rgb) > SLOT - HEAD:
            raise ValueError(f"A preview frame of {len(rgb)} bytes does not fit.")
        slot = number % SLOTS
        at = slot * SLOT
        self._memory[at : at + HEAD] = bytes(HEAD)  # whoever reads meanwhile sees that it changes
        self._memory[at + HEAD : at + HEAD + len(rgb)] = rgb
        self._memory[at : at + HEAD] = number.to_bytes(HEAD, "little")
        return slot

    def frame(self, slot: int, number: int, size: int) -> bytes | None:
        """The frame of this number; None when a newer one has taken its place meanwhile."""
        at, stamp = slot * SLOT, number.to_bytes(HEAD, "little")
        rgb = self._memory[at + HEAD : at + HEAD + min(size, SLOT - HEAD)]
        return rgb if self._memory[at : at + HEAD] == stamp else None

    def put_page(self, jpeg: bytes) -> None:
        """A finished page. Raises ValueError for one that is too large."""
        if len(jpeg) > PAGE_MOST:
            raise ValueError(f"A page of {len(jpeg)} bytes does not fit.")
        self._memory[SLOTS * SLOT : SLOTS * SLOT + len(jpeg)] = jpeg

    def take_page(self, size: int) -> bytes:
        """The page, which is not here any more afterwards."""
        at, size = SLOTS * SLOT, min(size, PAGE_MOST)
        jpeg = self._memory[at : at + size]
        self._memory[at : at + size] = bytes(size)
        return jpeg

    def close(self) -> None:
        """Forget everything."""
        os.truncate(self.fd, 0)
        self._memory.close()
        os.close(self.fd)
