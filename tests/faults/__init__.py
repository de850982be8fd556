"""What fails under a running site, on instances of its own: PostgreSQL, Redis, the disk, the process.

`make faults` runs all of it; `pytest tests/faults -m short` what a change is held to.
"""
