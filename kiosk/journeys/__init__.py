"""Every journey by name, and the engine that plays them."""

from kiosk.journeys.guide import GUIDE
from kiosk.journeys.home import HOME
from kiosk.journeys.model import Journeys, Position
from kiosk.journeys.ticket import TICKET

JOURNEYS: Journeys = {journey.name: journey for journey in (HOME, GUIDE, TICKET)}
START = Position("home", "attract", HOME.answers())
