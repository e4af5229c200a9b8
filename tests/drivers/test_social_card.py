"""The commands to a social-security card, byte for byte, and what odd answers mean."""

import pytest

from devices.citizen_cards import social_card
from devices.citizen_cards.social_card import CardWantsPin, OtherCard, gbk, holder_number, value
from devices.citizen_cards.virtual_card import CARDS, SampleSocialCard, VirtualCard
from kiosk.errors import CardUnreadable
from kiosk.texts import msg

SELECT_AID = "00a404000f7378312e73682ec9e7bbe1b1a3d5cf"
IN_ORDER = [
    SELECT_AID,
    "00a4020002ef05",
    "00b2010400",
    "00b2030400",
    "00b207040b",
    "00a4020002ef06",
    "00b2010414",
    "00b2020420",
]


def test_the_commands_are_these():
    card = VirtualCard(CARDS["li"], contact=False)
    social_card.read(card.answer)
    assert [command.hex() for command in card.seen] == IN_ORDER


def test_contact_cards_hand_their_answers_over_in_a_second_step():
    card = VirtualCard(CARDS["li"])
    assert social_card.read(card.answer).name == "李示范"
    assert [command.hex() for command in card.seen if command[1] == 0xC0] == ["00c000000c", "00c0000012", "00c0000006"]


class Script:
    """A card that answers from a list, then with 6D00."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = list(answers), []

    def __call__(self, command: bytes) -> bytes:
        self.asked.append(command.hex())
        return bytes.fromhex(self.answers.pop(0) if self.answers else "6d00")


NUMBER = b"440113199001010041".hex()
NAME = "李示范".encode("gbk").hex()


def test_a_corrected_length_is_used():
    card = Script("9000", "6a82", "9000", "6c16", f"0112{NUMBER}00009000", f"0206{NAME}9000")
    assert social_card.read(card).name == "李示范"
    assert card.asked[3:5] == ["00b2010414", "00b2010416"]


def test_a_card_that_hides_its_own_file_is_read_all_the_same():
    card = social_card.read(Script("9000", "6982", "9000", f"0112{NUMBER}9000", f"0206{NAME}9000"))
    assert (card.name, card.card_number, card.region, card.standard) == ("李示范", "", "", "")


REFUSALS = [
    (["6a82"], OtherCard, "another kind of card"),
    (["6d00"], OtherCard, "another kind of card"),
    (["6283"], CardUnreadable, "The card is locked"),
    (["6982"], CardWantsPin, "wants its PIN first"),
    (["9000", "9000", "6a83", "6982"], CardWantsPin, "the holder's file"),
    (["9000", "6a82", "9000", "63c2"], CardWantsPin, "63C2"),
    (["9000", "6a82", "9000", "6983"], CardWantsPin, "6983"),
    (["9000", "6a82", "9000", "6f00"], CardUnreadable, "6F00"),
    (["9000", "6a82", "9000", "90"], CardUnreadable, "without a status"),
    (["6105", "6105", "6105", "6105"], CardUnreadable, "end of its answer"),
    (["6c0f"], CardUnreadable, "6C0F"),
    (["9000", "6a82", "9000", "6c0f", "6c0e", "6c0f", "6c0e"], CardUnreadable, "end of its answer"),
]


@pytest.mark.parametrize(("answers", "error", "reason"), REFUSALS)
def test_refusals_say_what_stood_in_the_way(answers, error, reason):
    card = Script(*answers)
    with pytest.raises(error, match=reason):
        social_card.read(card)
    assert not [command for command in card.asked if command.startswith("0020")]


@pytest.mark.parametrize(
    ("answer", "found"),
    [("0103616263", b"abc"), ("01036162630000ff", b"abc"), ("0100", b""), ("0181036162639000", b"abc")],
)
def test_tag_length_value(answer, found):
    assert value(bytes.fromhex(answer)) == found


@pytest.mark.parametrize("answer", ["", "01", "0105616263", "01ff61", "018161", "0182000161"])
def test_lengths_that_do_not_fit_are_unreadable(answer):
    with pytest.raises(CardUnreadable, match="lengths"):
        value(bytes.fromhex(answer))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("欧阳样本".encode("gbk") + bytes(20), "欧阳样本"),
        ("㛃䶮".encode("gb18030"), "㛃䶮"),
        ("𠮷".encode("gb18030") + b"\xff" * 8, "𠮷"),
        (b"\xc0\xee\xaa\xa1", "李□"),
        (b"\xc0\xee\xc0", "李□"),
        ("A·B  ".encode("gbk"), "A·B"),
        (b"", ""),
    ],
)
def test_names_in_gbk_and_what_is_beyond_it(raw, text):
    assert gbk(raw) == text


@pytest.mark.parametrize("raw", [b"", b"12345", b"4401131990\xc0\xee0041", b"4401-13199001010", b"1" * 19])
def test_what_is_no_number_is_unreadable(raw):
    with pytest.raises(CardUnreadable, match="no social-security number"):
        holder_number(raw)


@pytest.mark.parametrize("raw", [b"440113199001010041", b" 11010519491231002x\0", b"GBR440088022901\0\0\0"])
def test_numbers_of_citizens_and_of_foreigners(raw):
    assert holder_number(raw) == raw.decode().strip(" \0").upper()


def test_every_sample_is_read():
    for sample in (*CARDS.values(), SampleSocialCard("x", msg("Card fault"), "GBR440088022901", "", "A1")):
        card = social_card.read(VirtualCard(sample).answer)
        assert (card.number, card.name) == (sample.number, sample.name)
