"""Where following a case meets the handing in of materials. Nothing else of it knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.journeys.case_words import asked, material_name
from kiosk.journeys.materials import begin_material, keep_pages, material_steps

if TYPE_CHECKING:
    from kiosk.events.touches import Chosen
    from kiosk.journeys.model import Goto
    from kiosk.journeys.progress_views import ProgressAnswers
    from kiosk.world import World

__all__ = ["hand_in", "keep_pages", "material_steps"]


def hand_in(answers: ProgressAnswers, event: Chosen, world: World) -> Goto:
    """To the pages of a material that is asked for, with the office's reason."""
    reason = dict(asked(answers.view))[event.key]
    return begin_material(answers, event.key, material_name(answers.view, event.key, world), reason)
