"""Looks through files that people hand in, in a child process with limits of memory and time (`helper` is the child)."""
