"""The narrator's words, each phrase a function; what is said of a whole view stands in `kiosk.spoken_views`.

Said in the words of the tongue's language; `kiosk.speech_text` then puts numbers and signs into words. The narrator
decides when; here stands only what.
"""

from kiosk.spoken_views import Sentences, pair, read_aloud, said, unavailable
from kiosk.texts import Msg, Text, counted, msg
from kiosk.views.parts import Action, Entry, Option, Section

__all__ = ["Sentences", "read_aloud"]


def describe_option(option: Option) -> Sentences:
    """What is said when a choice is in focus."""
    return said((option.title, option.detail, *unavailable(option.available, option.reason)))


def describe_action(action: Action) -> Sentences:
    """What is said when a button is in focus."""
    return said((msg("{label}, button", label=action.label), *unavailable(action.available, action.reason)))


def describe_section(section: Section, is_open: bool) -> Sentences:
    """What is said when a section of a guide is in focus: folded its summary, open its content."""
    if not is_open:
        return said((section.title, section.summary, msg("Folded. OK opens it.")))
    return said((section.title, *(text for entry in section.entries for text in _entry(entry))))


def position(at: int, count: int) -> Msg:
    """The place of what is in focus among its neighbours, from 1."""
    return msg("{at} of {count}", at=at, count=count)


def chosen(title: Text) -> Msg:
    """Said when something was chosen."""
    return msg("Chosen: {title}", title=title)


def countdown(seconds: int) -> Sentences:
    """Said when the visit is about to end for want of a sign of life."""
    return counted("This visit ends in {n} second.", "This visit ends in {n} seconds.", seconds), msg(
        "Press any key if you need more time."
    )


def keys() -> Sentences:
    """How the keypad works (`screens.keypad`, `screens.focus`), and the glass for those who do not see it."""
    return (
        msg("The left and right arrow keys go through everything."),
        msg("The up and down arrow keys go to what is nearest."),
        msg("OK presses it. The help key says more, and calls for help."),
        msg("On the glass, one touch says what is there, a second touch on the same spot chooses it."),
    )


def switches() -> Sentences:
    """How one or two switches work (`screens.scanning`)."""
    return (
        msg("What can be chosen is named one by one."),
        msg("Press the switch when you hear what you want."),
    )


def input_field(label: Text) -> Msg:
    """What an input field is called."""
    return msg("{label}, input field", label=label)


def field(label: Text, so_far: Text) -> Sentences:
    """An input field in focus, with what is to be said of its content (`kiosk.spoken_views.so_far`)."""
    return input_field(label), so_far or msg("It is empty.")


def written() -> Msg:
    """A sign was written that nobody else is to hear."""
    return msg("Written")


def deleted() -> Msg:
    """A sign was deleted."""
    return msg("Deleted")


def not_available(reason: Text) -> Sentences:
    """Something was pressed that is not to be had now."""
    return said(unavailable(False, reason))


def faster() -> Msg:
    """The pace was raised; said in the new one."""
    return msg("Faster")


def slower() -> Msg:
    """The pace was lowered; said in the new one."""
    return msg("Slower")


def louder() -> Msg:
    """Said in the new loudness."""
    return msg("Louder")


def quieter() -> Msg:
    """Said in the new loudness."""
    return msg("Quieter")


def hidden() -> Msg:
    """The screen was blanked."""
    return msg("The screen is dark now. Only you can hear what it says.")


def shown() -> Msg:
    """The screen is to be seen again."""
    return msg("The screen can be seen again.")


def tongue_is() -> Msg:
    """Said in a tongue that was just chosen: its own name."""
    return msg("I speak English now.")


def _entry(entry: Entry) -> Sentences:
    return (pair(entry.term, entry.text) if entry.term else entry.text, *entry.tags, *entry.notes)
