"""Finds the message ids in the source: every `msg("...")` and `counted("...", "...")` with a literal first argument."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("kiosk", "devices", "screens")


def sources() -> list[Path]:
    """The program's own files."""
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def calls(path: Path) -> Iterator[ast.Call]:
    """The calls that name a message."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("msg", "counted"):
            yield node


def ids(paths: list[Path] | None = None) -> dict[str, str]:
    """Message id -> the file and line of its first use."""
    found: dict[str, str] = {}
    for path in paths or sources():
        for call in calls(path):
            first = call.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.setdefault(first.value, f"{path.relative_to(ROOT)}:{call.lineno}")
    return found
