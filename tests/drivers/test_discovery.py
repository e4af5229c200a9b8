"""`kiosk devices`: what is connected, what it probably is, and settings lines that the registry takes."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from devices import registry
from devices.discovery import found as table
from devices.discovery import programs, sysfs
from devices.discovery.found import Found, Guess, known
from devices.discovery.programs import SOURCES, Answer
from kiosk.__main__ import main

MOCK = Path("tests/data/serial.umockdev")
PCI = "sys/devices/pci0000:00/0000:00:14.0"
KEYBOARD_KEYS = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"


class Tree:
    """A machine's /sys and /dev, as far as anything looks at them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._sockets = 0

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def usb(self, ids: str, *, product: str = "", serial: str = "") -> str:
        """A USB device in the next socket; its interface's folder."""
        self._sockets += 1
        device = f"{PCI}/usb1/1-{self._sockets}"
        vendor, _, number = ids.partition(":")
        for name, text in {"idVendor": vendor, "idProduct": number, "product": product, "serial": serial}.items():
            if text:
                self.write(f"{device}/{name}", f"{text}\n")
        return f"{device}/1-{self._sockets}:1.0"

    def entry(self, kind: str, node: str, device: str, **files: str) -> None:
        """An entry of /sys/class and its device file."""
        self.write(f"{device}/uevent", "")
        own = f"{device}/{kind}/{node}"
        for file, text in files.items():
            self.write(f"{own}/{file.replace('__', '/')}", text)
        (self.root / own).mkdir(parents=True, exist_ok=True)
        if not (self.root / own / "device").exists():
            (self.root / own / "device").symlink_to(self.root / device)
        (self.root / "sys/class" / kind).mkdir(parents=True, exist_ok=True)
        (self.root / "sys/class" / kind / node).symlink_to(self.root / own)

    def node(self, name: str, *links: str) -> None:
        """A device file with its lasting names."""
        self.write(f"dev/{name}", "")
        for link in links:
            path = self.root / "dev" / link
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(self.root / "dev" / name)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def only(tree: Tree) -> Found:
    (thing,) = sysfs.everything(tree.root)
    return thing


# --- the kernel's devices --------------------------------------------------------------------------------------


def test_a_machine_with_nothing_connected(tree: Tree) -> None:
    assert list(sysfs.everything(tree.root)) == []


def test_a_converter_without_a_serial_number_goes_by_its_socket(tree: Tree) -> None:
    tree.entry("tty", "ttyUSB0", tree.usb("1a86:7523", product="USB Serial"))
    tree.node("ttyUSB0", "serial/by-id/usb-1a86_USB_Serial-if00-port0", "serial/by-path/pci-usb-0:1:1.0-port0")
    thing = only(tree)
    assert (thing.path, thing.node) == ("/dev/serial/by-path/pci-usb-0:1:1.0-port0", "/dev/ttyUSB0")
    assert thing.guess.kinds == ("card_reader", "ticket_printer")
    assert "probably" in thing.guess.text


def test_one_with_a_serial_number_goes_by_it_and_the_rules_own_name_is_best(tree: Tree) -> None:
    tree.entry("tty", "ttyACM0", tree.usb("0483:5740", product="QR", serial="S1"))
    tree.node("ttyACM0", "serial/by-path/pci-usb-0:1:1.0", "serial/by-id/usb-QR_S1-if00")
    assert only(tree).path == "/dev/serial/by-id/usb-QR_S1-if00"
    tree.node("ttyACM1", "kiosk/card-reader")
    (tree.root / "dev/kiosk/code-scanner").symlink_to(tree.root / "dev/ttyACM0")
    assert only(tree).path == "/dev/kiosk/code-scanner"


def test_what_nobody_knows_is_unknown_and_has_no_lines(tree: Tree) -> None:
    tree.entry("tty", "ttyUSB0", tree.usb("dead:beef"))
    thing = only(tree)
    assert (thing.guess.text, thing.settings()) == ("unknown", "")


def test_ports_that_are_not_there_are_left_out(tree: Tree) -> None:
    for number, kind in enumerate(("0", "4")):
        tree.entry("tty", f"ttyS{number}", "sys/devices/platform/serial8250", type=kind)
    (tree.root / "sys/class/tty/tty1").mkdir()
    assert [thing.path for thing in sysfs.everything(tree.root)] == ["/dev/ttyS1"]


