"""Which addresses of a centre may be used, and what a digest says of a card."""

import pytest

from kiosk.centre.client import HttpCentre
from kiosk.centre.holder import holder_digest
from kiosk.centre.http import checked_address
from kiosk.errors import SettingsError
from kiosk.ports.card_reader import CardKind, IdCard


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://centre.example", "plain http"),
        ("http://192.0.2.7:8800", "plain http"),
        ("http://127.0.0.1.evil.example", "plain http"),
        ("ftp://127.0.0.1", "is not the address of a service"),
        ("centre.example", "is not the address of a service"),
        ("https://user:geheim@centre.example", "must not hold a user or a password"),
    ],
)
def test_an_address_that_must_not_be_used(url: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence) as refused:
        HttpCentre(url, "c", version="1")
    assert str(refused.value).startswith("centre.url: ")
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8800/", "http://localhost", "http://[::1]:1", "https://centre.example/api"]
)
def test_an_address_that_may_be_used(url: str) -> None:
    assert checked_address(url) == url.rstrip("/")


def test_a_digest_tells_people_apart_and_says_nothing() -> None:
    card = IdCard(CardKind.RESIDENT, "11010519491231002X")
    same = IdCard(CardKind.RESIDENT, " 11010519491231002x ", name="张三")
    other_kind = IdCard(CardKind.HMT_PERMIT, "11010519491231002X")
    digest = holder_digest("ab" * 32, card)
    assert holder_digest("ab" * 32, same) == digest
    assert len({digest, holder_digest("ab" * 32, other_kind), holder_digest("cd" * 32, card)}) == 3
    assert "11010519491231002" not in digest
    assert len(digest) == 64
