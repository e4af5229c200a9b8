"""Whether the central service can be reached from here."""

from collections.abc import Iterator
from importlib.util import find_spec

from kiosk.readiness.exercises import Stopwatch
from kiosk.readiness.finding import Finding
from kiosk.settings import Settings


def centre(settings: Settings) -> Iterator[Finding]:
    """The configured service answers; or what the embedded one takes is there."""
    if settings.centre.url:
        yield _reachable(settings)
        return
    missing = [name for name in ("fastapi", "uvicorn", "sqlalchemy", "alembic") if find_spec(name) is None]
    text = f"the embedded service lacks {', '.join(missing)}; run `make install` or set centre.url"
    yield Finding("centre", not missing, text if missing else "embedded: the reference service starts with the kiosk")


def _reachable(settings: Settings) -> Finding:
    import requests  # noqa: PLC0415  not paid for where nobody asks

    centre = settings.centre
    watch = Stopwatch()
    try:
        answer = requests.get(centre.url, timeout=(centre.connect_timeout_s, centre.read_timeout_s))
    except requests.exceptions.SSLError:
        return Finding(
            "centre", False, f"{centre.url} has no certificate that this machine trusts; check its clock and CA list"
        )
    except requests.exceptions.RequestException:
        return Finding("centre", False, f"{centre.url} does not answer; check the network and centre.url")
    busy = answer.status_code >= 500
    text = f"{centre.url} answers with status {answer.status_code}"
    took = (watch.figure("round_trip"),)
    return Finding("centre", not busy, text + ("; ask its operator" if busy else ""), took)
