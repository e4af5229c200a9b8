"""Result documents: what they say, that they are verified, and that no more are printed than may be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from starlette.testclient import TestClient

from kiosk.approval import results
from kiosk.approval.result_tables import ResultRow
from kiosk.approval.service import Service
from kiosk.catalogue.kinds import ResultDelivery
from kiosk.texts import LocalText
from tests.approval.applications import application, submit
from tests.approval.bad_files import digest_of
from tests.approval.hall import OTHER, PUBLIC_URL, Clock, enrol_kiosk

NAME = "欧阳𠮷祥"
OFFICE = LocalText({"zh_CN": "市场监督管理局 登记科", "en": "Registration office"})


@dataclass(frozen=True)
class Case:
    """A case of two items, as its kiosk holds it; and the token of somebody else's case."""

    kiosk: TestClient
    token: str
    numbers: tuple[str, ...]
    other_token: str

    def wish(self, result: str, key: str, token: str | None = None) -> Any:
        """Ask to print one of its results, with its token if none is given."""
        body = {"token": token or self.token}
        return self.kiosk.post(f"/v1/results/{result}/prints", json=body, headers={"Idempotency-Key": key})


@pytest.fixture
def case(kiosk: TestClient, service: Service) -> Case:
    body = application(service, "sole-trader-open", "food-new", package="restaurant")
    receipt = submit(kiosk, body).json()
    other = submit(kiosk, application(service, holder=OTHER), "a-key-of-another").json()
    numbers = tuple(part["number"] for part in receipt["sub_cases"])
    return Case(kiosk, receipt["token"], numbers, other["token"])


@pytest.fixture
def make(service: Service, case: Case) -> Callable[..., ResultRow]:
    def make(part: int = 0, printable: bool = True, years: int | None = None) -> ResultRow:
        items = service.publication.catalogue.items
        item = next(item for item in items if (ResultDelivery.KIOSK_PRINT in item.delivery) == printable)
        item = item.model_copy(update={"validity_years": years})
        return service.database.write(
            lambda session: results.make_result(session, service.hall, case.numbers[part], item, NAME, OFFICE)
        )

    return make


def told(kiosk: TestClient, grant: Any, end: str) -> int:
    return kiosk.post(f"/v1/prints/{grant['id']}/report", json={"end": end}).status_code


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rsplit("/", 1)[-1]


def test_the_document_says_what_it_is(
    case: Case, kiosk: TestClient, service: Service, make: Callable[..., ResultRow]
) -> None:
    row = make(years=4)
    grant = case.wish(row.id, "document-1").json()
    answer = kiosk.get(f"/v1/prints/{grant['id']}/pdf")
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("application/pdf", "no-store")
    assert digest_of(answer.content) == grant["digest"]
    document = pypdfium2.PdfDocument(answer.content)
    assert len(document) == 1
    page = document[0]
    words = page.get_textpage().get_text_bounded()
    title = results.text_of(row.title)
    item = service.publication.catalogue.by_id[row.item]
    wanted = (
        title.in_language("zh_CN"),
        title.in_language("en"),
        item.title.in_language("zh_CN"),
        NAME,
        case.numbers[0],
    )
    squeezed = re.sub(r"\s", "", words)
    for part in (
        *wanted,
        "登记科",
        "Registration office",
        "2026-03-02",
        "2030-03-01",
        "SAMPLE",
        results.grouped(row.code),
    ):
        assert re.sub(r"\s", "", part) in squeezed
    [read] = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert read.text == f"{PUBLIC_URL}/v/{row.code}"


def test_a_long_name_and_a_long_title_stay_on_the_page(kiosk: TestClient, make: Callable[..., ResultRow]) -> None:
    from kiosk.approval.result_paper import pdf

    row = make()
    row.holder_name = "某某" * 25
    row.office = '{"zh_CN": "' + "很长的机关名称" * 8 + '", "en": "' + "Office of very long names " * 6 + '"}'
    page = pypdfium2.PdfDocument(pdf(row, results.text_of(row.office), PUBLIC_URL, True))[0]
    assert re.sub(r"\s", "", page.get_textpage().get_text_bounded()).count("某") == 50
    image = page.render(scale=1).to_pil().convert("L")
    assert min(image.crop((0, 0, 30, image.height)).tobytes()) > 200  # nothing ran over the frame
    assert min(image.crop((image.width - 30, 0, image.width, image.height)).tobytes()) > 200


