"""What is shown after something that nobody expected."""

from kiosk.events.touches import Pressed
from kiosk.texts import msg
from kiosk.views.parts import Action, Tone
from kiosk.views.told import MessageView

APOLOGY = MessageView(
    Tone.TROUBLE,
    msg("Something went wrong here. We are sorry"),
    msg("We have cleared your data. Please start again, or ask at the front desk."),
    "alert-circle-outline",
    actions=(Action(Pressed("finish"), msg("Go back to the start"), "home", main=True),),
)
