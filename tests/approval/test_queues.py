"""The queues file: what it says, and what is wrong with it, in one sentence."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.approval.queues import QUEUES, load_queues
from kiosk.errors import SettingsError

GOOD = """
[[queue]]
id = "a"
letter = "A"
windows = [1]
title = { zh_CN = "甲" }
detail = { zh_CN = "乙" }
"""


def test_the_built_in_queues_are_in_three_languages() -> None:
    book = load_queues(QUEUES)
    assert [queue.letter for queue in book.queue] == ["A", "B", "C", "D"]
    for queue in book.queue:
        assert all(text.has(language) for text in (queue.title, queue.detail) for language in ("zh_CN", "zh_HK", "en"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[[queue]", "is not TOML"),
        ("", "queue: Field required"),
        (GOOD + GOOD, "two queues have the id 'a'"),
        (GOOD + GOOD.replace('"a"', '"b"'), "two queues have the letter 'A'"),
        (GOOD.replace("windows = [1]", "windows = []"), "queue number 1, windows: "),
        (GOOD.replace("windows", "wimdows"), "queue number 1, w"),
        (GOOD.replace("zh_CN", "en", 1), "queue number 1, title: Value error, a text needs at least zh_CN"),
        (GOOD.replace('"A"', '"AA"'), "queue number 1, letter"),
        (GOOD + 'hours = ["9-12"]', "'9-12' is not a span such as 09:00-12:00"),
        (GOOD + 'hours = ["12:00-09:00"]', "'12:00-09:00' is not a span"),
        ('[hall]\ntimezone = "Asia/Guangzhou"\n' + GOOD, "hall, timezone: Value error, there is no time zone"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "queues.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load_queues(path)
    assert str(refused.value).startswith(str(path))
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-02T09:00", True),
        ("2026-03-02T12:00", False),
        ("2026-03-02T14:30", True),
        ("2026-03-02T08:59", False),
        ("2026-03-01T10:00", False),
    ],
)
def test_hours_and_days(tmp_path: Path, moment: str, is_open: bool) -> None:
    path = tmp_path / "queues.toml"
    path.write_text(GOOD + 'hours = ["09:00-12:00", "14:00-17:00"]\ndays = [1, 2, 3, 4, 5]', encoding="utf-8")
    [queue] = load_queues(path).queue
    assert queue.open_at(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))) is is_open
