"""Whole visits by real input events on a real X screen, each as somebody else would make it: `python -m tests.visits`."""
