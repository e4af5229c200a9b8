"""Settings: layers and origins, and everything odd refused with one sentence that names file, key and what to do."""

import shutil
import tomllib
from datetime import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from kiosk.errors import SettingsError
from kiosk.settings import CONFIG, Settings, StaffedHours, load

SECRETS = {"centre": {"enrolment_code"}, "upkeep": {"pin_hash"}}
STATIONS = sorted(path.stem for path in (CONFIG / "stations").glob("*.toml"))


class Place:
    """A private copy of the configuration, with hands to write its layers."""

    def __init__(self, folder: Path) -> None:
        self.config, self.local = folder / "config", folder / "local.toml"
        shutil.copytree(CONFIG, self.config, ignore=shutil.ignore_patterns("locale", "catalogue", "system"))

    def base(self, old: str, new: str) -> None:
        """Replace words in kiosk.toml."""
        path = self.config / "kiosk.toml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def station(self, text: str) -> None:
        """Write a station called "here"."""
        (self.config / "stations" / "here.toml").write_text(text, "utf-8")

    def load(self, station: str | None = "here", **environ: str) -> Settings:
        return load(station, config_dir=self.config, local=self.local, environ={"HOME": "/home/kiosk"} | environ)

    def refusal(self, station: str | None = "here", **environ: str) -> str:
        with pytest.raises(SettingsError) as caught:
            self.load(station, **environ)
        return str(caught.value)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    there = Place(tmp_path)
    there.station("")
    return there


# --- what is shipped -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("station", [None, *STATIONS])
def test_shipped_stations_load(place: Place, station: str | None) -> None:
    settings = place.load(station)
    assert settings.station.name == (station or "kiosk")
    for language in settings.station.languages:
        assert settings.station.hall.has(language)


def test_demo_is_simulated_and_writes_below_build(place: Place) -> None:
    demo = place.load("demo")
    assert demo.devices.card_reader.model == "sdt"
    assert demo.devices.card_reader.options == {"url": "sim://card-reader"}
    assert demo.paths.data == place.config.parent / "build" / "demo-data"


# --- layers --------------------------------------------------------------------------------------------------


def test_each_layer_overrides_the_one_before(place: Place) -> None:
    assert (place.load().visit.idle_s, place.load().origin("visit.idle_s")) == (90, "config/kiosk.toml")
    place.station("[visit]\nidle_s = 100")
    assert (place.load().visit.idle_s, place.load().origin("visit.idle_s")) == (100, "config/stations/here.toml")
    place.local.write_text("[visit]\nidle_s = 110")
    assert (place.load().visit.idle_s, place.load().origin("visit.idle_s")) == (110, str(place.local))
    settings = place.load(KIOSK_VISIT__IDLE_S="120")
    assert (settings.visit.idle_s, settings.origin("visit.idle_s")) == (120, "KIOSK_VISIT__IDLE_S")
    assert settings.visit.card_wait_s == 60, "the other keys of the section stay"


def test_environment_values_take_the_type_of_the_setting(place: Place) -> None:
    settings = place.load(
        KIOSK_SCREEN__FULLSCREEN="false",
        KIOSK_STATION__LANGUAGES='["en", "zh_CN"]',
        KIOSK_STATION__ENQUIRY_PHONE="12345",
        KIOSK_STATION__MODE="training",
        KIOSK_DEVICES__CARD_READER__MODEL="sdt",
        KIOSK_DEVICES__CARD_READER__URL="/dev/ttyUSB1",
        KIOSK_DEVICES__CARD_READER__BAUD="9600",
    )
    assert settings.screen.fullscreen is False
    assert settings.station.languages == ("en", "zh_CN")
    assert settings.station.enquiry_phone == "12345"
    assert settings.station.mode == "training"
    assert settings.devices.card_reader.options == {"url": "/dev/ttyUSB1", "baud": 9600}
    assert settings.origin("devices.card_reader.baud") == "KIOSK_DEVICES__CARD_READER__BAUD"


