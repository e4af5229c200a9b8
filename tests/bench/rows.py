"""What a benchmark says: rows with a limit, and a yardstick measured in the same run."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured number. `limit` is what it is held to (a number or a sentence), `yardstick` what it is compared
    with (a number in the same unit, or a sentence), `ratio` value / yardstick. A row without a limit only informs."""

    name: str
    value: float
    unit: str
    limit: float | str | None = None
    yardstick: float | str | None = None
    ratio: float | None = None
    passed: bool = True


def below(name: str, value: float, unit: str, limit: float, yardstick: float | None = None) -> Row:
    """A value that must not be above `limit`."""
    return Row(name, value, unit, f"<= {limit:g}", yardstick, _ratio(value, yardstick), value <= limit)


def above(name: str, value: float, unit: str, limit: float, yardstick: float | None = None) -> Row:
    """A value that must not be below `limit`."""
    return Row(name, value, unit, f">= {limit:g}", yardstick, _ratio(value, yardstick), value >= limit)


def against(name: str, value: float, unit: str, yardstick: float, at_most: float) -> Row:
    """A value that must not be above `at_most` times the yardstick."""
    ratio = value / yardstick
    return Row(name, value, unit, f"<= {at_most:g} x", yardstick, ratio, ratio <= at_most)


def told(name: str, value: float, unit: str, yardstick: float | None = None) -> Row:
    """A value that is only reported."""
    return Row(name, value, unit, None, yardstick, _ratio(value, yardstick))


def table(rows: Iterable[Row]) -> str:
    """The rows as aligned text."""
    lines = [("", "measured", "", "limit", "yardstick", "ratio", ""), *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(_aligned(line, widths)).rstrip() for line in lines)


def _ratio(value: float, yardstick: float | None) -> float | None:
    return value / yardstick if yardstick else None


def _cells(row: Row) -> tuple[str, ...]:
    verdict = "" if row.limit is None and row.passed else "ok" if row.passed else "MISSED"
    return (
        row.name,
        _number(row.value),
        row.unit,
        _number(row.limit),
        _number(row.yardstick),
        _number(row.ratio),
        verdict,
    )


def _number(value: float | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _aligned(line: tuple[str, ...], widths: list[int]) -> list[str]:
    left = {0, 2, 6}
    return [
        cell.ljust(width) if i in left else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
