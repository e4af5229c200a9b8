"""Enrolment, credentials, catalogue and heartbeats over the API."""

import gzip
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from kiosk.approval import enrolment, reports
from kiosk.approval.publication import accepts_gzip
from kiosk.approval.service import Service
from kiosk.approval.tables import EnrolmentCode, KioskRow
from kiosk.catalogue.source import parse_catalogue
from tests.approval.hall import Clock, enrol_kiosk


def code_for(service: Service, station: str | None, days: float = 1) -> str:
    now = service.hall.now()
    return service.database.write(lambda s: enrolment.make_code(s, station, now, timedelta(days=days)))


def try_code(client: TestClient, code: str, station: str = "hall-1") -> tuple[int, str]:
    answer = client.post("/v1/enrolments", json={"code": code, "station": station})
    return answer.status_code, answer.json().get("type", "").rpartition("/")[2]


NOT_ACCEPTED = (403, "enrolment-code-not-accepted")


def test_a_code_is_traded_once_for_a_credential_that_works(stranger: TestClient, service: Service) -> None:
    code = code_for(service, "hall-1")
    answer = stranger.post("/v1/enrolments", json={"code": code, "station": "hall-1"})
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    stranger.headers["Authorization"] = f"Bearer {answer.json()['credential']}"
    assert stranger.get("/v1/queues").status_code == 200
    assert try_code(stranger, code) == NOT_ACCEPTED


def test_all_kiosks_of_a_centre_share_the_holder_key(service: Service) -> None:
    first, second = enrol_kiosk(service, "hall-1"), enrol_kiosk(service, "hall-2")
    assert first.holder_key == second.holder_key
    assert first.credential != second.credential


def test_a_code_may_be_typed_as_people_type(stranger: TestClient, service: Service) -> None:
    typed = code_for(service, "hall-1").replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert try_code(stranger, typed)[0] == 201


def test_a_wrong_an_expired_and_another_stations_code_look_the_same(
    stranger: TestClient, service: Service, clock: Clock
) -> None:
    assert try_code(stranger, "0000-0000-0000-0000-0000") == NOT_ACCEPTED
    assert try_code(stranger, code_for(service, "hall-2")) == NOT_ACCEPTED
    code = code_for(service, "hall-1", days=1)
    clock.forward(days=1)
    assert try_code(stranger, code) == NOT_ACCEPTED


def test_guessing_is_slowed(stranger: TestClient, service: Service, clock: Clock) -> None:
    code = code_for(service, "hall-1")
    answers = [try_code(stranger, f"wrong-code-{n}") for n in range(11)]
    assert answers == [NOT_ACCEPTED] * 10 + [(429, "too-many-wrong-codes")]
    blocked = stranger.post("/v1/enrolments", json={"code": code, "station": "hall-1"})
    assert (blocked.status_code, blocked.headers["retry-after"]) == (429, "60")
    clock.forward(seconds=61)
    assert try_code(stranger, code)[0] == 201


def test_only_digests_are_stored(service: Service) -> None:
    code = code_for(service, "hall-1")
    credential = enrol_kiosk(service).credential
    with service.database.reading() as session:
        digests = {row.digest for row in session.query(EnrolmentCode)}
        kept = {row.credential_digest for row in session.query(KioskRow)}
    assert not any(code.replace("-", "") in digest.upper() for digest in digests)
    assert credential.partition(".")[2] not in kept


@pytest.mark.parametrize("header", ["", "Bearer nonsense", "Bearer kiosk-000000000000.11", "Basic a2lvc2s6a2lvc2s="])
def test_without_a_known_credential(stranger: TestClient, header: str) -> None:
    answer = stranger.get("/v1/queues", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_revoked_credential_is_forbidden(kiosk: TestClient, service: Service) -> None:
    [kiosk_id] = service.database.write(lambda s: [row.id for row in s.query(KioskRow)])
    assert service.database.write(lambda s: enrolment.revoke(s, kiosk_id, service.hall.now()))
    answer = kiosk.get("/v1/queues")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/credential-revoked")
    assert not service.database.write(lambda s: enrolment.revoke(s, "nobody", service.hall.now()))


def test_the_catalogue_and_its_two_etags(kiosk: TestClient, service: Service) -> None:
    plain = kiosk.get("/v1/catalogue", headers={"Accept-Encoding": "identity"})
    packed = kiosk.get("/v1/catalogue", headers={"Accept-Encoding": "gzip"})
    assert parse_catalogue(plain.content) == service.publication.catalogue
    assert packed.content == plain.content  # the client unpacked it
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 4
    assert plain.headers["etag"] == f'"{service.publication.version}"'
    assert packed.headers["etag"] == f'"{service.publication.version}-gzip"'
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(service.publication.packed) == plain.content


@pytest.mark.parametrize("tag", ['"{0}"', '"{0}-gzip"', 'W/"{0}"', '"old", "{0}"', "*"])
def test_a_known_catalogue_is_not_sent_again(kiosk: TestClient, service: Service, tag: str) -> None:
    answer = kiosk.get("/v1/catalogue", headers={"If-None-Match": tag.format(service.publication.version)})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"].startswith(f'"{service.publication.version}')


def test_an_old_catalogue_is_replaced(kiosk: TestClient) -> None:
    assert kiosk.get("/v1/catalogue", headers={"If-None-Match": '"old"'}).status_code == 200


@pytest.mark.parametrize(
    ("header", "welcome"),
    [("", False), ("gzip", True), ("br, GZIP;q=0.5", True), ("gzip;q=0", False), ("*", True), ("gzip;q=0, *", False)],
)
def test_whether_gzip_is_welcome(header: str, welcome: bool) -> None:
    assert accepts_gzip(header) is welcome


BEAT = {
    "version": "0.1.0",
    "uptime_s": 12.5,
    "sent_at": "2026-03-02T10:00:00+08:00",
    "devices": [{"name": "ticket-printer", "health": "blocked", "faults": ["paper_out"]}],
}


def test_the_last_heartbeat_counts(kiosk: TestClient, service: Service, clock: Clock) -> None:
    answer = kiosk.post("/v1/heartbeats", json=BEAT)
    assert answer.status_code == 200
    assert answer.json()["catalogue_version"] == service.publication.version
    clock.forward(seconds=30)
    [line] = service.database.write(lambda s: reports.kiosk_lines(s, service.hall))
    assert line.endswith("hall-1: last seen 30 s ago, version 0.1.0, ticket-printer paper_out")
    kiosk.post("/v1/heartbeats", json={**BEAT, "devices": []})
    clock.forward(minutes=6)
    [line] = service.database.write(lambda s: reports.kiosk_lines(s, service.hall))
    assert line.endswith("hall-1: last seen 6 min ago, silent, version 0.1.0, no faults")


def test_a_kiosk_that_was_never_seen_and_no_kiosk_at_all(service: Service) -> None:
    assert service.database.write(lambda s: reports.kiosk_lines(s, service.hall)) == ["no kiosk is enrolled"]
    enrol_kiosk(service)
    [line] = service.database.write(lambda s: reports.kiosk_lines(s, service.hall))
    assert line.endswith("hall-1: never seen")
