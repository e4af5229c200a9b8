"""What is shown after something that nobody expected."""

from kiosk.events import Pressed
from kiosk.texts import msg
from kiosk.views import Action, MessageView, Tone

APOLOGY = MessageView(
    Tone.TROUBLE,
    msg("Something went wrong here. We are sorry"),
    msg("We have cleared your data. Please start again, or ask at the front desk."),
    "alert-circle-outline",
    actions=(Action(Pressed("finish"), msg("Go back to the start"), "home", main=True),),
)
APOLOGY_S = 15.0