def test_the_same_document_has_the_same_digest(make: Callable[..., ResultRow]) -> None:
    from kiosk.approval.result_paper import pdf

    row = make()
    assert len({digest_of(pdf(row, OFFICE, PUBLIC_URL, False)) for _ in range(2)}) == 1


def test_a_result_is_made_once(make: Callable[..., ResultRow]) -> None:
    assert make().id == make().id


def test_three_prints_and_no_more(case: Case, kiosk: TestClient, make: Callable[..., ResultRow]) -> None:
    row = make()
    grants = [case.wish(row.id, f"three-prints-{n}").json() for n in range(3)]
    assert [grant["prints_left"] for grant in grants] == [2, 1, 0]
    assert code(case.wish(row.id, "three-prints-4")) == (409, "no-prints-left")
    assert [told(kiosk, grant, end) for grant, end in zip(grants, ("out", "unknown", "not_out"), strict=True)] == [
        204
    ] * 3
    fourth = case.wish(row.id, "three-prints-5")
    assert (fourth.status_code, fourth.json()["prints_left"]) == (201, 0)
    assert code(case.wish(row.id, "three-prints-6")) == (409, "no-prints-left")


def test_the_first_report_holds(case: Case, kiosk: TestClient, make: Callable[..., ResultRow]) -> None:
    row = make()
    grant = case.wish(row.id, "first-report").json()
    for end in ("out", "not_out", "out"):
        assert told(kiosk, grant, end) == 204
    assert case.wish(row.id, "first-report-2").json()["prints_left"] == 1
    assert code(kiosk.get(f"/v1/prints/{grant['id']}/pdf")) == (409, "print-ended")


def test_the_same_wish_is_one_grant(case: Case, kiosk: TestClient, make: Callable[..., ResultRow]) -> None:
    row, other = make(), make(1)
    first, again = (case.wish(row.id, "the-same-wish") for _ in range(2))
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert code(case.wish(other.id, "the-same-wish")) == (422, "idempotency-key-reused")
    assert case.wish(row.id, "another-wish").json()["prints_left"] == 1


def test_a_print_that_nobody_reported_counts_after_a_day(
    case: Case, kiosk: TestClient, clock: Clock, make: Callable[..., ResultRow]
) -> None:
    row = make()
    grant = case.wish(row.id, "not-reported").json()
    assert kiosk.get(f"/v1/prints/{grant['id']}/pdf").status_code == 200
    clock.forward(days=1)
    assert code(kiosk.get(f"/v1/prints/{grant['id']}/pdf")) == (409, "print-ended")
    assert case.wish(row.id, "not-reported-2").json()["prints_left"] == 1
    assert told(kiosk, grant, "not_out") == 204  # three days without network: the first report, though late
    assert case.wish(row.id, "not-reported-3").json()["prints_left"] == 1


def test_a_document_that_nobody_fetched_was_not_printed_and_counts_for_a_day_only(
    case: Case, kiosk: TestClient, clock: Clock, make: Callable[..., ResultRow]
) -> None:
    """The answer with the leave was lost, and the visit ended: nobody is left with one print less."""
    row = make()
    lost = case.wish(row.id, "never-heard-of").json()
    clock.forward(hours=23)
    assert case.wish(row.id, "a-second-one").json()["prints_left"] == 1
    clock.forward(hours=1)
    assert case.wish(row.id, "a-third-one").json()["prints_left"] == 1
    assert code(kiosk.get(f"/v1/prints/{lost['id']}/pdf")) == (409, "print-ended")
    assert told(kiosk, lost, "out") == 204  # it was printed after all: what a kiosk tells holds
    assert code(case.wish(row.id, "a-fourth-one")) == (409, "no-prints-left")


