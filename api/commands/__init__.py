"""Commands of `ssa`, one module each. What is slow to import is imported inside the command, so that help is fast."""
