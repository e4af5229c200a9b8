"""Looking whether a scanner is there, in the cheapest way its name allows."""

import socket

from devices.scanners import sane_presence
from devices.scanners.sane_presence import presence


def test_a_usb_scanner_is_there_while_its_node_is(tmp_path, monkeypatch):
    monkeypatch.setattr(sane_presence, "BUS", tmp_path)
    node = tmp_path / "001" / "004"
    node.parent.mkdir()
    look = presence("epson2:libusb:001:004", "", seen=True)
    assert not look.there()
    node.touch()
    assert look.there()


def test_a_scanner_named_by_its_maker_is_looked_for_among_what_is_plugged_in(tmp_path, monkeypatch):
    monkeypatch.setattr(sane_presence, "USB", tmp_path)
    look = presence("pixma:04A91912_ABC", "", seen=True)
    assert not look.there()
    (tmp_path / "1-2").mkdir()
    (tmp_path / "1-2" / "idVendor").write_text("04a9\n")
    assert not look.there()
    (tmp_path / "1-2" / "idProduct").write_text("1912\n")
    assert look.there()


def test_a_network_scanner_is_there_while_it_takes_connections():
    door = socket.create_server(("127.0.0.1", 0))
    look = presence(f"escl:http://127.0.0.1:{door.getsockname()[1]}", "", seen=True)
    assert look.there()
    door.close()
    assert not look.there()
