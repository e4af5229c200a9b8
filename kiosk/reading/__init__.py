"""What stands on pages, and foreign files as pages: both in processes of their own, because both read foreign bytes and may take
long. `find` is pure, `reader` and `foreign` are what the kiosk calls, `child` is the program they start."""