def test_another_model_forgets_the_former_models_options(place: Place) -> None:
    place.station('[devices.card_reader]\nmodel = "sdt"\nurl = "/dev/ttyUSB0"')
    place.local.write_text('[devices.card_reader]\nmodel = "simulated"')
    assert place.load().devices.card_reader.options == {}
    place.local.write_text('[devices.card_reader]\nbaud = 9600\nmodel = "sdt"')
    assert place.load().devices.card_reader.options == {"url": "/dev/ttyUSB0", "baud": 9600}


def test_empty_paths_get_their_place(place: Place) -> None:
    settings = place.load(None)
    assert settings.paths.data == Path("/home/kiosk/.local/share/bianmin")
    assert settings.paths.key_file == settings.paths.data / "kiosk.key"
    assert settings.paths.locale == place.config.parent / "config" / "locale"
    assert place.load(KIOSK_PATHS__LOCALE="/srv/locale").paths.locale == Path("/srv/locale")
    assert settings.log.folder == settings.paths.data / "log"
    assert place.load(None, XDG_DATA_HOME="/var/lib").paths.data == Path("/var/lib/bianmin")
    assert place.load(KIOSK_PATHS__DATA="~/mine").paths.data == Path("/home/kiosk/mine")


def test_settings_are_frozen(place: Place) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        place.load().visit.idle_s = 5  # type: ignore[misc]


def test_staffed_weekdays() -> None:
    hours = StaffedHours(days="1-3,5,7", opens=time(8), closes=time(12))
    assert hours.weekdays == {1, 2, 3, 5, 7}


# --- what is refused -----------------------------------------------------------------------------------------


def test_a_typo_names_file_key_and_nearest_known_key(place: Place) -> None:
    place.station("[screen]\nwidht_px = 1080")
    assert place.refusal() == "config/stations/here.toml: unknown key screen.widht_px; did you mean screen.width_px?"


def test_a_section_typo_and_a_variable_typo(place: Place) -> None:
    place.station("[scren]\nwidth_px = 1080")
    assert "unknown key scren; did you mean screen?" in place.refusal()
    assert place.refusal(None, KIOSK_VISIT__IDEL_S="5").startswith(
        "KIOSK_VISIT__IDEL_S: unknown key visit.idel_s; did you mean visit.idle_s?"
    )
    assert "KIOSK_SECTION__KEY" in place.refusal(None, KIOSK_CENTRE_URL="https://a.example")


def test_a_typo_inside_a_list_of_tables(place: Place) -> None:
    place.station('[station]\nhours = [{ days = "1-5", opnes = "08:30", closes = "12:00" }]')
    assert "config/stations/here.toml: unknown key station.hours[1].opnes; did you mean opens?" in place.refusal()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('[screen]\nwidth_px = "1080"', "screen.width_px: expected a valid integer"),
        ("[screen]\nwidth_px = 10.5", "screen.width_px: expected a valid integer"),
        ("[screen]\nfullscreen = 1", "screen.fullscreen: expected a valid boolean"),
        ("[screen]\nheight_mm = 267.7", "screen.height_mm: expected about 476"),
        ("[visit]\nwarn_s = 90", "visit.warn_s: expected less than visit.idle_s"),
        ("[visit]\nwarn_s = 5", "visit.warn_s: expected to be greater than or equal to 20"),
        ("[visit]\nidle_s = inf", "visit.idle_s: expected"),
        ('[station]\nmode = "slef"', "station.mode: expected 'self', 'assisted', 'volunteer' or 'training'"),
        ('[station]\ntime_zone = "Asia/Shangai"', "station.time_zone: expected a time zone such as Asia/Shanghai"),
        ('[station]\nlanguages = ["en", "en"]', "station.languages: expected every language only once"),
        ('[station]\nhall = { en = "Hall" }', "station.hall: a text needs at least zh_CN"),
        (
            '[station]\nhours = [{ days = "1-5", opens = "12:00", closes = "08:00" }]',
            "station.hours[1].closes: expected a time later",
        ),
        ('[centre]\nurl = "http://10.0.0.5"', "centre.url: expected an https:// address"),
        ('[centre]\nurl = "https://"', "centre.url: expected an https:// address"),
        ("visit = 5", "visit: expected a table with idle_s"),
    ],
)
def test_a_wrong_value_names_file_key_and_what_is_expected(place: Place, line: str, expected: str) -> None:
    place.station(line)
    refusal = place.refusal()
    assert refusal.startswith(f"config/stations/here.toml: {expected.replace('expected to be', 'expected')}"), refusal
    assert "\n" not in refusal


