"""Mutated frames for the parsers of every byte protocol."""
