"""Grades what is drawn against the numbers a public terminal has to meet: one file per subject, every rule by name.

`grade(shot)` looks at one drawn surface and its pixels. Only the gallery and the tests import this package.
"""

from screens.grading import (  # noqa: F401  each subject enters its rules
    actions,
    contrast,
    cuts,
    focus,
    glyphs,
    language,
    overlap,
    pages,
    spoken,
    targets,
    texts,
)
from screens.grading.rule import RULES, Finding, Grade, Mark, Rule, grade
from screens.grading.shot import Camera, Shot

__all__ = ["RULES", "Camera", "Finding", "Grade", "Mark", "Rule", "Shot", "grade"]
