"""What can be printed, as data in the visit's language, and in Chinese below it where the visit was not in Chinese."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk import words as kiosk_words
from kiosk.catalogue.model import Material, ServiceItem
from kiosk.contract.tickets import Ticket
from kiosk.journeys.guide_page import DELIVERY, IDENTITY, fee_fact, material_terms, only_in_chinese, promise
from kiosk.journeys.ticket_views import about, people_ahead, windows
from kiosk.ports.document import Big, Block, Document, Facts, Heading, Items, Line, Paragraph, Qr, Rule, Twice, first
from kiosk.texts import FIRST_LANGUAGE, LocalText, Series, Text, msg
from kiosk.words import Words
from kiosk.world import World

LISTEN = msg("Listen for your number and watch the hall's screen. A number that was called and missed loses its place.")

TEST_CODE = "BIANMIN 便民 0123456789"
TEST_GRID = ("田" * 12, "口" * 12, "一" * 12)
TEST_COMMON = "政务服务，一次办好。繁體：政務服務，一次辦妥。"
TEST_RARE = "㛃䶮𠮷㵘龘靐齉"
"""Rare characters of names: of CJK extensions A and B, and with the most strokes."""
TEST_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 .,:;?()/%"


@dataclass(frozen=True)
class Writer:
    """Says texts for one print: the words of the visit and the world at that moment."""

    words: Words
    world: World

    def say(self, text: Text) -> Line:
        """A finished sentence; in two languages for a visit that was not in Chinese."""
        return self._twice(lambda words: words.say(text))

    def _twice(self, compose: Callable[[Words], str]) -> Line:
        """What reads the same in Chinese, such as a phone number or a text that only the Chinese has, stands once."""
        said = compose(self.words)
        if self._chinese:
            return said
        chinese = compose(kiosk_words.load(FIRST_LANGUAGE))
        return said if _letters(chinese) == _letters(compose(self.words.unmarked)) else Twice(said, chinese)

    @property
    def _chinese(self) -> bool:
        return self.words.language.startswith("zh")

    def document(self, name: str, blocks: list[Block]) -> Document:
        """Blocks with the hall's name, phones and the moment below."""
        station = self.world.station
        phones = msg(
            "Enquiries {enquiry}, supervision {supervision}",
            enquiry=station.enquiry_phone,
            supervision=station.supervision_phone,
        )
        footer = (self._hall(), self.words.say(phones), self.words.moment(self.world.now))
        return Document(name, self.words.language, tuple(blocks), footer)

    def _hall(self) -> str:
        """The hall's name, and in Chinese beside it where that is another."""
        said = self.say(self.world.station.hall)
        return f"{said.text} · {said.chinese}" if isinstance(said, Twice) else said

    def ticket(self, ticket: Ticket) -> Document:
        """The slip of a queue ticket: the number large, where, how many ahead, and the code that follows it."""
        rows: tuple[tuple[Text, Text], ...] = (
            (msg("Please wait for"), windows(ticket.windows)),
            (msg("In the queue"), people_ahead(ticket.ahead)),
            (msg("Wait"), about(ticket.estimated_wait_s)),
            (msg("Taken at"), self._time(ticket.taken_at)),
        )
        blocks: list[Block] = [
            Heading(self.say(ticket.queue_title)),
            Big(ticket.number),
            self._rows(rows),
            Paragraph(self.say(LISTEN), small=True),
        ]
        if self.world.station.public_url:
            caption = msg("Scan: follow your number, or give it up")
            blocks += [Rule(), Qr(self.world.ticket_url(ticket.token), self.say(caption))]
        return self.document("ticket", blocks)

    def test_print(self, device: Text) -> Document:
        """Nothing but what shows whether a printer prints well: a grid, characters common and rare, a code, the moment."""
        rows: tuple[tuple[Text, Text], ...] = (
            (msg("Device"), device),
            (msg("Terminal"), self.world.station.hall),
            (msg("Printed at"), self.words.moment(self.world.now)),
        )
        code = self.world.station.public_url or TEST_CODE
        blocks: list[Block] = [
            Heading(self.say(msg("Test print"))),
            self._rows(rows),
            Rule(),
            *(Paragraph(line) for line in TEST_GRID),
            Paragraph(TEST_COMMON),
            Paragraph(TEST_RARE, strong=True),
            Paragraph(TEST_LATIN, small=True),
            Rule(),
            Qr(code, self.say(msg("A telephone should be able to read this code."))),
        ]
        return self.document("test", blocks)

    def _rows(self, rows: tuple[tuple[Text, Text], ...]) -> Facts:
        return Facts(tuple((self.say(label), self.say(value)) for label, value in rows))

    def _time(self, at: datetime) -> Text:
        return at.astimezone(self.world.now.tzinfo).strftime("%H:%M")

    def short_guide(self, item: ServiceItem) -> Document:
        """A guide on a slip: the facts, what to bring with boxes to tick, and the code that opens all the rest."""
        return self._for(item)._short(item)

    def _short(self, item: ServiceItem) -> Document:
        blocks: list[Block] = [*self._head(item), self._facts(item), *self._materials(item)]
        blocks += self._section(msg("Conditions"), Items(self._all(item.conditions)))
        if self.world.station.public_url:
            caption = msg("Scan: the whole guide with process, sample texts and legal basis")
            blocks += [Rule(), Qr(self.world.guide_url(item.id), self.say(caption))]
        return self.document("guide", blocks)

    def _head(self, item: ServiceItem) -> list[Block]:
        """Title and summary. Where only the Chinese has the guide, one line says so, and the rest is not marked."""
        blocks: list[Block] = [Heading(self.say(item.title)), Paragraph(self.say(item.summary))]
        only = self.say(only_in_chinese(item))
        if first(only):
            blocks.append(Paragraph(only, strong=True))
        if self.world.catalogue.sample:
            note = msg("Sample data: please ask at the front desk before you rely on it.")
            blocks.append(Paragraph(self.say(note), strong=True))
        return blocks

    def _for(self, item: ServiceItem) -> "Writer":
        """The writer of an item's guide: see `_head`."""
        return Writer(self.words.unmarked, self.world) if self.words.say(only_in_chinese(item)) else self

    def guide(self, item: ServiceItem) -> Document:
        """The whole guide on A4: all disclosed fields, things to bring with boxes to tick."""
        return self._for(item)._whole(item)

    def _whole(self, item: ServiceItem) -> Document:
        blocks: list[Block] = [*self._head(item), self._facts(item), *self._materials(item), *self._samples(item)]
        blocks += self._section(msg("Conditions"), Items(self._all(item.conditions)))
        steps = tuple(self._pair(step.title, step.detail) for step in item.process)
        blocks += self._section(msg("Process"), Items(steps, numbered=True))
        blocks += self._section(msg("Legal basis"), Items(self._all(item.legal_basis)))
        blocks += self._section(
            msg("Who may apply"), Items(self._all(tuple(IDENTITY[method] for method in item.identity_methods)))
        )
        if self.world.station.public_url:
            blocks += [Rule(), Qr(self.world.guide_url(item.id), self.say(msg("Scan: this guide on your phone")))]
        return self.document("guide", blocks)

    def _all(self, texts: tuple[Text, ...]) -> tuple[Line, ...]:
        return tuple(self.say(text) for text in texts)

    def _facts(self, item: ServiceItem) -> Facts:
        promised, fee = promise(item), fee_fact(item.fee)
        return self._rows(
            (
                (msg("Time limit"), msg("{value}, {note}", value=promised.value, note=promised.note)),
                (msg("Fees"), fee.value),
                (msg("You receive"), item.result),
                (msg("The result comes"), Series(tuple(DELIVERY[way] for way in item.delivery), either=True)),
                (msg("Enquiries"), item.enquiry_phone),
                (msg("Supervision"), item.supervision_phone),
            )
        )

    def _section(self, title: Text, content: Block) -> list[Block]:
        return [Heading(self.say(title), level=2), content]

    def _materials(self, item: ServiceItem) -> list[Block]:
        bring = tuple(self._material(material) for material in item.materials if not material.held_by_government)
        filed = tuple(self.say(material.name) for material in item.materials if material.held_by_government)
        blocks = self._section(msg("Please bring"), Items(bring, boxes=True)) if bring else []
        if filed:
            blocks += self._section(msg("Already on file, not needed again"), Items(filed))
        return blocks

    def _samples(self, item: ServiceItem) -> list[Block]:
        pairs = tuple(self._pair(material.name, material.sample_text) for material in item.materials)
        return self._section(msg("Sample texts"), Items(pairs))

    def _pair(self, term: LocalText, text: LocalText) -> Line:
        return self.say(msg("{term}: {text}", term=term, text=text))

    def _material(self, material: Material) -> Line:
        terms = material_terms(material)
        if not material.is_conditional:
            return self.say(msg("{material} ({terms})", material=material.name, terms=terms))
        only = msg("only if it applies")
        return self.say(msg("{material} ({terms}; {only})", material=material.name, terms=terms, only=only))


def _letters(text: str) -> str:
    """What is compared: punctuation differs between languages."""
    return "".join(char for char in text if char.isalnum())
