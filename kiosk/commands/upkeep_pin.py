"""`kiosk upkeep-pin`: ask for the technician's PIN twice and print the lines that set it. The PIN itself is kept nowhere."""

import argparse
import sys
from getpass import getpass

from kiosk.errors import SettingsError
from kiosk.pin import LONGEST, SHORTEST, digest_of, is_too_simple, is_well_formed

HELP = "set the PIN that opens the upkeep pages"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    subparsers.add_parser("upkeep-pin", help=HELP, description=__doc__)


def run(_args: argparse.Namespace) -> int:
    """Ask and print. Raises SettingsError for a PIN that will not do."""
    pin = _asked(f"PIN, {SHORTEST} to {LONGEST} digits: ")
    _check(pin)
    if pin != _asked("The same once more: "):
        raise SettingsError("The two PINs are not the same. Nothing was set; run the command again.")
    print("Put these lines into /etc/kiosk/local.toml and start the kiosk again:\n", file=sys.stderr)
    print(f'[upkeep]\npin_hash = "{digest_of(pin)}"')
    return 0


def _asked(question: str) -> str:
    """Without echo from a person, a line each from a pipe."""
    return getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _check(pin: str) -> None:
    if not is_well_formed(pin):
        raise SettingsError(f"The PIN must be {SHORTEST} to {LONGEST} digits and nothing else.")
    if is_too_simple(pin):
        raise SettingsError("This PIN is among the first that anybody tries. Choose one without a pattern.")
