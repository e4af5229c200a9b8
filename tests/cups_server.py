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
import tempfile
import time
from pathlib import Path

from devices.hands import Hand
from devices.printers.ipp import Ipp
from kiosk.errors import DeviceUnavailable

BACKEND = """#!/bin/sh
# What it does stands in the file `mood`: a word, and what belongs to it.
[ $# -eq 0 ] && { echo 'direct kiosk:/sim "Kiosk Sim" "Kiosk simulated printer"'; exit 0; }
read mood what < {base}/mood
[ $# -ge 6 ] && paper=$6 || { cat > {base}/out/job-$1.part; paper={base}/out/job-$1.part; }
page() { echo "PAGE: $1 1" >&2; sleep 0.05; }
echo "$5" > {base}/options
case "$mood" in
  stops) echo "STATE: +$what-error" >&2; exit 4;;
  stops-after-page) page 1; echo "STATE: +$what-error" >&2; exit 4;;
  aborts) exit 1;;
  aborts-for) echo "STATE: +$what-error" >&2; exit 1;;
  aborts-after-page) page 1; exit 1;;
  held) exit 3;;
  cancelled) page 1; exit 5;;
  warns) echo "STATE: +$what-warning" >&2;;
  reports) echo "STATE: +$what-report" >&2;;
  toner) echo "ATTR: marker-names=Black,Waste marker-types=toner,waste-toner marker-levels=$what,40" >&2
         echo "ATTR: marker-low-levels=10,0 marker-high-levels=100,90" >&2;;
  hangs) exec sleep 30;;
  hangs-after-page) page 1; exec sleep 30;;
  slow) page 1; sleep "$what"; page 2;;
esac
cp "$paper" {base}/out/job-$1.new
mv {base}/out/job-$1.new {base}/out/job-$1.pdf
rm -f {base}/out/job-$1.part
[ "$mood" = slow ] || page 1
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
MOODS = {"jam": "stops media-jam", "empty": "stops media-empty", "toner-out": "stops toner-empty", "cover": "stops cover-open",
         "full": "stops output-area-full", "low": "warns toner-low"}  # fmt: skip
"""Short names; any other mood is written as the backend reads it: "stops door-open", "toner 5", "hangs-after-page"."""


class CupsServer:
    """The server, its queue `sim`, and hands for the printer behind it. Use as a context manager.

    Its folder is its own and not pytest's: the backend runs as another user, and a test session that begins meanwhile
    shuts pytest's folders to everybody else."""

    def __init__(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="cups-server-"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.server = f"127.0.0.1:{self.port}"
        self._ipp = Ipp.queue(self.server, QUEUE)

    def __enter__(self) -> "CupsServer":
        self._write()
        self.start()
        self.run("lpadmin", "-p", QUEUE, "-E", "-v", "kiosk:/sim", "-m", "raw")
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.base, ignore_errors=True)

    def start(self) -> None:
        """The server runs, with the jobs it had."""
        command = ("cupsd", "-c", str(self.base / "etc/cupsd.conf"), "-s", str(self.base / "etc/cups-files.conf"), "-f")
        environment = {**os.environ, "PATH": f"/usr/sbin:{os.environ['PATH']}"}
        self._process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        self._await_answer()

    def stop(self) -> None:
        """As a restart of the service stops it."""
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
        (self.base / "mood").write_text(MOODS.get(mood, mood) + "\n")
        if mood == "ok":
            self.run("lpadmin", "-p", QUEUE, "-R", "printer-state-reasons-default", "-E")
            self._clear_reasons()

    def pages_out(self) -> list[Path]:
        """What came out of the printer."""
        return sorted((self.base / "out").glob("*.pdf"))

    def options(self) -> str:
        """The options that came with the last job."""
        return (self.base / "options").read_text()

    def spooled(self) -> list[Path]:
        """Files of jobs in the spool: control files and pages."""
        return [path for path in (self.base / "spool").iterdir() if path.is_file()]

    def hands(self) -> tuple[Hand, ...]:
        moods = ("ok", *MOODS, "hangs", "aborts", "held", "cancelled")
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
        (base / "mood").write_text("ok\n")
        (base / "options").write_text("")
        backend = base / "bin/backend/kiosk"
        backend.write_text(BACKEND.replace("{base}", str(base)))
        backend.chmod(0o755)
        user, group = _unprivileged()
        (base / "etc/cups-files.conf").write_text(
            FILES.format(base=base, user=user, group=group, own=grp.getgrgid(os.getegid()).gr_name)
        )
        (base / "etc/cupsd.conf").write_text(CUPSD.format(port=self.port))
        if user != getpass.getuser():
            self._give_to(user, group)

    def _give_to(self, user: str, group: str) -> None:
        for path in (self.base / "out", self.base / "mood", self.base / "options"):
            shutil.chown(path, user, group)
        self.base.chmod(0o711)

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
