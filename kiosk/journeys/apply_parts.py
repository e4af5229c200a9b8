"""Where applying meets its parts: what is still needed, the form, the materials, the rating. Nothing else of it knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kiosk.cases import needs
from kiosk.journeys.form import begin_form, edit_field, form_steps
from kiosk.journeys.materials import begin_material, keep_pages, material_steps
from kiosk.journeys.model import Goto
from kiosk.journeys.rate_views import begin_rating

if TYPE_CHECKING:
    from kiosk.cases.model import CaseInHand
    from kiosk.cases.needs import FieldNeed, MaterialNeed, Missing
    from kiosk.contract.cases import CaseReceipt
    from kiosk.journeys.apply_model import ApplyAnswers
    from kiosk.journeys.model import Step
    from kiosk.world import World

HUB = "hub"


def back_with_pages(then: ApplyAnswers, now: ApplyAnswers) -> ApplyAnswers:
    """What Back leads to, without losing a page that is there."""
    kept: ApplyAnswers = keep_pages(then, now)
    return kept


def sub_flows() -> Mapping[str, Step]:
    """The steps of the form and of the materials; both come back to the hub."""
    return {**form_steps(HUB), **material_steps(HUB)}


def still_missing(case: CaseInHand, world: World) -> Missing:
    """Fields and materials without which it cannot be handed in."""
    return needs.missing(case, world.catalogue, world.now.date())


def fields(case: CaseInHand, world: World) -> tuple[FieldNeed, ...]:
    """Every field that this case asks for, each once."""
    return needs.fields_of(case, world.catalogue)


def materials(case: CaseInHand, world: World) -> tuple[MaterialNeed, ...]:
    """Every material that this case asks for, each once."""
    return needs.materials_of(case, world.catalogue)


def prefilled(case: CaseInHand, world: World) -> CaseInHand:
    """With what the card says and the government holds."""
    return needs.prefilled(case, world.catalogue)


def fill_in(answers: ApplyAnswers, world: World) -> Goto:
    """To the fields that are still missing."""
    return begin_form(answers, world)


def ask_field(answers: ApplyAnswers, field: str) -> Goto:
    """To one field, with what stands in it."""
    return edit_field(answers, field)


def hand_in(answers: ApplyAnswers, need: MaterialNeed) -> Goto:
    """To the pages of a material."""
    return begin_material(answers, need.material.id, need.material.name, need.material.sample_text)


def to_rating(receipt: CaseReceipt | None) -> Goto:
    """Once a case is handed in; of one that is kept here, the service is rated."""
    return begin_rating(receipt.token if receipt else "")
