"""Scanned pages: whole ones are measured without decoding, anything else is none."""

import random

import pytest

from devices.scanners.jpeg import measured, page_of
from devices.scanners.sample_pages import picture
from kiosk.errors import ScanFailed


def test_a_jpeg_is_measured_without_decoding_it():
    jpeg, width, height = picture("plan", 75, colour=True)
    assert measured(jpeg) == (width, height)
    assert measured(jpeg + b"\0\0") == (width, height)
    assert page_of(jpeg, 75).dpi == 75


def test_what_is_no_jpeg_is_none():
    jpeg = picture("plan", 75, colour=True)[0]
    for at in (0, 2, 20, 200, len(jpeg) - 1):
        assert measured(jpeg[:at]) is None
        assert measured(jpeg[:at] + b"\xff\xd9") is None or at > 200
    with pytest.raises(ScanFailed):
        page_of(b"\xff\xd8\xff\xd9", 75)


def test_mutated_pages_never_break_the_measuring():
    chance, jpeg = random.Random(4), bytearray(picture("form", 75, colour=False)[0])
    for _ in range(3000):
        noisy = bytearray(jpeg)
        for _ in range(3):
            noisy[chance.randrange(700)] = chance.randrange(256)
        size = measured(bytes(noisy))
        assert size is None or min(size) > 0
