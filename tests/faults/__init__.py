"""The fault matrix: every fault that a simulator can play, at every moment of a visit that uses the device."""
