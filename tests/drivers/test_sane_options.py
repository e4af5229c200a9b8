"""What scanners say they can do, in the words of several backends, and orders in those words."""

import pytest

from devices.scanners.sane_options import parse
from kiosk.ports.scanner import ScanOrder, Source

EPSON2 = """
All options specific to device `epson2:libusb:001:004':
  Scan Mode:
    --mode Lineart|Gray|Color [Lineart]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --depth 8|16 [inactive]
        Number of bits per sample, typical values are 1 for "line-art" and 8
    --resolution 75|100|150|200|300|600|1200dpi [75]
        Sets the resolution of the scanned image.
  Geometry:
    -l 0..215.9mm [0]
        Top-left x position of scan area.
    -x 0..215.9mm [215.9]
        Width of scan-area.
    -y 0..297.18mm [297.18]
        Height of scan-area.
  Optional equipment:
    --source Flatbed|Automatic Document Feeder [Flatbed]
        Selects the scan source (such as a document-feeder).
"""
FUJITSU = """
    --source ADF Front|ADF Back|ADF Duplex [ADF Front]
    --mode Lineart|Halftone|Gray|Color [Lineart]
    --resolution 50..600dpi (in steps of 1) [600]
    -x 0..215.872mm (in steps of 0.0211639) [215.872]
    -y 0..279.364mm (in steps of 0.0211639) [279.364]
"""
AIRSCAN = """
    --resolution 75||100||200||300dpi [300]
    --mode Color|Gray [Color]
    --source Flatbed|ADF|ADF Duplex [Flatbed]
    -x 0..215.9mm [215.9]
    -y 0..355.6mm [355.6]
"""
XEROX = """
    --mode Black & White|256 gray levels|24bit Color(Fast)|24bit Color [24bit Color]
    --resolution auto||72.5|145|290dpi [145]
    --source FlatBed|Automatic Slide Feeder|Transparency Unit [FlatBed]
    -x 0..5100pel [5100]
    -y 0..7020pel [7020]
"""
CAPABLE = [
    (EPSON2, ("flatbed", "feeder"), (75, 100, 150, 200, 300, 600, 1200), (215.9, 297.18)),
    (FUJITSU, ("feeder",), (75, 100, 150, 200, 300, 400, 600), (215.872, 279.364)),
    (AIRSCAN, ("flatbed", "feeder"), (75, 100, 200, 300), (215.9, 355.6)),
    (XEROX, ("flatbed",), (72, 145, 290), (210.0, 297.0)),
    ("", ("flatbed",), (), (210.0, 297.0)),
    ("    --mode Gray [inactive]\n", ("flatbed",), (), (210.0, 297.0)),
]
ORDERS = [
    (EPSON2, ScanOrder(), "--source=Flatbed --mode=Color --resolution=300 -l 0 -t 0 -x 210 -y 297"),
    (EPSON2, ScanOrder(Source.FEEDER, 400), "--source=Automatic Document Feeder --mode=Color --resolution=600 -l 0"),
    (FUJITSU, ScanOrder(Source.FEEDER), "--source=ADF Front --mode=Color --resolution=300 -l 0 -t 0 -x 210 -y 279.364"),
    (AIRSCAN, ScanOrder(Source.FEEDER, 600, colour=False), "--source=ADF --mode=Gray --resolution=300 -l 0"),
    (XEROX, ScanOrder(dpi=100), "--source=FlatBed --mode=24bit Color --resolution=145"),
    (XEROX, ScanOrder(colour=False), "--source=FlatBed --mode=256 gray levels --resolution=290"),
    ("", ScanOrder(), ""),
    ("    --depth 1|8|16 [8]\n    --mode Gray [Gray]\n", ScanOrder(), "--mode=Gray --depth=8"),
]


@pytest.mark.parametrize(("text", "sources", "dpis", "glass"), CAPABLE)
def test_a_device_is_taken_at_its_word(text, sources, dpis, glass):
    can = parse(text).capabilities()
    assert can.sources == sources
    assert can.dpis == dpis
    assert (can.width_mm, can.height_mm) == glass


@pytest.mark.parametrize(("text", "order", "begins"), ORDERS)
def test_an_order_is_said_in_its_words(text, order, begins):
    assert " ".join(parse(text).arguments(order)).startswith(begins)


def test_a_station_may_name_the_feeders_source():
    found = parse(FUJITSU, feeder="ADF Duplex")
    assert found.arguments(ScanOrder(Source.FEEDER))[0] == "--source=ADF Duplex"
    assert parse("", feeder="ADF").capabilities().sources == ("feeder",)


@pytest.mark.parametrize(
    "noise", ["\x00" * 5000, "    --resolution " + "|" * 5000, "    -x ..mm\n    -y 0..0mm\n", "-A" * 9999]
)
def test_noise_is_no_option(noise):
    found = parse(noise)
    assert found.capabilities().sources == ("flatbed",)
    assert found.arguments(ScanOrder()) == []