def test_only_who_holds_the_case_may_print(case: Case, kiosk: TestClient, make: Callable[..., ResultRow]) -> None:
    row = make()
    assert code(case.wish(row.id, "other-people", case.other_token)) == (404, "no-such-result")
    assert code(case.wish(row.id, "unknown-token", "u" * 32)) == (404, "no-such-result")
    assert code(case.wish("unknown", "unknown-result")) == (404, "no-such-result")
    assert case.wish(make(1).id, "second-part").status_code == 201  # of the same case


def test_only_the_kiosk_that_was_granted_it_prints(
    case: Case, kiosk: TestClient, stranger: TestClient, service: Service, make: Callable[..., ResultRow]
) -> None:
    grant = case.wish(make().id, "own-kiosk-only").json()
    stranger.headers["Authorization"] = f"Bearer {enrol_kiosk(service, 'hall-2').credential}"
    assert code(stranger.get(f"/v1/prints/{grant['id']}/pdf")) == (404, "no-such-print")
    assert told(stranger, grant, "not_out") == 404


def test_what_no_kiosk_prints(case: Case, kiosk: TestClient, service: Service, make: Callable[..., ResultRow]) -> None:
    row = make(printable=False)
    assert code(case.wish(row.id, "not-printable")) == (409, "not-printable")
    with service.database.reading() as session:
        [offer] = results.offers(session, service.hall, case.numbers[0], 3)
    assert (offer.id, offer.prints_left, offer.code) == (row.id, 0, row.code)


@pytest.mark.parametrize(("language", "words"), [("zh_CN", "有效"), ("zh_HK", "簽發機關"), ("en", "Valid")])
def test_everybody_verifies_it_and_learns_no_name(
    case: Case, stranger: TestClient, make: Callable[..., ResultRow], language: str, words: str
) -> None:
    row = make()
    typed = results.grouped(row.code).lower().replace("0", "o").replace("1", "l")
    for shown in (row.code, typed):
        page = stranger.get(f"/v/{shown}?lang={language}")
        assert page.status_code == 200
        assert (words in page.text, case.numbers[0] in page.text, "欧*" in page.text, NAME in page.text) == (
            True,
            True,
            True,
            False,
        )
        assert page.headers["cache-control"] == "no-store"


def test_expired_withdrawn_and_invented(
    case: Case, stranger: TestClient, kiosk: TestClient, service: Service, clock: Clock, make: Callable[..., ResultRow]
) -> None:
    row = make(years=1)
    clock.forward(days=364)
    assert "Valid<" in stranger.get(f"/v/{row.code}?lang=en").text
    clock.forward(days=1)
    assert "Expired" in stranger.get(f"/v/{row.code}?lang=en").text
    service.database.write(lambda session: results.withdraw(session, row.code, clock()))
    assert "Withdrawn" in stranger.get(f"/v/{row.code}?lang=en").text
    assert code(case.wish(row.id, "was-withdrawn")) == (409, "not-printable")
    unknown = stranger.get("/v/AAAA-BBBB?lang=en")
    assert (unknown.status_code, "no such verification code" in unescape(unknown.text)) == (404, True)


def test_the_last_day_of_a_leap_year(service: Service, clock: Clock, make: Callable[..., ResultRow]) -> None:
    clock.now = clock.now.replace(year=2028, month=2, day=29)
    assert make(years=1).valid_until == date(2029, 2, 28)


def test_without_typefaces_it_is_busy(
    case: Case, kiosk: TestClient, make: Callable[..., ResultRow], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    row = make()
    monkeypatch.setenv("KIOSK_FONTS", str(tmp_path))
    answer = case.wish(row.id, "no-typefaces")
    assert (code(answer), answer.headers["retry-after"]) == ((503, "busy"), "60")


def test_nothing_personal_is_logged(
    case: Case,
    kiosk: TestClient,
    stranger: TestClient,
    make: Callable[..., ResultRow],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    row = make()
    grant = case.wish(row.id, "nothing-logged").json()
    kiosk.get(f"/v1/prints/{grant['id']}/pdf")
    stranger.get(f"/v/{row.code}")
    ours = "\n".join(
        r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore", "fontTools"))
    )
    assert "GET /v/{code} 200" in ours
    for secret in (NAME, case.token, row.code, case.numbers[0], grant["digest"]):
        assert secret not in ours
    assert NAME not in repr(row)
