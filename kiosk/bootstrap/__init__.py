"""The only place that knows everybody: settings -> devices, centre, store, runner, screens."""
