"""Makes the connection to the centre: the configured one, or the reference service embedded on loopback."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from kiosk.centre.embedded import EmbeddedCentre, EmbeddedOptions
from kiosk.centre.fault_proxy import FaultProxy
from kiosk.centre.link import Connection
from kiosk.contract.kiosks import Enrolment
from kiosk.errors import CentreForbidden, SettingsError
from kiosk.settings import Settings
from kiosk.store.store import Identity, Store

EMBEDDED = "embedded"
"""How the embedded service is called in the store: its port changes at every start."""


def program_version() -> str:
    """This program's version, as the heartbeat says it."""
    return version("bianmin")


class Connector:
    """Calls give a `Connection`. With `practice`, an embedded service has practice windows, and a fault proxy stands
    before it for the dock; `proxy` is None until then."""

    def __init__(self, settings: Settings, store: Store, practice: bool) -> None:
        self._settings, self._store, self._practice = settings, store, practice
        self._child: EmbeddedCentre | None = None
        self._tried: str | None = None
        self.proxy: FaultProxy | None = None

    def __call__(self) -> Connection:
        """Connect; enrol where this kiosk is not known yet. Raises KioskError."""
        from kiosk.centre.client import HttpCentre  # noqa: PLC0415  requests is not paid for before the first frame
        from kiosk.centre.http import Timeouts  # noqa: PLC0415

        centre = self._settings.centre
        url, public_url, alive = (
            (centre.url, centre.public_url or centre.url, _always) if centre.url else self._embedded()
        )
        known = self._identity(centre.url or EMBEDDED, url)
        self._tried = known.credential
        timeouts = Timeouts(connect_s=centre.connect_timeout_s, read_s=centre.read_timeout_s)
        http = HttpCentre(
            self.proxy.url if self.proxy else url, known.credential, version=program_version(), timeouts=timeouts
        )
        return Connection(http, known.holder_key, public_url, alive)

    def close(self) -> None:
        """End what was started here."""
        if self.proxy:
            self.proxy.stop()
        if self._child:
            self._child.close()

    def _embedded(self) -> tuple[str, str, Callable[[], bool]]:
        if self._child is None or not self._child.running:
            self.close()
            self._child, self.proxy, self._tried = self._start(self._settings.paths.data), None, None
            if self._practice:
                self.proxy = FaultProxy(self._child.url).start()
        child = self._child
        return child.url, self._settings.centre.public_url or child.url, lambda: child.running

    def _start(self, data: Path) -> EmbeddedCentre:
        database = f"sqlite:///{data / 'approval.sqlite3'}"
        log = self._settings.log.folder / "approval.log"
        return EmbeddedCentre.start(EmbeddedOptions(database=database, practice=self._practice, log=log))

    def _identity(self, centre: str, url: str) -> Identity:
        known = self._store.identity()
        if known is not None and known.centre_url == centre and not (known.credential == self._tried and self._code()):
            return known
        enrolled = self._enrol(url)
        identity = Identity(centre, enrolled.kiosk_id, enrolled.credential, enrolled.holder_key)
        self._store.save_identity(identity)
        return identity

    def _code(self) -> str:
        return self._child.enrolment_code if self._child else self._settings.centre.enrolment_code.get_secret_value()

    def _enrol(self, url: str) -> Enrolment:
        from kiosk.centre.client import enrol  # noqa: PLC0415

        if not self._code():
            raise SettingsError(
                "This kiosk is not enrolled at the centre. Ask its operator for a one-time code and set centre.enrolment_code."
            )
        try:
            return enrol(url, self._code(), self._settings.station.name)
        except CentreForbidden as error:
            raise SettingsError(
                "The centre does not accept the enrolment code. Ask its operator for a new one."
            ) from error


def _always() -> bool:
    return True
