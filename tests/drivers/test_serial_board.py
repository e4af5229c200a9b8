"""The board's language: lines cut anywhere, checksums, lamps that are not fitted, another device, a pseudo-terminal."""

import os
import threading
from pathlib import Path

import pytest

from devices.boards import serial_wire
from devices.boards.serial_board import IDENTITY, SerialBoard, understood, with_checksum
from devices.boards.serial_wire import Wire
from devices.transports import sim
from devices.transports.pty_link import PtyLink
from kiosk.errors import DeviceUnavailable, Fault
from kiosk.ports.board import Lamp, Sensor

EXCHANGES = [
    (b"S?\n", b"S DOOR=0 NEAR=0\r\n"),
    (b"S?\r\n", b"S DOOR=0 NEAR=0\r\n"),
    (b"L CARD 1\n", b"OK\r\n"),
    (b"L HELP 1\n", b"E LAMP\r\n"),
    (b"L CARD 2\n", b"E WHAT\r\n"),
    (b"\n", b"E WHAT\r\n"),
    (b"\xff\xfe\n", b"E WHAT\r\n"),
    (b"S?*00\n", with_checksum("E WHAT").encode() + b"\r\n"),
    (b"L ALL 1\n", b"OK\r\n"),
    (b"L CARD 0*" + with_checksum("L CARD 0")[-2:].encode() + b"\n", b"OK*04\r\n"),
]


@pytest.mark.parametrize(("sent", "answer"), EXCHANGES)
def test_exchanges(sent: bytes, answer: bytes) -> None:
    wire = Wire(fitted="card,slip")
    assert b"".join(burst.data for burst in wire.exchange(sent, 115200)) == answer


def test_the_identity_names_what_is_fitted() -> None:
    (burst,) = Wire(fitted="card,slip").exchange(b"ID?\n", 115200)
    assert burst.data == IDENTITY.encode() + b" LAMPS=CARD,SLIP SENSORS=DOOR,NEAR\r\n"


def test_lines_may_be_cut_anywhere() -> None:
    wire = Wire()
    said = b"".join(burst.data for byte in b"L CARD 1\nS?\n" for burst in wire.exchange(bytes((byte,)), 115200))
    assert said == b"OK\r\nS DOOR=0 NEAR=0\r\n"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (b"OK", "OK"),
        (b"OK\r", "OK"),
        (b"OK*04", "OK"),
        (b"OK*05", None),
        (b"OK*", None),
        (b"S DOOR=0 NEAR=1", "S DOOR=0 NEAR=1"),
        (b"\xffOK", None),
        (b"O\x00K", None),
        (b"X" * 81, None),
    ],
)
def test_damaged_lines_are_not_understood(said: bytes, text: str | None) -> None:
    assert understood(said) == text


def test_a_lamp_that_is_not_fitted_is_no_trouble() -> None:
    wire = Wire(fitted="card")
    board = SerialBoard(SerialBoard.Options(sim.add("board-few", wire)))
    board.open()
    board.light(Lamp.HELP, True)
    board.light(Lamp.CARD, True)
    assert wire.lit == {"card"}
    board.close()


def test_with_checksums() -> None:
    wire = Wire()
    board = SerialBoard(SerialBoard.Options(sim.add("board-sum", wire), checksum=True))
    board.open()
    board.light(Lamp.A4, True)
    wire.open_door()
    assert (wire.lit, board.sensors()) == ({"a4"}, {Sensor.DOOR_OPEN})
    board.close()


def test_a_board_that_is_left_alone_switches_its_lamps_off(monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire()
    list(wire.exchange(b"L CARD 1\n", 115200))
    assert wire.lit == {"card"}
    monkeypatch.setattr(serial_wire, "ALONE_S", -1.0)
    assert wire.lit == set()


def test_a_card_reader_on_its_port_is_another_device() -> None:
    from devices.card_readers.sdt_wire import Wire as Reader

    board = SerialBoard(SerialBoard.Options(sim.add("board-reader", Reader())))
    with pytest.raises(DeviceUnavailable) as caught:
        board.open()
    assert caught.value.fault in (Fault.WRONG_DEVICE, Fault.NO_ANSWER)


def test_over_a_pseudo_terminal(tmp_path: Path) -> None:
    wire, stop = Wire(paced=True), threading.Event()
    link = PtyLink(tmp_path / "board", wire)
    ear, mouth = os.pipe()

    def play() -> None:
        while not stop.is_set():
            link.turn(ear, 0.05)

    far_end = threading.Thread(target=play)
    far_end.start()
    board = SerialBoard(SerialBoard.Options(str(link.path)))
    try:
        board.open()
        board.light(Lamp.SLIP, True)
        assert wire.lit == {"slip"}
        wire.open_door()
        assert board.status().faults == {Fault.DOOR_OPEN}
        wire.unplug()
        link_gone = threading.Event()
        while link.path.exists() and not link_gone.wait(0.02):
            pass
        assert board.status().faults == {Fault.UNPLUGGED}
    finally:
        stop.set()
        far_end.join()
        link.unplug()
        os.close(ear)
        os.close(mouth)
