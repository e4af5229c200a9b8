"""Flatbed and sheet-feed scanners."""
