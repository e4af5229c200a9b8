"""Covering arrays: few rows in which every two values of different dimensions occur together (AETG's greedy way)."""

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any, TypeAlias

Place: TypeAlias = tuple[int, int]
"""A dimension, and the number of one of its values."""
Pair: TypeAlias = tuple[Place, Place]


def covering(dimensions: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Rows with one value of each dimension; always the same ones."""
    missing = dict.fromkeys(_all_pairs(dimensions))
    rows = []
    while missing:
        row = _row(next(iter(missing)), dimensions, missing)
        for pair in combinations(sorted(row.items()), 2):
            missing.pop(pair, None)
        rows.append(tuple(values[row[at]] for at, values in enumerate(dimensions)))
    return rows


def _all_pairs(dimensions: Sequence[Sequence[Any]]) -> list[Pair]:
    places = [[(at, number) for number in range(len(values))] for at, values in enumerate(dimensions)]
    return [pair for one, other in combinations(places, 2) for pair in product(one, other)]


def _row(start: Pair, dimensions: Sequence[Sequence[Any]], missing: dict[Pair, None]) -> dict[int, int]:
    """Begin with a pair that is missing; every further value is the one that brings most."""
    row = dict(start)
    for at, values in enumerate(dimensions):
        if at not in row:
            row[at] = max(range(len(values)), key=lambda number: (_gain((at, number), row, missing), -number))
    return row


def _gain(place: Place, row: dict[int, int], missing: dict[Pair, None]) -> int:
    return sum(tuple(sorted((place, chosen))) in missing for chosen in row.items())