@pytest.mark.parametrize(
    "url", ["https://centre.example/api", "http://127.0.0.1:8000", "http://localhost:1", "http://[::1]:80", ""]
)
def test_safe_addresses(place: Place, url: str) -> None:
    assert place.load(KIOSK_CENTRE__URL=url).centre.url == url


def test_all_problems_are_listed_at_once(place: Place) -> None:
    place.station('[screen]\nwidht_px = 1\n[visit]\nidle_s = "x"')
    lines = place.refusal(KIOSK_LOG__LEVEL="LOUD").splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "config/stations/here.toml",
        "config/stations/here.toml",
        "KIOSK_LOG__LEVEL",
    ]


def test_bad_toml_names_file_and_line(place: Place) -> None:
    place.station("[visit]\nidle_s = 90\nwarn_s = = 30")
    assert "config/stations/here.toml is not valid TOML" in place.refusal()
    assert "line 3" in place.refusal()


def test_wrong_encoding_names_file_and_line(place: Place) -> None:
    (place.config / "stations" / "here.toml").write_bytes("[station]\nname = '小谷围'".encode("gbk"))
    assert place.refusal() == "config/stations/here.toml is not valid TOML: not UTF-8 (at line 2)"


def test_a_missing_default_is_said(place: Place) -> None:
    place.base("idle_s = 90\n", "")
    assert "config/kiosk.toml: visit.idle_s is missing" in place.refusal(None)


@pytest.mark.parametrize(
    ("name", "hint"), [("dmo", "did you mean demo?"), ("../../etc/passwd", "known are: campus"), ("", "known are")]
)
def test_an_unknown_station(place: Place, name: str, hint: str) -> None:
    assert hint in place.refusal(name)


# --- secrets -------------------------------------------------------------------------------------------------


def test_secrets_only_from_the_last_two_layers(place: Place) -> None:
    secret = '[centre]\nenrolment_code = "vierundzwanzig"'
    place.station(secret)
    refusal = place.refusal()
    assert "centre.enrolment_code is a secret" in refusal
    assert "/etc/kiosk/local.toml" in refusal
    assert "vierundzwanzig" not in refusal
    place.station("")
    place.local.write_text(secret)
    assert place.load().centre.enrolment_code.get_secret_value() == "vierundzwanzig"
    assert "vierundzwanzig" not in repr(place.load())
    assert place.load(KIOSK_CENTRE__ENROLMENT_CODE="1234").centre.enrolment_code.get_secret_value() == "1234"


# --- the file explains itself --------------------------------------------------------------------------------


def test_every_key_of_the_model_stands_in_the_file_and_only_those() -> None:
    defaults = load(None, local=Path("/nonexistent"), environ={})
    written = tomllib.loads((CONFIG / "kiosk.toml").read_text("utf-8"))
    for section in type(defaults).model_fields:
        known = set(type(getattr(defaults, section)).model_fields)
        assert set(written[section]) | SECRETS.get(section, set()) == known


def test_every_key_has_a_comment_above_it() -> None:
    lines = (CONFIG / "kiosk.toml").read_text("utf-8").splitlines()
    keys = [number for number, line in enumerate(lines) if "=" in line and line[:1].isalpha()]
    assert len(keys) > 30
    assert [lines[number] for number in keys if not lines[number - 1].startswith("# ")] == []
