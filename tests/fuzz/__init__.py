"""Generated input by the hundred thousand; see `__main__`."""
