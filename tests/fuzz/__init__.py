"""Fuzzing of everything that reads bytes from outside.

A target is a function `fuzz_NAME(data: bytes) -> None` in a module of this folder, with `SEEDS_NAME`, a sequence of sound
inputs. It may declare `EXPECTED_NAME` (exceptions that are a proper answer to nonsense) and `FIX_NAME` (a function that makes
checksum and length of a changed input right again, so that it gets further in).
"""
