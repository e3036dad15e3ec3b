"""Debris risk: how much is up there, how often things meet, and whose objects endanger whom.

`population` turns a catalogue into orbits with sizes and masses; `density`, `flux`, `risk` and `congestion` count with
it. Everything here is an average over years: nodes and phases are taken as mixed, which they are not for satellites
that keep station. Only catalogued objects are seen (larger than about 10 cm in low orbit, 1 m in geostationary orbit).
"""
