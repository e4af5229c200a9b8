"""A real, private CUPS server on a free loopback port whose printer is a shell script with moods.

No root is needed; as root it runs its filters as `nobody`, as CUPS insists on.
"""

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

from devices.hands import Hand
from devices.printers.ipp import Ipp
from kiosk.errors import DeviceUnavailable

BACKEND = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct kiosk:/sim "Kiosk Sim" "Kiosk simulated printer"'; exit 0; }
case "$(cat {base}/mood)" in
  jam) echo "STATE: +media-jam-error" >&2; cat {file} > /dev/null; exit 4;;
  empty) echo "STATE: +media-empty-error" >&2; cat {file} > /dev/null; exit 4;;
  toner) echo "STATE: +toner-empty-error" >&2; cat {file} > /dev/null; exit 4;;
  cover) echo "STATE: +cover-open-error" >&2; cat {file} > /dev/null; exit 4;;
  low) echo "STATE: +toner-low-warning" >&2;;
  hangs) cat {file} > /dev/null; exec sleep 60;;
esac
cat {file} > {base}/out/job-$1.part
mv {base}/out/job-$1.part {base}/out/job-$1.pdf
echo "PAGE: 1 $4" >&2
exit 0
"""
CUPSD = """Listen 127.0.0.1:{port}
Browsing Off
DefaultAuthType None
DefaultEncryption Never
ErrorPolicy stop-printer
PreserveJobHistory Yes
PreserveJobFiles No
LogLevel warn
WebInterface No
<Location />
 Order allow,deny
 Allow all
</Location>
<Policy default>
 JobPrivateAccess all
 JobPrivateValues none
 <Limit All>
  Order allow,deny
  Allow all
 </Limit>
</Policy>
"""
FILES = """ServerRoot {base}/etc
ServerBin {base}/bin
DataDir /usr/share/cups
DocumentRoot {base}
StateDir {base}/state
CacheDir {base}/cache
RequestRoot {base}/spool
TempDir {base}/spool/tmp
AccessLog {base}/log/access_log
ErrorLog {base}/log/error_log
PageLog {base}/log/page_log
SystemGroup {own}
User {user}
Group {group}
"""
QUEUE = "sim"
REASONS = "media-jam-error,media-empty-error,toner-empty-error,cover-open-error,toner-low-warning"


class CupsServer:
    """The server, its queue `sim`, and hands for the printer behind it. Use as a context manager."""

    def __init__(self, base: Path) -> None:
        self.base = base
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.server = f"127.0.0.1:{self.port}"
        self._ipp = Ipp(self.server, QUEUE)

    def __enter__(self) -> "CupsServer":
        self._write()
        command = ("cupsd", "-c", str(self.base / "etc/cupsd.conf"), "-s", str(self.base / "etc/cups-files.conf"), "-f")
        environment = {**os.environ, "PATH": f"/usr/sbin:{os.environ['PATH']}"}
        self._process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        self._await_answer()
        self.run("lpadmin", "-p", QUEUE, "-E", "-v", "kiosk:/sim", "-m", "raw")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)

    def run(self, *command: str) -> None:
        """A CUPS command on this server."""
        path = f"/usr/sbin:{os.environ['PATH']}"
        subprocess.run(
            command, env={**os.environ, "CUPS_SERVER": self.server, "PATH": path}, check=True, capture_output=True
        )

    def set_mood(self, mood: str) -> None:
        """`ok` also clears what the printer reported and starts the queue again."""
        (self.base / "mood").write_text(mood)
        if mood == "ok":
            self.run("lpadmin", "-p", QUEUE, "-R", "printer-state-reasons-default", "-E")
            self._clear_reasons()

    def pages_out(self) -> list[Path]:
        """What came out of the printer."""
        return sorted((self.base / "out").glob("*.pdf"))

    def hands(self) -> tuple[Hand, ...]:
        moods = ("ok", "jam", "empty", "toner", "cover", "low", "hangs")
        return (Hand("fault", "Printer", "alert", self.set_mood, tuple((mood, mood) for mood in moods)),)

    def _clear_reasons(self) -> None:
        """Delete and make the queue again: the reasons live in the server until the next job says otherwise."""
        self.run("lpadmin", "-x", QUEUE)
        self.run("lpadmin", "-p", QUEUE, "-E", "-v", "kiosk:/sim", "-m", "raw")

    def _write(self) -> None:
        base = self.base
        for part in (
            "etc/ppd",
            "spool/tmp",
            "cache",
            "state/certs",
            "log",
            "bin/backend",
            "bin/filter",
            "bin/driver",
            "bin/monitor",
            "bin/daemon",
            "bin/notifier",
            "bin/cgi-bin",
            "out",
        ):
            (base / part).mkdir(parents=True)
        for part in ("filter", "daemon", "notifier", "monitor"):
            if (source := Path("/usr/lib/cups", part)).is_dir():
                shutil.copytree(source, base / "bin" / part, dirs_exist_ok=True)
        (base / "mood").write_text("ok")
        backend = base / "bin/backend/kiosk"
        backend.write_text(BACKEND.replace("{base}", str(base)).replace("{file}", '"${6:--}"'))
        backend.chmod(0o755)
        user, group = _unprivileged()
        (base / "etc/cups-files.conf").write_text(
            FILES.format(base=base, user=user, group=group, own=grp.getgrgid(os.getegid()).gr_name)
        )
        (base / "etc/cupsd.conf").write_text(CUPSD.format(port=self.port))
        if user != getpass.getuser():
            self._give_to(user, group)

    def _give_to(self, user: str, group: str) -> None:
        for path in (self.base / "out", self.base / "mood"):
            shutil.chown(path, user, group)
        for path in (self.base, *self.base.parents):
            if str(path).startswith("/tmp/"):
                path.chmod(path.stat().st_mode | 0o011)

    def _await_answer(self) -> None:
        end = time.monotonic() + 15
        while time.monotonic() < end:
            try:
                self._ipp.printer()
                return
            except DeviceUnavailable:
                time.sleep(0.05)
        raise AssertionError(f"cupsd did not start: {(self.base / 'log/error_log').read_text()[-500:]}")


def _unprivileged() -> tuple[str, str]:
    if os.geteuid():
        return getpass.getuser(), grp.getgrgid(os.getegid()).gr_name
    return "lp", grp.getgrgid(pwd.getpwnam("lp").pw_gid).gr_name
