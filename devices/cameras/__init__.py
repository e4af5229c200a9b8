"""Document cameras. What needs OpenCV runs in a process of its own (`eye.py`): the kiosk imports neither it nor numpy."""
