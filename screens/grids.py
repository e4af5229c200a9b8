"""Pieces in columns and in running lines."""

from collections.abc import Sequence

from screens.pen import Pen
from screens.pieces import Column, Piece, Row, Space


class Grid(Column):
    """Parts in equal columns; every row as tall as its tallest part."""

    def __init__(self, pen: Pen, parts: Sequence[Piece], columns: int, gap: float) -> None:
        rows = [list(parts[at : at + columns]) for at in range(0, len(parts), columns)]
        for row in rows:
            row.extend(Space(pen, 0) for _ in range(columns - len(row)))
        super().__init__(pen, [Row(pen, row, [1] * columns, gap, "fill") for row in rows], gap)

    def grow(self, height: float) -> None:
        """Share more height among the rows."""
        extra = (height - self.height) / max(1, len(self.parts))
        if extra > 0:
            for row in self.parts:
                row.grow(row.height + extra)
            super().grow(height)


class Flow(Piece):
    """Parts beside each other at their natural width, going on in the next line when the width is used up."""

    def __init__(self, pen: Pen, parts: Sequence[Piece], gap: float, line_gap: float = 0) -> None:
        super().__init__(pen, parts)
        self.gap = gap
        self.line_gap = line_gap
        self._spots: list[tuple[float, float]] = []

    def natural(self) -> float:
        """All in one line."""
        return sum(part.natural() for part in self.parts) + self.gap * max(0, len(self.parts) - 1)

    def fit(self, width: float) -> float:
        """Fill lines."""
        self._spots = []
        left = down = tallest = 0.0
        for part in self.parts:
            own = min(width, part.natural())
            if left and left + own > width:
                left, down, tallest = 0.0, down + tallest + self.line_gap, 0.0
            self._spots.append((left, down))
            tallest = max(tallest, part.fit(own))
            left += own + self.gap
        self.size = (width, down + tallest)
        return float(self.height)

    def arrange(self) -> None:
        """Each at its spot, from where reading starts."""
        for part, (left, down) in zip(self.parts, self._spots, strict=True):
            part.place(self.right - left - part.width if self.pen.rtl else self.x + left, self.top - down)
