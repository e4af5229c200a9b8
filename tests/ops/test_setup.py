"""The set-up: what it would install, when, and how it behaves where it cannot."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = ROOT / "config" / "system"


class Machine:
    """A machine of stand-ins: programs that note how they were called."""

    def __init__(self, folder: Path) -> None:
        self.bin, self.calls = folder / "bin", folder / "calls"
        self.bin.mkdir()
        self.calls.touch()
        for real in ("sh", "dirname", "awk", "grep", "env"):
            (self.bin / real).symlink_to(Path("/usr/bin") / real)

    def has(self, program: str, script: str) -> None:
        path = self.bin / program
        path.write_text(f'#!/bin/sh\necho "{program} $*" >>{self.calls}\n{script}\n')
        path.chmod(0o755)

    def install(self, *groups: str) -> subprocess.CompletedProcess[str]:
        command = ["/bin/sh", str(SYSTEM / "install.sh"), *groups]
        return subprocess.run(command, env={"PATH": str(self.bin)}, capture_output=True, text=True, check=False)

    def called(self, program: str) -> list[str]:
        return [line for line in self.calls.read_text().splitlines() if line.startswith(f"{program} ")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian where everything but xvfb and libxtst6 is installed, and root sits at it."""
    made = Machine(tmp_path)
    made.has("dpkg-query", 'case "$*" in *xvfb*|*libxtst6*) exit 1;; *) echo installed;; esac')
    made.has("apt-get", "")
    made.has("id", "echo 0")
    return made


def test_only_what_is_missing_is_installed(machine: Machine) -> None:
    done = machine.install("run", "bench")
    assert done.returncode == 0, done.stderr
    assert machine.called("apt-get") == [
        "apt-get update -q",
        "apt-get install -y -q --no-install-recommends xvfb libxtst6",
    ]


def test_nothing_missing_touches_nothing(machine: Machine) -> None:
    done = machine.install("test")
    assert (done.returncode, done.stdout, machine.called("apt-get")) == (0, "", [])


def test_a_removed_package_with_its_settings_left_is_missing(machine: Machine) -> None:
    machine.has("dpkg-query", "echo config-files")
    assert machine.install("run").returncode == 0
    assert " xvfb " in machine.called("apt-get")[1]


def test_an_ordinary_user_goes_through_sudo(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("sudo", 'exec "$@"')
    assert machine.install("run").returncode == 0
    assert (
        machine.called("sudo")[1]
        == "sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends xvfb"
    )


def test_without_sudo_it_says_what_to_install(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    done = machine.install("run")
    assert done.returncode == 1
    assert done.stderr == "Missing Debian packages: xvfb. Install them as root, then run make again.\n"
    assert machine.called("apt-get") == []


def test_another_system_is_told_where_the_list_is(machine: Machine) -> None:
    (machine.bin / "dpkg-query").unlink()
    done = machine.install("run")
    assert done.returncode == 1
    assert "This is not Debian: install what" in done.stderr


def test_a_failing_update_is_not_hidden(machine: Machine) -> None:
    machine.has("apt-get", "exit 100")
    assert machine.install("run").returncode == 100


def test_every_package_says_when_and_why() -> None:
    lines = [line for line in (SYSTEM / "packages.txt").read_text().splitlines() if line and not line.startswith("#")]
    assert [
        line for line in lines if not re.fullmatch(r"[a-z0-9][a-z0-9.+-]+ +(run|cards|test|bench) +# .+", line)
    ] == []
    names = [line.split()[0] for line in lines]
    assert len(set(names)) == len(names)


def test_constraints_are_exact_and_cover_what_is_asked_for() -> None:
    lines = (ROOT / "config" / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []
    pinned = {plain(line.partition("==")[0]) for line in pins}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(word for extra in project["optional-dependencies"].values() for word in extra)]
    assert {plain(re.match(r"[A-Za-z0-9._-]+", word)[0]) for word in asked} - pinned == set()  # type: ignore[index]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_make_explains_every_target() -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(["make", "help"], cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    targets = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("  make ")}
    assert targets >= {"install", "run", "demo", "test", "bench", "gallery", "clean"}
