"""Carries what was handed in to the centre: nothing is ever lost, and nothing is handed in twice."""