@pytest.mark.parametrize(
    ("ids", "says", "kinds"),
    [
        ("04b8:0e15", "", ("ticket_printer",)),
        ("dead:beef", "MFG:Acme;CMD:ESC/POS;MDL:X;", ("ticket_printer",)),
        ("dead:beef", "MFG:Acme;COMMAND SET:PCL,PJL;MDL:X;", ()),
        ("dead:beef", "", ()),
    ],
)
def test_usb_printers_by_ids_and_by_their_own_words(tree: Tree, ids: str, says: str, kinds: tuple[str, ...]) -> None:
    interface = tree.usb(ids)
    tree.write(f"{interface}/ieee1284_id", says)
    tree.entry("usbmisc", "lp0", interface)
    tree.entry("usbmisc", "hiddev0", tree.usb("dead:0001"))
    thing = only(tree)
    assert (thing.path, thing.guess.kinds) == ("/dev/usb/lp0", kinds)


def test_of_a_camera_the_node_with_the_picture(tree: Tree) -> None:
    interface = tree.usb("046d:0825", serial="C1")
    for number in range(2):
        tree.entry("video4linux", f"video{number}", interface, index=str(number), name="Page camera")
    tree.node("video0", "v4l/by-id/usb-046d_C1-video-index0")
    thing = only(tree)
    assert (thing.path, thing.about, thing.guess.kinds) == (
        "/dev/v4l/by-id/usb-046d_C1-video-index0",
        "Page camera",
        ("document_camera",),
    )


@pytest.mark.parametrize(
    ("ids", "name", "kinds"),
    [
        ("0c2e:0b61", "Honeywell", ("code_scanner",)),
        ("dead:beef", "Acme Barcode Reader", ("code_scanner",)),
        ("dead:beef", "Acme Keyboard", ()),
    ],
)
def test_keyboards_that_may_be_scanners(tree: Tree, ids: str, name: str, kinds: tuple[str, ...]) -> None:
    interface = tree.usb(ids)
    tree.write(f"{interface}/name", name)
    tree.write(f"{interface}/capabilities/key", KEYBOARD_KEYS)
    tree.entry("input", "event3", interface)
    thing = only(tree)
    assert (thing.path, thing.guess.kinds) == ("/dev/input/event3", kinds)


def test_a_socket_that_senses_headphones_and_a_power_button_that_does_not(tree: Tree) -> None:
    for number, capabilities in enumerate(({"sw": "4"}, {"key": "10000000000000 0"})):
        device = f"sys/devices/sound/card0/input{number}"
        tree.write(f"{device}/name", "HDA Headphone")
        for kind, bits in capabilities.items():
            tree.write(f"{device}/capabilities/{kind}", bits)
        tree.entry("input", f"event{number}", device)
    thing = only(tree)
    assert (thing.path, thing.guess.kinds) == ("/dev/input/event0", ("headphones",))


def test_files_that_say_nonsense(tree: Tree) -> None:
    device = tree.usb("zz\x1b[2J:", product="\x1b]0;title\x07")
    (tree.root / device).parent.mkdir(parents=True, exist_ok=True)
    (tree.root / device).with_name("serial").write_bytes(b"\xff\xfe")
    tree.write(f"{device}/capabilities/sw", "not a number")
    tree.write(f"{device}/capabilities/key", "")
    tree.entry("input", "event0", device)
    tree.entry("tty", "ttyUSB0", device)
    (tree.root / "sys/class/tty/ttyUSB9").symlink_to(tree.root / "nowhere")
    (thing,) = sysfs.everything(tree.root)
    assert thing.guess == Guess()
    assert thing.usb is not None
    assert (thing.usb.ids.isprintable(), thing.about.isprintable()) == (True, True)


