"""Forms of service items: three plain questions first, then fields, each one decision. Data of the catalogue.

A field id means the same in every item (`applicant-phone` is one telephone number), so that a package asks for it once.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kiosk.catalogue.kinds import FieldKind
from kiosk.catalogue.published import ItemId, Published, refuse_twice
from kiosk.texts import LocalText


class Reply(Published):
    """One answer to a question. `leads`: go on (with `variant`, where the item has several), or not eligible, with `advice` on
    what to do instead. `fills`: what it answers of the form at the same time, by field id."""

    id: ItemId
    label: LocalText
    leads: Literal["on", "out"] = "on"
    variant: ItemId | None = None
    advice: LocalText | None = None
    fills: Annotated[Mapping[ItemId, str], Field(max_length=10)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _out_says_what_to_do(self) -> "Reply":
        if (self.leads == "out") != (self.advice is not None):
            raise ValueError(f"reply {self.id}: whoever is not eligible, and nobody else, is told what to do instead")
        return self


class Question(Published):
    """A question that everybody can answer without a paper in hand."""

    id: ItemId
    text: LocalText
    explain: LocalText | None = None
    replies: Annotated[tuple[Reply, ...], Field(min_length=2, max_length=4)]

    @model_validator(mode="after")
    def _each_once(self) -> "Question":
        refuse_twice("reply", (reply.id for reply in self.replies))
        return self


class Choice(Published):
    """One option of a field of kind "choice"."""

    id: ItemId
    label: LocalText


class When(Published):
    """Only asked where another field was answered so, or only for some variants of the item."""

    field: ItemId | None = None
    equals: tuple[str, ...] = ()
    variants: tuple[ItemId, ...] = ()


class FormField(Published):
    """One thing to be told. `known_from`: where its answer may be known from, so that it is filled in and only looked
    at: "card.name", "card.number", "card.address", "card.birth_date", "card.sex", "record.<field id>" (what the
    centre holds) or "answer.<field id>" (told in the same case). `longest` in characters. `earliest`, `latest` for
    dates: ISO 8601, or "today", or days from today ("+30", "-1"). `made_by`: items whose result says it; it is not
    asked where one of them is in the same case. `unlike`, `at_most`: another field whose answer it must not repeat,
    or not exceed as a number."""

    id: ItemId
    label: LocalText
    kind: FieldKind
    explain: LocalText | None = None
    hint: str = ""
    required: bool = True
    options: tuple[Choice, ...] = ()
    shortest: Annotated[int, Field(ge=0, le=2_000)] = 1
    longest: Annotated[int, Field(ge=1, le=2_000)] = 100
    earliest: str = ""
    latest: str = ""
    known_from: str = ""
    when: When | None = None
    made_by: tuple[ItemId, ...] = ()
    unlike: ItemId | None = None
    at_most: ItemId | None = None

    @model_validator(mode="after")
    def _choices_have_options(self) -> "FormField":
        if (self.kind is FieldKind.CHOICE) != bool(self.options):
            raise ValueError(f"field {self.id}: options belong to choices, and choices have some")
        refuse_twice("option", (option.id for option in self.options))
        return self


class Form(Published):
    """An item's form. `questions`: exactly three for an item that can be applied for at a terminal; none otherwise."""

    questions: Annotated[tuple[Question, ...], Field(max_length=3)] = ()
    fields: Annotated[tuple[FormField, ...], Field(max_length=100)] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "Form":
        refuse_twice("question", (question.id for question in self.questions))
        refuse_twice("field", (each.id for each in self.fields))
        return self
