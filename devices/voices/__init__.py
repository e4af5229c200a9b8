"""Voices: what speaks what stands on the screen."""
