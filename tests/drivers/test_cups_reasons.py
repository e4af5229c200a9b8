"""What an IPP printer's reasons and levels mean."""

import pytest

from devices.printers import ipp
from devices.printers.cups_reasons import QUIET, REASONS, Unknown, faults_in, supplies_in, toner_low
from kiosk.errors import Fault
from kiosk.ports.printer import Supply

STANDARD = [
    "none",
    "media-needed",
    "media-jam",
    "media-low",
    "media-empty",
    "input-tray-missing",
    "output-tray-missing",
    "output-area-almost-full",
    "output-area-full",
    "marker-supply-low",
    "marker-supply-empty",
    "marker-waste-almost-full",
    "marker-waste-full",
    "toner-low",
    "toner-empty",
    "opc-near-eol",
    "opc-life-over",
    "developer-low",
    "developer-empty",
    "cover-open",
    "door-open",
    "interlock-open",
    "fuser-over-temp",
    "fuser-under-temp",
    "interpreter-resource-unavailable",
    "connecting-to-device",
    "timed-out",
    "offline",
    "paused",
    "moving-to-paused",
    "shutdown",
    "stopping",
    "stopped-partly",
    "spool-area-full",
    "cups-missing-filter",
    "cups-insecure-filter",
]


def test_every_reason_of_the_standard_is_known():
    assert not [name for name in STANDARD if name not in REASONS and name not in QUIET]
    assert not QUIET & set(REASONS)


@pytest.mark.parametrize(
    ("reasons", "faults"),
    [
        (["none"], set()),
        (["media-jam-error", "paused"], {Fault.PAPER_JAM}),
        (["media-empty-warning"], {Fault.PAPER_OUT}),
        (["media-empty"], {Fault.PAPER_OUT}),
        (["media-empty-report", "toner-low-report"], set()),
        (["paused"], {Fault.OFFLINE}),
        (["output-area-full-error"], {Fault.OUTPUT_FULL}),
        (["fuser-under-temp-warning"], set()),
        (["fuser-under-temp-error"], {Fault.HARDWARE}),
        (["media-low-warning", "toner-empty-error"], {Fault.PAPER_LOW, Fault.TONER_OUT}),
        (["acme-flux-empty-error", "media-jammed"], set()),
    ],
)
def test_reasons(reasons, faults):
    assert faults_in(reasons) == faults


def test_unknown_reasons_are_kept_and_logged_once(caplog):
    unknown = Unknown()
    for _ in range(3):
        unknown.note(
            ["acme-flux-empty-error", "acme-flux-empty-warning", "media-jam-error", "none", "cups-waiting-report"]
        )
    assert unknown.seen == {"acme-flux-empty"}
    assert len(caplog.records) == 1


def levels(levels: list[int], lows: list[int], kinds: list[str]) -> ipp.Answer:
    names = [f"supply {number}" for number in range(len(levels))]
    return ipp.Answer(
        0, ({"marker-levels": levels, "marker-low-levels": lows, "marker-types": kinds, "marker-names": names},)
    )


@pytest.mark.parametrize(
    ("answer", "low"),
    [
        (levels([50], [10], ["toner"]), False),
        (levels([10], [10], ["toner"]), True),
        (levels([0], [0], ["toner"]), True),
        (levels([-1], [10], ["toner"]), False),
        (levels([-3], [10], ["toner"]), False),
        (levels([5], [10], ["waste-toner"]), False),
        (levels([80, 3], [10, 10], ["toner", "toner"]), True),
        (levels([], [], []), False),
    ],
)
def test_toner_levels(answer, low):
    assert toner_low(answer) is low


def test_levels_that_are_unknown_are_said_to_be():
    assert supplies_in(levels([70, -2, 130], [], [])) == (
        Supply("supply 0", 70),
        Supply("supply 1", None),
        Supply("supply 2", 100),
    )
