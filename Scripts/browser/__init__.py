"""A browser that tests drive: Chromium over its DevTools protocol, with Python's standard library alone."""
