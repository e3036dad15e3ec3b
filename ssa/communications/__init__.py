"""Communication services: how much of the time a region has a link, and how many at once."""
