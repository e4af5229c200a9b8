"""The readiness report: every device is exercised, every part of the machine looked at, and figures say what was found.

`kiosk check --report` makes one for a technician; the running terminal makes one each morning, keeps it and sends it to
the centre. Nothing in it is personal.
"""
