"""Conjunctions: encounters of two objects, the probability that they collide, and the messages that carry them."""
