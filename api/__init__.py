"""Faces: the command line, HTTP, scenes and pages. No formula lives here; every answer is made of `ssa`'s values."""
