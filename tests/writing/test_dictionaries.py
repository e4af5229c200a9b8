"""What goes into the dictionaries: places, their forms and readings; and the building itself."""

from pathlib import Path

import pytest

from kiosk import __main__
from kiosk.errors import SetupError
from kiosk.writing import dictionaries, rime_api
from kiosk.writing.opencc import OpenCC
from kiosk.writing.places import places
from kiosk.writing.readings import PlaceReadings
from kiosk.writing.vocabulary import forms
from tests.writing.held import BUILT


@pytest.fixture(scope="module")
def readings() -> PlaceReadings:
    return PlaceReadings()


def test_the_country_is_whole_and_hierarchical() -> None:
    known = {place.code: place.name for place in places()}
    count = {length: sum(len(code) == length for code in known) for length in (2, 4, 6, 9)}
    assert count[2] == 34
    assert count[4] > 330
    assert count[6] > 3_000
    assert count[9] > 40_000
    assert (known["44"], known["4401"], known["440113"]) == ("广东省", "广州市", "番禺区")
    assert not [code for code in known if code[:2] not in known or (len(code) == 9 and code[:6] not in known)]


@pytest.mark.parametrize(
    ("name", "shorter"),
    [
        ("小谷围街道", {"小谷围街", "小谷围"}),
        ("番禺区", {"番禺"}),
        ("恩施土家族苗族自治州", {"恩施州", "恩施"}),
        ("内蒙古自治区", {"内蒙古"}),
        ("广西壮族自治区", {"广西"}),
        ("新疆维吾尔自治区", {"新疆"}),
        ("大厂回族自治县", {"大厂县", "大厂"}),
        ("香港特别行政区", {"香港"}),
        ("鲁布革布依族苗族乡", {"鲁布革乡", "鲁布革"}),
        ("管城回族区", {"管城区", "管城"}),
        ("单县", set()),
    ],
)
def test_the_shorter_forms_of_a_name(name: str, shorter: set[str]) -> None:
    assert {form for form, _ in forms(name)} == {name} | shorter


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("番禺区", "440113", ["pan yu qu"]),
        ("六安市", "3415", ["lu an shi", "liu an shi"]),
        ("单县", "371722", ["shan xian", "dan xian"]),
        ("长子县", "140428", ["zhang zi xian", "chang zi xian"]),
        ("大城县", "131025", ["dai cheng xian", "da cheng xian"]),
        ("吕梁市", "1411", ["lv liang shi"]),
        ("都匀市", "522701", ["du yun shi"]),
    ],
)
def test_readings_of_places(readings: PlaceReadings, name: str, code: str, said: list[str]) -> None:
    assert readings.of(name, code) == said


def test_a_reading_of_one_region_is_not_another_s(readings: PlaceReadings) -> None:
    assert readings.of("大城镇", "440101")[0] == "da cheng zhen"


def test_a_line_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "readings.txt"
    table.write_text("番禺 pan\n")
    with pytest.raises(ValueError, match="番禺"):
        PlaceReadings(table)


def test_opencc_says_what_is_missing() -> None:
    with pytest.raises(SetupError, match=r"libopencc1\.1"):
        OpenCC("s2t.json", "libnothing.so.9")
    with pytest.raises(SetupError, match="libopencc-data"):
        OpenCC("nothing.json")


def test_what_is_up_to_date_is_left_alone(built: Path) -> None:
    assert built == BUILT
    assert not dictionaries.build(built)


def test_a_change_of_what_they_are_made_of_is_noticed(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places_of_ours = tmp_path / "china.tsv"
    places_of_ours.write_text("44\t广东省\n")
    before = dictionaries.made_from()
    monkeypatch.setattr(dictionaries, "CHINA", places_of_ours)
    assert dictionaries.made_from() != before


def test_without_librime_nothing_is_left_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_there(_library: str = "") -> None:
        raise OSError

    monkeypatch.setattr(rime_api, "load", none_there)
    monkeypatch.setattr(dictionaries, "places", lambda: iter(()))
    with pytest.raises(SetupError, match="librime1"):
        dictionaries.build(tmp_path / "writing")
    assert list(tmp_path.iterdir()) == []


def test_the_command(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["dictionaries", "--out", str(built)]) == 0
    assert "ready" in capsys.readouterr().out
