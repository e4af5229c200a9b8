"""Apply for an item or a package: from "I want to apply" to the receipt. Driven by the catalogue: an item is data.

choose -> questions -> who -> hub (details, materials, delivery) -> review -> sign -> handed in -> receipt.
"""

from __future__ import annotations

from kiosk.events.touches import Chosen, Pressed, Typed
from kiosk.journeys.apply_begin import (
    answered,
    begin,
    open_item,
    open_shelf,
    out,
    package,
    package_chosen,
    question,
    search,
    shelf,
    tab_or_search,
    toggle,
    typed,
    without,
)
from kiosk.journeys.apply_drafts import draft_steps
from kiosk.journeys.apply_end import end_steps
from kiosk.journeys.apply_handover import HAND_OVER
from kiosk.journeys.apply_hub import hub_steps
from kiosk.journeys.apply_identify import identify_steps
from kiosk.journeys.apply_model import ApplyAnswers
from kiosk.journeys.apply_notice import notice_steps
from kiosk.journeys.apply_parts import sub_flows
from kiosk.journeys.common import ANYWHERE, press
from kiosk.journeys.model import Journey, Step

APPLY = Journey(
    "apply",
    ApplyAnswers,
    steps={
        "begin": Step(begin, {Chosen: open_shelf, Pressed: tab_or_search}),
        "shelf": Step(shelf, {Chosen: open_item}),
        "search": Step(search, {Typed: typed, Chosen: open_item}),
        "package": Step(package, {Chosen: toggle, Pressed: press(next=package_chosen)}),
        "question": Step(question, {Chosen: answered}),
        "question_even": Step(question, {Chosen: answered}),
        "out": Step(out, {Pressed: press(without=without, **HAND_OVER)}),
        **identify_steps(),
        **draft_steps(),
        **hub_steps(),
        **sub_flows(),
        **notice_steps(),
        **end_steps(),
    },
    anywhere=ANYWHERE,
)
