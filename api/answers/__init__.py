"""Answers as JSON-able dictionaries: the same keys on the command line and over HTTP.

Every answer carries `catalogue` (what it was computed from) and `caveats` (what must be known to use it).
"""