def test_serial_ports_are_those_that_pyserial_sees() -> None:
    script = (
        "import json; from serial.tools.list_ports import comports; from devices.discovery import sysfs\n"
        "theirs = {p.device: [f'{p.vid:04x}:{p.pid:04x}', p.serial_number] for p in comports() if p.vid}\n"
        "ours = {p.node or p.path: [p.usb.ids, p.usb.serial or None] for p in sysfs.serial_ports() if p.usb}\n"
        "print(json.dumps([ours, theirs]))"
    )
    command = ["umockdev-run", "--device", str(MOCK), "--", sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    ours, theirs = json.loads(done.stdout)
    assert ours == theirs == {"/dev/ttyUSB0": ["1a86:7523", None], "/dev/ttyACM0": ["0483:5740", "SCAN0001"]}


# --- what other programs know ----------------------------------------------------------------------------------

SAID = {
    "scanimage": "epson2:libusb:001:004\tEpson GT-1500 (flatbed scanner)\n",
    "lpstat": "device for office: ipp://192.0.2.7/ipp/print\nlpstat: odd line\n",
    sys.executable: "ACS ACR39U ICC Reader 00 00\n\n",
    "upsc": "kiosk-ups\n",
}


def test_scanners_queues_card_readers_and_supplies() -> None:
    found, notes = programs.everything(lambda command, _timeout_s: Answer(SAID[command[0]]))
    assert notes == ()
    assert [(thing.bus, thing.path, thing.guess.kinds[0]) for thing in found] == [
        ("sane", "epson2:libusb:001:004", "document_scanner"),
        ("cups", "office", "a4_printer"),
        ("pcsc", "ACS ACR39U ICC Reader 00 00", "citizen_card_reader"),
        ("ups", "kiosk-ups", "power"),
    ]


def test_what_cannot_be_asked_is_said_and_keeps_nothing_else_from_being_found() -> None:
    def ask(command: Sequence[str], _timeout_s: float) -> Answer:
        return Answer(SAID["upsc"]) if command[0] == "upsc" else Answer(trouble="it is not installed")

    found, notes = programs.everything(ask)
    assert [thing.bus for thing in found] == ["ups"]
    assert notes[0] == "scanners: not known (sane-utils: it is not installed)"
    assert len(notes) == 3


@pytest.mark.parametrize(
    ("command", "timeout_s", "answer"),
    [
        (("no-such-program",), 5, Answer(trouble="it is not installed")),
        (("sh", "-c", "echo a; echo wrong >&2; exit 3"), 5, Answer("a\n", "wrong")),
        (("sh", "-c", "exit 3"), 5, Answer("", "it ended with 3")),
        (("sleep", "5"), 0.1, Answer(trouble="it did not end within 0.1 s")),
        (("/dev/null",), 5, Answer(trouble="Permission denied")),
    ],
)
def test_programs_that_are_missing_fail_or_hang(command: tuple[str, ...], timeout_s: float, answer: Answer) -> None:
    assert programs.run(command, timeout_s) == answer


def test_every_program_is_given_little_time() -> None:
    assert all(source.timeout_s <= 20 for source in SOURCES)


# --- what is told ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "bus"), table._LINES)
def test_the_lines_to_paste_are_taken_by_the_registry(kind: str, bus: str) -> None:
    path = 'Acme "Reader" 00' if bus == "pcsc" else "office"
    (settings,) = tomllib.loads(Found(bus, path, Guess("x", (kind,))).settings())["devices"].values()
    model = settings.pop("model")
    options = registry.checked_options(registry.device_class(kind, model).Options, settings, kind)
    assert path in vars(options).values()


def test_the_table_is_well_formed_and_honest() -> None:
    for ids, guess in known().items():
        assert re.fullmatch(r"[0-9a-f]{4}:([0-9a-f]{4}|\*)", ids)
        assert set(guess.kinds) <= set(registry.MODELS)
        assert len(guess.kinds) < 2 or "probably" in guess.text


def test_the_command(tree: Tree, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        programs, "everything", lambda: ((), ("scanners: not known (sane-utils: it is not installed)",))
    )
    assert main(["devices", "--root", str(tree.root)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "Nothing is connected that this program could use."
    assert "sane-utils" in out
    tree.entry("tty", "ttyUSB0", tree.usb("1a86:7523", product="USB Serial"))
    assert main(["devices", "--root", str(tree.root)]) == 0
    out = capsys.readouterr().out
    assert "serial: /dev/ttyUSB0 - a CH340 converter, probably" in out
    assert '    [devices.card_reader]\n    model = "sdt"\n    url = "/dev/ttyUSB0"\n' in out
    assert main(["devices", "--json", "--root", str(tree.root)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["devices"][0]["usb"]["ids"] == "1a86:7523"
    assert tomllib.loads(said["devices"][0]["settings"])["devices"]["card_reader"]["model"] == "sdt"
