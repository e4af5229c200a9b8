"""Composes the forms of items from shared `[fields]`, `[questions]` and `[choices]`, as `[kinds]` and items name them.

Fields and questions are asked in the order in which they are written, so that every form asks in the same order.
"""

from typing import Any

from pydantic import ValidationError

from kiosk.catalogue.complaints import complaint
from kiosk.catalogue.composed import Mention, Texts, in_order, mentions
from kiosk.catalogue.forms import Form, FormField, Question, When
from kiosk.catalogue.written import Entry, Pages, Record, list_of

FORM_KEYS = {"questions", "fields"}
"""The keys of items and kinds that make a form."""
_TEXT_KEYS = {"label", "text", "explain", "advice"}


class FormSource:
    """The shared parts of forms, each checked once however many items take it."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        texts = Texts(pages, _TEXT_KEYS)
        self._fields = {
            entry.id: texts.check(FormField, entry, self._with_options(entry)) for entry in pages.table("fields")
        }
        self._questions = {entry.id: texts.check(Question, entry) for entry in pages.table("questions")}
        self._made: dict[Mention, FormField] = {}

    def form(self, entry: Entry, record: Record) -> Form:
        """An item's form, by the names in its record, which are taken out of it."""
        try:
            return Form(questions=self._asked(entry, record), fields=self._told(entry, record))
        except ValidationError as error:
            entry.refuse(complaint(error, record))

    def _asked(self, entry: Entry, record: Record) -> tuple[Question, ...]:
        wanted = mentions(entry, record.pop("questions", []))
        for mention in wanted:
            self._pages.find("questions", mention.id, entry)
        return tuple(self._questions[mention.id] for mention in in_order(wanted, tuple(self._questions)))

    def _told(self, entry: Entry, record: Record) -> tuple[FormField, ...]:
        wanted = mentions(entry, record.pop("fields", []))
        for mention in wanted:
            self._pages.find("fields", mention.id, entry)
        return tuple(self._field(mention) for mention in in_order(wanted, tuple(self._fields)))

    def _field(self, mention: Mention) -> FormField:
        if mention not in self._made:
            self._made[mention] = self._fields[mention.id].model_copy(update=self._changes(mention))
        return self._made[mention]

    def _changes(self, mention: Mention) -> dict[str, Any]:
        """What the mention says beyond "always"."""
        changes: dict[str, Any] = {"known_from": ""} if mention.fresh else {}
        if mention.variants:
            when = self._fields[mention.id].when or When()
            changes["when"] = when.model_copy(update={"variants": mention.variants})
        return changes

    def _with_options(self, entry: Entry) -> Record:
        """The field with the list of options that it names."""
        record = entry.record
        if isinstance(record.get("options"), str):
            choices = self._pages.find("choices", record["options"], entry)
            record["options"] = list_of(choices, choices.record.get("options"))
        return record
