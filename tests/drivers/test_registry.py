"""The registry: what is unknown is named, with the nearest that is known."""

import pytest

from devices import hands, registry
from devices.transports import sim
from kiosk.errors import SettingsError, SetupError

WRONG = [
    ("card_raeder", "sdt", {}, "no device kind 'card_raeder'. Did you mean 'card_reader'"),
    ("card_reader", "sdtt", {}, "no card_reader model 'sdtt'. Did you mean 'sdt'"),
    ("card_reader", "sdt", {"ulr": "x"}, "no option of card_reader sdt 'ulr'. Did you mean 'url'"),
    ("card_reader", "sdt", {}, "needs the option 'url'"),
    ("card_reader", "sdt", {"url": "x", "baud": "fast"}, "baud is 'fast'; it must be int"),
    ("card_reader", "sdt", {"url": "x", "baud": True}, "baud is True; it must be int"),
    ("ticket_printer", "escpos", {"url": "x", "encoding": "utf8"}, "must be one of 'raster', 'gb18030'"),
    ("ticket_printer", "escpos", {"url": "x", "width_dots": 383}, "multiple of 8"),
    ("a4_printer", "cups", {"queue": "a; rm"}, "name of a CUPS queue"),
]


@pytest.mark.parametrize(("kind", "model", "options", "sentence"), WRONG)
def test_what_is_wrong_is_named(kind, model, options, sentence):
    with pytest.raises(SettingsError, match=sentence.replace("(", r"\(")):
        registry.build(kind, model, options)


def test_whole_numbers_are_fine_for_seconds():
    assert registry.build("card_reader", "simulated", {"read_s": 1}).options.read_s == 1.0


def test_every_class_in_the_table_loads_and_has_options():
    for kind, models in registry.MODELS.items():
        for model in models:
            assert registry.device_class(kind, model).Options


def test_real_devices_have_no_hands():
    assert registry.hands_for(registry.build("card_reader", "sdt", {"url": "/dev/ttyUSB0"})) == ()


def test_a_device_on_a_simulated_cable_has_the_hands_of_its_far_end():
    device = registry.build("card_reader", "sdt", {"url": "sim://devices.card_readers.sdt_wire:Wire#desk"})
    hands.do(registry.handled(device), "place", "li")
    device.open()
    assert device.await_card(0.2)
    device.close()
    with pytest.raises(KeyError, match="there are fault, place, plug, remove, unplug"):
        hands.do(registry.handled(device), "shake")


@pytest.mark.parametrize(
    "name",
    [
        "nobody",
        "no.such.module:Wire",
        "devices.card_readers.sdt_wire:Wires",
        "devices.card_readers.sdt_wire:Wire?colour=red",
    ],
)
def test_a_simulated_cable_that_cannot_be_made_is_named(name):
    with pytest.raises(SetupError, match="simulated device"):
        sim.wire(name)
