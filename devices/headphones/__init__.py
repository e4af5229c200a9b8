"""Headphones: whether a plug is in the socket."""
