"""From a guide to doing it: apply here, or take a number for the window that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk import availability
from kiosk.events.touches import Pressed
from kiosk.journeys.model import Goto
from kiosk.texts import msg
from kiosk.views.parts import Action

if TYPE_CHECKING:
    from kiosk.catalogue.model import Package, ServiceItem
    from kiosk.journeys.guide import GuideAnswers
    from kiosk.world import World


def onward_actions(item: ServiceItem, world: World) -> tuple[Action, ...]:
    """A number, and applying here where that is possible now; the better of the two is the main one."""
    queue = availability.ticket(world)
    here = availability.item(world, item).available
    number = Action(
        Pressed("ticket"),
        msg("Take a number for this"),
        "ticket-confirmation",
        main=not here,
        available=queue.available,
        reason="" if queue.available else queue.note,
    )
    apply = Action(Pressed("apply"), msg("Apply for this here"), "file-document-edit", main=True)
    return (number, apply) if here else (number,)


def apply_for_package(package: Package, world: World) -> Action:
    """Applying for all of it at once."""
    can = availability.package(world, package)
    return Action(
        Pressed("apply"),
        msg("Apply for all of this"),
        "file-document-edit",
        main=True,
        available=can.available,
        reason="" if can.available else can.note,
    )


def to_apply(answers: GuideAnswers, _event: Pressed, world: World) -> Goto:
    """Apply for the item."""
    from kiosk.journeys.apply_begin import start_item  # noqa: PLC0415  the journeys know each other

    return start_item(answers.item, world)


def to_apply_for_package(answers: GuideAnswers, _event: Pressed, world: World) -> Goto:
    """Apply for the package."""
    from kiosk.journeys.apply_begin import start_package  # noqa: PLC0415  the journeys know each other

    return start_package(answers.package, world)


def to_ticket(answers: GuideAnswers, _event: Pressed, world: World) -> Goto:
    """A number for the item."""
    return queue_for(answers.item, world)


def queue_for(item: str, world: World) -> Goto:
    """To the queue that accepts this item, or to the choice of queues."""
    from kiosk.journeys.ticket import begin_with  # noqa: PLC0415  the journeys know each other
    from kiosk.journeys.ticket_views import TicketAnswers  # noqa: PLC0415

    fitting = [queue.id for queue in world.queues or () if queue.open and item in queue.accepts]
    return begin_with(TicketAnswers(queue=fitting[0]), world) if len(fitting) == 1 else Goto("ticket.choose")
