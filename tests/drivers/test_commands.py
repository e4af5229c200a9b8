"""`kiosk read-card` and `kiosk simulate` as programs, talking over a real pseudo-terminal and real TCP."""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from devices.printers.escpos import EscposPrinter
from kiosk.ports.printer import Outcome
from tests.sample_documents import TICKET_EN, TICKET_ZH

ROOT = Path(__file__).resolve().parents[2]
KIOSK = (sys.executable, "-m", "kiosk")


def run(command, **more):
    return subprocess.run(command, check=False, text=True, capture_output=True, cwd=ROOT, timeout=30, **more)


@contextmanager
def simulator(*arguments):
    process = subprocess.Popen(
        (*KIOSK, "simulate", *map(str, arguments)), cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        yield process, process.stdout.readline()
    finally:
        if process.poll() is None:
            process.stdin.write("quit\n")
            process.stdin.flush()
        process.wait(5)
        process.stdin.close()
        process.stdout.close()


def hand(process, line: str) -> str:
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def read_card(port, *more):
    return run((*KIOSK, "read-card", "--port", str(port), *more))


@pytest.fixture(scope="module")
def link(tmp_path_factory):
    return tmp_path_factory.mktemp("sdt") / "reader"


@pytest.fixture(scope="module")
def desk(link):
    with simulator("sdt", "--link", link, "--card", "li", "--timing", "instant") as (process, ready):
        assert "ready" in ready
        yield process


def test_json(link, desk):
    hand(desk, "place hk")
    done = read_card(link, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "kind": "hmt_permit", "name": "黃樣本", "name_latin": None, "sex": "F", "ethnicity": None, "nationality": None,
        "birth_date": "1990-01-01", "address": "广东省广州市番禺区小谷围街智汇谷示范楼A座", "printed_address": None, "number": "810000199001010027",
        "issuer": "广州市公安局", "valid_from": "2024-03-01", "valid_until": "2029-03-01", "pass_number": "H00000000",
        "issue_count": 1,
    }  # fmt: skip


def test_a_newer_address_and_the_photo(link, desk, tmp_path):
    hand(desk, "place moved")
    picture, decoder = tmp_path / "photo.bmp", tmp_path / "decoder"
    decoder.write_text(
        f"#!{sys.executable} -IS\nimport sys\nsys.stdout.buffer.write(sys.stdin.buffer.read(9)[8:] * 38556)\n"
    )
    decoder.chmod(0o755)
    done = read_card(link, "--json", "--photo", str(picture), "--photo-decoder", str(decoder))
    card = json.loads(done.stdout)
    assert (card["address"][-8:], card["printed_address"][-7:]) == ("贝岗村样例路8号", "街道样本路3号")
    assert len(picture.read_bytes()) == 38_862
    assert picture.stat().st_mode & 0o077 == 0
    file = tmp_path / "moved.json"
    file.write_text(done.stdout)
    assert hand(desk, f"place {file}").startswith("ok")
    assert json.loads(read_card(link, "--json").stdout) == card
    without = read_card(link, "--photo", str(tmp_path / "none"))
    assert without.returncode == 0
    assert "No photo was written" in without.stderr


def test_for_people(link, desk):
    hand(desk, "place chen")
    done = read_card(link)
    assert done.returncode == 0
    assert "陈样本" in done.stdout
    assert "Traceback" not in done.stderr


TROUBLE = [
    (("remove",), 4, "no_card"),
    (("place li", "fault unreadable"), 5, "unreadable"),
    (("place li", "fault other-card"), 5, "unreadable"),
    (("place li", "fault auth-sam"), 6, "not_genuine"),
    (("place li", "fault auth-card"), 6, "not_genuine"),
    (("place li", "fault signature"), 6, "not_genuine"),
    (("fault self-test",), 7, "reader_fault"),
    (("fault not-authorised",), 7, "reader_fault"),
    (("fault checksum",), 7, "reader_fault"),
]


@pytest.mark.parametrize(("hands", "status", "error"), TROUBLE, ids=[" ".join(row[0]) for row in TROUBLE])
def test_each_exit_status(link, desk, hands, status, error):
    try:
        for line in hands:
            assert hand(desk, line).startswith("ok")
        done = read_card(link, "--json", "--timeout", "0.3")
    finally:
        hand(desk, "fault none")
    assert done.returncode == status
    answer = json.loads(done.stdout)
    assert answer["error"] == error
    assert answer["message"].endswith(".")
    assert done.stderr == ""


def test_another_speed_is_no_reader(link, desk):
    done = read_card(link, "--baud", "9600")
    assert done.returncode == 3
    assert "at 9600 baud is no card reader" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_no_reader_there(tmp_path):
    done = read_card(tmp_path / "none")
    assert done.returncode == 3
    assert done.stderr.startswith("There is no ")


@pytest.mark.parametrize("arguments", [(), ("--baud", "12345"), ("--timeout", "soon"), ("--timeout", "-1")])
def test_wrong_use(arguments):
    port = ("--port", "/dev/none") if arguments else ()
    done = run((*KIOSK, "read-card", *port, *arguments))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert read_card("nonsense://x").returncode == 2 if arguments == () else True


def test_a_card_from_a_file_comes_back_as_it_was_written(tmp_path):
    values = {"kind": "resident", "name": "文件样", "sex": "M", "ethnicity": "汉", "birth_date": "1990-01-01", "address": "样例路1号",
              "number": "44011319900101001X", "issuer": "样例局", "valid_from": "2020-01-01", "valid_until": None}  # fmt: skip
    file = tmp_path / "card.json"
    file.write_text(json.dumps(values))
    with simulator("sdt", "--link", tmp_path / "port", "--card", file, "--timing", "instant"):
        answer = json.loads(read_card(tmp_path / "port", "--json").stdout)
    assert {key: answer[key] for key in values} == values


def test_a_taken_path_and_an_unknown_card_are_one_sentence(tmp_path):
    taken = tmp_path / "file"
    taken.write_text("")
    for arguments in (
        ("--link", taken),
        ("--link", tmp_path / "no" / "folder"),
        ("--link", tmp_path / "x", "--card", "nobody"),
    ):
        done = run((*KIOSK, "simulate", "sdt", *map(str, arguments)))
        assert done.returncode == 3
        assert len(done.stderr.strip().splitlines()) == 1


def test_the_printer_prints_what_it_gets(tmp_path):
    with simulator("escpos", "--listen", "127.0.0.1:0", "--out", tmp_path) as (process, ready):
        address = ready.split(" at ")[1].split(",")[0]
        printer = EscposPrinter(EscposPrinter.Options(f"socket://{address}"))
        printer.open()
        assert printer.print("1", TICKET_ZH).outcome is Outcome.OUT
        assert hand(process, "use_up end") == "ok: use_up end"
        assert printer.print("2", TICKET_EN).outcome is Outcome.FAILED
        assert hand(process, "refill").startswith("ok")
        assert printer.print("3", TICKET_EN).outcome is Outcome.OUT
        assert hand(process, "shake").startswith("error: no hand 'shake'")
        printer.close()
        taken = run(
            (*KIOSK, "simulate", "escpos", "--listen", address, "--out", str(tmp_path)),
        )
        assert taken.returncode == 3
        assert "cannot be listened at" in taken.stderr
    slips = sorted(tmp_path.glob("slip-*.png"))
    assert [slip.name for slip in slips] == ["slip-001.png", "slip-002.png"]
    with Image.open(slips[0]) as picture:
        assert zxingcpp.read_barcodes(picture.convert("L"))[0].text.startswith("https://kiosk.example/q/")


def test_a_code_scanner_for_any_program(tmp_path):
    from devices.code_scanners.serial_scanner import SerialCodeScanner

    with simulator("codes", "--link", tmp_path / "codes", "--suffix", "crlf") as (process, ready):
        assert ready.startswith("Code scanner ready")
        scanner = SerialCodeScanner(SerialCodeScanner.Options(str(tmp_path / "codes")))
        scanner.open()
        assert hand(process, "fault noise") == "ok: fault noise"
        assert scanner.await_code(0.1) is None
        assert hand(process, "fault unheard-of").startswith("error:")
        assert hand(process, "show any text at all") == "ok: show any text at all"
        while scanner.await_code(2.2):  # noise is over after two seconds; until then a code counts as the rest of it
            pass
        hand(process, "show receipt")
        assert scanner.await_code(5).text == "https://approval.example/q/sample-000127"
        scanner.close()


def test_a_board_for_any_program(tmp_path):
    from devices.boards.serial_board import SerialBoard
    from kiosk.errors import Fault
    from kiosk.ports.board import Lamp

    with simulator("board", "--link", tmp_path / "board") as (process, ready):
        assert ready.startswith("Board ready")
        board = SerialBoard(SerialBoard.Options(str(tmp_path / "board")))
        board.open()
        board.light(Lamp.CARD, True)
        hand(process, "open_door")
        assert board.status().faults == {Fault.DOOR_OPEN}
        hand(process, "fault mute")
        assert board.status().faults == {Fault.NO_ANSWER}
        board.close()
