"""Service items, guides, materials and packages: the catalogue that the centre publishes and the kiosk shows.

Every field that the law wants disclosed for an item is required here, so that an item without it cannot be shown:
legal basis, conditions, materials, process, time limits, fees, sample texts, enquiry phone, supervision phone.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kiosk.catalogue.forms import Form, When
from kiosk.catalogue.kinds import IdentityMethod, Need, ReportingGroup, ResultDelivery, Serves
from kiosk.catalogue.published import ItemId, Phone, Published, Some, refuse_twice
from kiosk.texts import LocalText


class Material(Published):
    """One thing to bring or hand in. `sample_text` is the 示范文本: what a correct one says. `made_here`: the application form
    itself, which a terminal makes of what is told there. `made_by`: items whose result it is; nobody brings it where one of
    them is in the same case. `needed_if`: asked only then, and required then."""

    id: ItemId
    name: LocalText
    kind: Literal["original", "copy", "original_and_copy"]
    count: Annotated[int, Field(ge=1, le=20)]
    form: Literal["paper", "electronic", "either"]
    required: bool
    held_by_government: bool
    sample_text: LocalText
    note: LocalText | None = None
    variants: tuple[ItemId, ...] = ()
    """Only for these variants of the item; () for all."""
    made_here: bool = False
    made_by: tuple[ItemId, ...] = ()
    needed_if: When | None = None

    @property
    def is_conditional(self) -> bool:
        """Whether some bring it and some do not."""
        return not self.required or bool(self.variants)


class ProcessStep(Published):
    """One step of 收件 受理 审查 决定 制证 送达."""

    id: Literal["receive", "accept", "review", "decide", "make", "deliver"]
    title: LocalText
    detail: LocalText


class TimeLimit(Published):
    """Working days; the promised limit is never longer than the statutory one."""

    statutory_days: Annotated[int, Field(ge=0, le=365)]
    promised_days: Annotated[int, Field(ge=0, le=365)]

    @model_validator(mode="after")
    def _promise_within_law(self) -> "TimeLimit":
        if self.promised_days > self.statutory_days:
            raise ValueError("promised_days is longer than statutory_days")
        return self


class Fee(Published):
    """What it costs, in yuan, and why or why not."""

    yuan: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    note: LocalText


class Group(Published):
    """A shelf of items. `icon` is a Material Design Icons name; `reporting_group` its line in the yearly report."""

    id: ItemId
    title: LocalText
    icon: Annotated[str, Some]
    reporting_group: ReportingGroup


class ServiceItem(Published):
    """One service item with its guide."""

    id: ItemId
    group: ItemId
    title: LocalText
    summary: LocalText
    aliases: tuple[str, ...]
    legal_basis: Annotated[tuple[LocalText, ...], Some]
    conditions: Annotated[tuple[LocalText, ...], Some]
    materials: Annotated[tuple[Material, ...], Some]
    process: Annotated[tuple[ProcessStep, ...], Some]
    time_limit: TimeLimit
    fee: Fee
    enquiry_phone: Phone
    supervision_phone: Phone
    serves: Annotated[tuple[Serves, ...], Some]
    identity_methods: Annotated[tuple[IdentityMethod, ...], Some]
    needs: tuple[Need, ...]
    agent_allowed: bool
    delivery: Annotated[tuple[ResultDelivery, ...], Some]
    result: LocalText
    form: Form = Form()
    validity_years: Annotated[int, Field(ge=1, le=99)] | None = None

    @model_validator(mode="after")
    def _each_once(self) -> "ServiceItem":
        refuse_twice("material", (material.id for material in self.materials))
        refuse_twice("process step", (step.id for step in self.process))
        return self


class PackageItem(Published):
    """An item of a package; `when` says for whom it applies, None for everybody."""

    item: ItemId
    when: LocalText | None = None


class Package(Published):
    """One goal of a person, several items (套餐, 一件事)."""

    id: ItemId
    title: LocalText
    summary: LocalText
    icon: str
    aliases: tuple[str, ...]
    items: Annotated[tuple[PackageItem, ...], Some]


class Catalogue(Published):
    """Everything on offer. `sample`: shown and printed as sample data until a centre publishes its own."""

    title: LocalText
    sample: bool
    groups: Annotated[tuple[Group, ...], Some]
    items: Annotated[tuple[ServiceItem, ...], Some]
    packages: tuple[Package, ...] = ()

    @model_validator(mode="after")
    def _references_hold(self) -> "Catalogue":
        groups = refuse_twice("group", (group.id for group in self.groups))
        items = refuse_twice("item", (item.id for item in self.items))
        refuse_twice("package", (package.id for package in self.packages))
        for item in self.items:
            if item.group not in groups:
                raise ValueError(f"item {item.id}: no group {item.group}")
        for package in self.packages:
            for part in package.items:
                if part.item not in items:
                    raise ValueError(f"package {package.id}: no item {part.item}")
        return self

    @cached_property
    def by_id(self) -> Mapping[str, ServiceItem]:
        return {item.id: item for item in self.items}

    @cached_property
    def packages_by_id(self) -> Mapping[str, Package]:
        return {package.id: package for package in self.packages}

    def in_group(self, group: str) -> tuple[ServiceItem, ...]:
        """The items of a group in catalogue order."""
        return tuple(item for item in self.items if item.group == group)
