"""A case in hand as it is handed in: deterministic, whole, and back again."""

import io
import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.cases.model import Origin, Sheet
from kiosk.cases.request import CaseIncomplete, case_of, draft_of, rating_of, request_of, supplement_of
from kiosk.contract.cases import CaseRequest
from kiosk.contract.drafts import Draft
from kiosk.contract.files import MOST_PAGES
from kiosk.draft_pages import UnreadableFile, pages_of
from tests.courier.samples import HOLDER, NOW, case, page, sheet, speck

THERE = "c3" * 32


def phone(number: int, turned: int = 0, file: str = THERE) -> Sheet:
    return Sheet(page("plan"), Origin.PHONE, turned, file, number)


def with_sheets(*sheets: Sheet):
    return replace(case(), sheets={"premises-proof": sheets})


def files_of(*sheets: Sheet) -> tuple[tuple[str, ...], dict[str, bytes]]:
    request, files = request_of(with_sheets(*sheets), HOLDER, NOW)
    return request.materials[0].files, dict(files)


def test_the_same_case_gives_the_same_bytes() -> None:
    made = [
        request_of(replace(with_sheets(sheet(), sheet("plan", 1)), strokes=case(signed=True).strokes), HOLDER, NOW)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert len(made[0][1]) == 2


def test_what_is_handed_in_is_all_there() -> None:
    wanted = replace(
        case(pages=2, signed=True), on_file=frozenset({"id-card", "premises-proof"}), variants={"workshop-new": "small"}
    )
    request, files = request_of(wanted, HOLDER, NOW)
    assert CaseRequest.model_validate_json(request.model_dump_json()) == request
    assert [(each.material, len(each.files), each.on_file) for each in request.materials] == [
        ("premises-proof", 1, False),
        ("id-card", 0, True),
    ]
    assert (request.items[0].variant, request.package, request.applicant.phone) == ("small", None, "13800138000")
    assert request.signature in files
    assert files[request.signature].startswith(b"<svg")
    assert all(sha256(content).hexdigest() == digest for digest, content in files.items())


def test_a_package_is_named() -> None:
    request, _ = request_of(
        replace(case(), target="open-a-restaurant", items=("workshop-new", "food-new")), HOLDER, NOW
    )
    assert (request.package, len(request.items)) == ("open-a-restaurant", 2)


def test_scanned_pages_become_one_pdf_turned_as_they_were_turned(tmp_path: Path) -> None:
    digests, files = files_of(sheet(), sheet("plan", 1), sheet("form", 6))
    (tmp_path / "premises-proof.pdf").write_bytes(files[digests[0]])
    told = subprocess.run(
        ["pdfinfo", "-l", "9", tmp_path / "premises-proof.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert [line.split()[-1] for line in told.splitlines() if " rot:" in line] == ["0", "90", "180"]


def test_a_file_at_the_centre_is_used_as_it_is() -> None:
    assert files_of(phone(1), phone(2)) == ((THERE,), {})


@pytest.mark.parametrize("sheets", [(phone(1, 1), phone(2)), (phone(2), phone(1)), (phone(2),)])
def test_a_file_that_was_changed_is_made_anew(sheets: tuple[Sheet, ...]) -> None:
    digests, files = files_of(*sheets)
    assert list(digests) == list(files)
    assert THERE not in digests


def test_order_is_kept_between_files_and_scans() -> None:
    other = "d4" * 32
    digests, files = files_of(sheet(), phone(1), phone(2), phone(1, file=other), sheet("plan"))
    assert digests[1:3] == (THERE, other)
    assert set(files) == {digests[0], digests[3]}


def test_many_pages_become_several_files() -> None:
    many = tuple(Sheet(speck(), Origin.SCANNER) for _ in range(MOST_PAGES + 20))
    digests, files = files_of(*many)
    assert len(digests) == len(set(digests)) == len(files) == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (replace(case(), identity=None), "nobody"),
        (replace(case(), wish=None), "how the result"),
        (replace(case(), items=()), "items"),
        (replace(case(), fields={"business-name": "长" * 10_000}), "fields"),
        (replace(case(), fields={"applicant-phone": "1" * 50}), "phone|applicant|part"),
    ],
)
def test_what_is_not_complete_is_refused_without_a_word_of_it(wrong, words: str) -> None:
    with pytest.raises(CaseIncomplete, match=words) as refused:
        request_of(wrong, HOLDER, NOW)
    assert "长长" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_rating_needs_its_reasons() -> None:
    assert rating_of("", 5, (), "", NOW).token is None
    for level, reasons in ((1, ()), (9, ("slow",))):
        with pytest.raises(CaseIncomplete):
            rating_of("", level, reasons, "", NOW)


def test_a_supplement_names_its_files() -> None:
    request, files = supplement_of({"premises-proof": (sheet(),), "empty": ()}, NOW)
    assert [each.material for each in request.materials] == ["premises-proof"]
    assert set(request.materials[0].files) == set(files)


def test_a_draft_comes_back_and_is_handed_in_with_the_same_files() -> None:
    begun = replace(
        with_sheets(sheet(), sheet("plan", 1)),
        on_file=frozenset({"id-card"}),
        wish=None,
        variants={"workshop-new": "small"},
    )
    request, files = draft_of(begun, HOLDER)
    draft = Draft(**dict(request), code="23456789", saved_at=NOW, expires_at=NOW)
    assert begun.identity
    opened = case_of(draft, begun.identity, {digest: pages_of(content) for digest, content in files.items()})
    assert (opened.target, opened.fields, opened.variants, opened.draft) == (
        begun.target,
        begun.fields,
        begun.variants,
        "23456789",
    )
    assert [(each.origin, each.number) for each in opened.sheets["premises-proof"]] == [
        (Origin.DRAFT, 1),
        (Origin.DRAFT, 2),
    ]
    assert draft_of(opened, HOLDER)[0] == request
    assert draft_of(opened, HOLDER)[1] == {}
    assert opened.identity == begun.identity


def test_pages_of_files_are_pictures() -> None:
    from PIL import Image

    png = io.BytesIO()
    Image.new("RGBA", (40, 20)).save(png, "PNG")
    assert [(each.width_px, each.height_px) for each in pages_of(png.getvalue())] == [(40, 20)]
    (jpeg,) = pages_of(page().jpeg)
    assert jpeg.jpeg.startswith(b"\xff\xd8")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 no", b"hello", b"\x89PNG\r\n\x1a\n", page().jpeg[:300]])
def test_what_cannot_be_shown_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="cannot be shown"):
        pages_of(content)


def test_a_file_that_takes_for_ever_is_given_up() -> None:
    with pytest.raises(UnreadableFile):
        pages_of(page().jpeg, patience_s=0.01)


def test_a_case_names_what_it_was_begun_as() -> None:
    saved = [f"{n:032x}" for n in range(50)]
    request, _ = request_of(replace(case(draft="23456789"), saving=tuple(saved)), HOLDER, NOW)
    assert request.drafts[:1] == ("23456789",)
    assert request.drafts[1:] == tuple(saved[-30:]), "the last ones; more are not told of"
    assert request_of(case(), HOLDER, NOW)[0].drafts == ()
