"""A pcscd of a test's own, with virtual readers: its own socket (handed over as systemd would), its own TCP port."""

import signal
import socket
import subprocess
import time
from pathlib import Path

DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
READER = f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:0x{{port:X}}\nLIBPATH {DRIVER}\nCHANNELID 0x{{port:X}}\n'
PATIENCE_S = 10.0
BEGIN = 'exec 3<&0; LISTEN_FDS=1 LISTEN_PID=$$ exec pcscd --foreground --config "$1"'
"""Its standard input is the socket it listens at; systemd hands it over as number 3."""


class PcscServer:
    """Runs while it is a context. `socket`: for the setting of the same name; `port`: where a card goes in."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.socket = str(folder / "pcscd.comm")
        self.port = _free_port()
        self._config = folder / "reader.conf"
        self._daemon: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "PcscServer":
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, with_reader: bool = True) -> None:
        """Begin to serve; `with_reader` False: no reader is plugged in."""
        self._config.write_text(READER.format(port=self.port) if with_reader else "")
        ear = socket.socket(socket.AF_UNIX)
        ear.bind(self.socket)
        ear.listen(8)
        self._daemon = subprocess.Popen(
            ("sh", "-c", BEGIN, "pcscd", str(self._config)),
            stdin=ear,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ear.close()
        if with_reader:
            self._until_listening()

    def stop(self) -> None:
        """End the service; its socket is gone."""
        if self._daemon:
            self._daemon.send_signal(signal.SIGTERM)
            try:
                self._daemon.wait(3)
            except subprocess.TimeoutExpired:  # a mute card holds its reader's thread
                self._daemon.kill()
                self._daemon.wait()
            self._daemon = None
        Path(self.socket).unlink(missing_ok=True)

    def restart(self, with_reader: bool = True) -> None:
        """Anew, with or without a reader."""
        self.stop()
        self.start(with_reader)

    def _until_listening(self) -> None:
        """vpcd opens its port when the driver is loaded; asked of the kernel, since a connection would be a card."""
        wanted = f":{self.port:04X} "
        end = time.monotonic() + PATIENCE_S
        while not any(wanted in line and " 0A " in line for line in _listening()):
            assert time.monotonic() < end, "pcscd did not start its virtual reader"
            time.sleep(0.02)


def _listening() -> list[str]:
    tables = [Path("/proc/net/tcp"), Path("/proc/net/tcp6")]
    return [line for table in tables if table.exists() for line in table.read_text().splitlines()]


def _free_port() -> int:
    """Two neighbouring ports that nobody has: the driver takes one per slot."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
